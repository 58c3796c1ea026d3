import { setImmediate as breathe } from 'node:timers/promises';
import type { Logger } from 'pino';
import { backoffMs, pause } from '../ledger/backoff.js';
import type { VerifiedBlocks } from '../ledger/blocks/block-source.js';
import { type OwnCopies, severalAtOnce, withOwnRecords } from './assembled-blocks.js';
import type { Projection } from './projection.js';
import { readBlock } from './read-block.js';
import type { Inheritance } from './successions.js';

export interface HeirParts {
  readonly projection: Pick<Projection, 'successions' | 'inherit'>;
  /** Blocks of the own peer, verified, beginning with this one. */
  readonly open: (startBlock: number, previous?: Buffer) => Promise<VerifiedBlocks>;
  readonly chaincode: string;
  readonly copiesOf: (member: string) => OwnCopies;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/** How often it looks whether there is something to take over. */
const lookMs = 500;
/** Blocks between two looks at whoever else waits for this thread. */
const blocksBetweenLooks = 20;

/**
 * Takes over what a removed member held, once the organisation is its successor: the blocks up to the succession are read
 * and verified again, and that member's records, each held against its hash in its block, go into the tables. Lists are
 * answered meanwhile. Its place is in the tables, so that after a crash it goes on where it was.
 */
export class Heir {
  readonly #parts: HeirParts;
  readonly #stopped = new AbortController();
  #blocks: { close(): void } | undefined;
  #running: Promise<void> | undefined;

  constructor(parts: HeirParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#blocks?.close();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { projection, log } = this.#parts;
    for (let failures = 0; !this.#isStopped();) {
      try {
        const next = projection.successions.unfilled();
        if (next !== undefined) await this.takeOver(next);
        failures = 0;
      } catch (error) {
        failures += 1;
        if (!this.#isStopped()) log.warn({ err: error }, 'taking over what was inherited interrupted');
      }
      await pause(failures === 0 ? lookMs : backoffMs(failures, 100, 5_000), this.#stopped.signal);
    }
  }

  /**
   * Goes on with one inheritance to its end, or until it is stopped.
   *
   * @throws Error what blocks, registry or tables throw; what is in the tables by then stays.
   */
  async takeOver({ member, sinceBlock, nextBlock, lastHash }: Inheritance): Promise<void> {
    const { projection, open, chaincode, copiesOf, log } = this.#parts;
    const copies = copiesOf(member);
    const blocks = await open(nextBlock, lastHash === '' ? undefined : Buffer.from(lastHash, 'hex'));
    this.#blocks = blocks;
    // Whoever stopped it meanwhile had no stream to close; it is read to its end all the same, which may be an error.
    if (this.#isStopped()) blocks.close();
    try {
      const completed = severalAtOnce(blocks, ({ block, hash }) =>
        withOwnRecords(copies, readBlock(block, hash, chaincode)),
      );
      for await (const block of completed) {
        if (this.#isStopped()) return;
        projection.inherit(member, block);
        const { number } = block;
        if (number % blocksBetweenLooks === 0) await breathe();
        if (number < sinceBlock) continue;
        log.info({ member, blocks: number + 1 }, 'what was inherited is in the tables');
        return;
      }
    } finally {
      blocks.close();
    }
  }

  #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }
}
