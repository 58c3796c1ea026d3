import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { backoffMs, pause } from '../ledger/backoff.js';
import { followForGood } from '../ledger/follow-for-good.js';
import { Behind } from './behind.js';
import type { FeedEntry } from './feed-entry.js';
import type { Projection } from './projection.js';
import type { ReadBlock } from './read-block.js';

/** Where blocks come from, with the private values that the organisation may see: from its own peer. */
export type OpenFullBlocks = (
  startBlock: number,
  /** Hash of the block before it, where the tables know it. */
  previous: Buffer | undefined,
) => Promise<AsyncIterable<ReadBlock> & { close(): void }>;

export interface FollowerParts {
  readonly projection: Projection;
  readonly open: OpenFullBlocks;
  /** The latest block that is known to exist; -1 before the first. */
  readonly latestBlock: () => number;
  /** Told of each block that is in the tables. */
  readonly applied?: (block: ReadBlock) => void;
  /** Told of each stream that ends. */
  readonly failed?: () => void;
  /** How many blocks the organisation's peer has; undefined when it does not say. */
  readonly height: () => Promise<number | undefined>;
  readonly log: Logger;
}

/** The tables lack so much of what is known to be on the ledger that what they say would mislead. */
export class ProjectionBehindError extends Error {
  override readonly name = 'ProjectionBehindError';

  constructor(readonly blocks: number) {
    super(`The tables are ${blocks} blocks behind the ledger.`);
  }
}

/** Blocks behind the peer at which lists are no longer answered. */
const tolerableLag = 50;
/** Blocks are taken in for so long at a time; then whoever waits for this thread comes. */
const sliceMs = 20;

/** How long a list waits for the latest known block before it answers with what is there. */
const patienceMs = 2_000;

/** Keeps the projection up with the organisation's own peer. */
export class Follower {
  readonly #parts: FollowerParts;
  readonly #stopped = new AbortController();
  readonly #listeners = new Map<(entries: readonly FeedEntry[]) => void, () => void>();
  readonly #behind = new Behind();
  #nextBlock: number;
  /** How many blocks there are at least; Infinity until tables that began empty know better. */
  #height: number;
  #stream: { close(): void } | undefined;
  #running: Promise<void> | undefined;
  #isLocating = false;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
    this.#nextBlock = parts.projection.nextBlock;
    this.#height = this.#nextBlock === 0 ? Infinity : 0;
  }

  start(): void {
    this.#running ??= followForGood({
      follow: (onBlock) => this.#follow(onBlock),
      lost: () => this.#parts.failed?.(),
      log: this.#parts.log,
      complaint: 'projection interrupted',
      signal: this.#stopped.signal,
    });
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#stream?.close();
    await this.#running;
  }

  /** Blocks that are known to exist and are not in the tables yet; Infinity while nobody has said how many there are. */
  get lag(): number {
    return Math.max(0, this.#wanted - this.#nextBlock);
  }

  /** For how long a block that the peer has has been missing in the tables, milliseconds; 0 when none is. */
  get behindMs(): number {
    const now = performance.now();
    const wanted = this.#wanted;
    if (Number.isFinite(wanted)) this.#behind.saw(wanted, now);
    return this.#behind.forMs(this.#nextBlock, now);
  }

  /** Whether the tables hold so little of the ledger that no list is answered. */
  get isBehind(): boolean {
    return this.lag > tolerableLag;
  }

  /**
   * Waits until the latest block known now is in the tables, so that people read their own writes.
   *
   * @throws ProjectionBehindError when the tables are far behind: part of a list looks like the whole of it.
   */
  async caughtUp(): Promise<void> {
    await this.settled();
    if (this.isBehind) throw new ProjectionBehindError(this.lag);
  }

  /** Waits for the latest block known now, though not for ever. */
  async settled(): Promise<void> {
    const wanted = this.#wanted;
    const until = Date.now() + patienceMs;
    while (this.#nextBlock < Math.min(wanted, this.#wanted) && Date.now() < until && !this.#isStopped()) {
      await sleep(5);
    }
  }

  get #wanted(): number {
    return Math.max(this.#parts.latestBlock() + 1, this.#height);
  }

  /**
   * @param ended Called when the gateway stops, so that the listener closes its stream.
   * @returns how to stop listening.
   */
  subscribe(listener: (entries: readonly FeedEntry[]) => void, ended: () => void): () => void {
    this.#listeners.set(listener, ended);
    return () => this.#listeners.delete(listener);
  }

  /** Sends every listener away. */
  endStreams(): void {
    for (const ended of this.#listeners.values()) ended();
  }

  async #follow(onBlock: () => void): Promise<void> {
    const { open, projection } = this.#parts;
    const blocks = await open(projection.nextBlock, projection.lastHash);
    this.#stream = blocks;
    // Whoever stopped it meanwhile had no stream to close; it is read to its end all the same, which may be an error.
    if (this.#isStopped()) blocks.close();
    // Streams that end one after the other, as while the peer is away, must not each leave somebody who asks.
    if (!this.#isLocating) void this.#locate();
    let since = performance.now();
    try {
      for await (const block of blocks) {
        if (this.#isStopped()) return;
        const entries = projection.apply(block);
        this.#nextBlock = projection.nextBlock;
        this.#parts.applied?.(block);
        onBlock();
        if (entries.length > 0) for (const listener of this.#listeners.keys()) listener(entries);
        if (performance.now() - since < sliceMs) continue;
        // Blocks that have arrived already would be taken one after another, and everybody else would wait.
        await breathe();
        since = performance.now();
      }
    } finally {
      blocks.close();
    }
  }

  /** Finds out how many blocks there are: a stream tells it only when the next one is made. */
  async #locate(): Promise<void> {
    this.#isLocating = true;
    for (let failures = 0; !this.#isStopped(); failures++) {
      try {
        this.#height = (await this.#parts.height()) ?? 0;
        this.#isLocating = false;
        return;
      } catch (error) {
        this.#parts.log.debug({ err: error }, 'height of the peer not known yet');
        await pause(backoffMs(failures, 100, 2_000), this.#stopped.signal);
      }
    }
  }

  #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }
}
