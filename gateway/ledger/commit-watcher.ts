import { StatusCode } from '@hyperledger/fabric-gateway';
import type { peer } from '@hyperledger/fabric-protos';
import type { Logger } from 'pino';
import { backoffMs, pause } from './backoff.js';

/** What the network decided about a transaction. */
export interface Commit {
  readonly code: number;
  readonly blockNumber: number;
}

export const validCode: number = StatusCode.VALID;

/** Commits remembered for callers who ask after the block has passed. */
const remembered = 20_000;

/** A stream that has not failed for so long has reached its peer; a failed connection is noticed sooner. */
const settledMs = 250;

/** Where filtered blocks come from; on a real network, the organisation's own peer. */
export type OpenBlocks = (
  startBlock: bigint | undefined,
) => Promise<AsyncIterable<peer.FilteredBlock> & { close(): void }>;

/** Resolves everybody's wait for a commit from one stream of filtered blocks. */
export class CommitWatcher {
  readonly #open: OpenBlocks;
  readonly #log: Logger;
  readonly #stopped = new AbortController();
  readonly #waiting = new Map<string, ((commit: Commit) => void)[]>();
  readonly #recent = new Map<string, Commit>();
  #stream: { close(): void } | undefined;
  #next: bigint | undefined;
  #connected = false;
  #running: Promise<void> | undefined;

  constructor(open: OpenBlocks, log: Logger) {
    this.#open = open;
    this.#log = log;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#stream?.close();
    await this.#running;
  }

  /** True while blocks arrive, so that a wait can be resolved here. */
  get connected(): boolean {
    return this.#connected;
  }

  /** The latest block seen; -1 before the first. */
  get latestBlock(): number {
    return this.#next === undefined ? -1 : Number(this.#next) - 1;
  }

  /** What is known already. */
  find(transactionId: string): Commit | undefined {
    return this.#recent.get(transactionId);
  }

  /** @returns undefined when no block with the transaction arrived in time. */
  async wait(transactionId: string, timeoutMs: number): Promise<Commit | undefined> {
    const known = this.#recent.get(transactionId);
    if (known !== undefined) return known;
    const timer = new AbortController();
    const arrival = new Promise<Commit>((resolve) => {
      this.#waiting.set(transactionId, [...(this.#waiting.get(transactionId) ?? []), resolve]);
    });
    const commit = await Promise.race([arrival, pause(timeoutMs, timer.signal).then(() => undefined)]);
    timer.abort();
    if (commit === undefined) this.#waiting.delete(transactionId);
    return commit;
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#isStopped(); failures++) {
      try {
        await this.#follow(() => {
          failures = 0;
        });
      } catch (error) {
        if (!this.#isStopped()) this.#log.warn({ err: error }, 'block stream lost');
      }
      this.#connected = false;
      await pause(backoffMs(failures, 100, 5_000), this.#stopped.signal);
    }
  }

  async #follow(onBlock: () => void): Promise<void> {
    const blocks = await this.#open(this.#next);
    this.#stream = blocks;
    if (this.#isStopped()) {
      blocks.close();
      return;
    }
    // The client opens a stream before it knows whether somebody answers.
    const settled = setTimeout(() => {
      this.#connected = true;
    }, settledMs);
    try {
      for await (const block of blocks) {
        this.#connected = true;
        onBlock();
        this.#take(block);
      }
    } finally {
      clearTimeout(settled);
    }
  }

  #take(block: peer.FilteredBlock): void {
    const blockNumber = block.getNumber();
    this.#next = BigInt(blockNumber) + 1n;
    for (const transaction of block.getFilteredTransactionsList()) {
      const id = transaction.getTxid();
      if (id === '') continue;
      const commit = { code: transaction.getTxValidationCode(), blockNumber };
      // A duplicate of a transaction is recorded as invalid; the first verdict is the one that counts.
      if (!this.#recent.has(id)) this.#remember(id, commit);
      this.#waiting.get(id)?.forEach((resolve) => {
        resolve(commit);
      });
      this.#waiting.delete(id);
    }
  }

  #remember(id: string, commit: Commit): void {
    this.#recent.set(id, commit);
    if (this.#recent.size <= remembered) return;
    const [oldest] = this.#recent.keys();
    if (oldest !== undefined) this.#recent.delete(oldest);
  }

  #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }
}
