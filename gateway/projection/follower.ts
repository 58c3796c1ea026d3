import type { Logger } from 'pino';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs, pause } from '../ledger/backoff.js';
import { Behind } from './behind.js';
import type { FeedEntry } from './apply-block.js';
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
  readonly log: Logger;
}

/** How long a list waits for the latest known block before it answers with what is there. */
const patienceMs = 2_000;

/** Keeps the projection up with the organisation's own peer. */
export class Follower {
  readonly #parts: FollowerParts;
  readonly #stopped = new AbortController();
  readonly #listeners = new Map<(entries: readonly FeedEntry[]) => void, () => void>();
  readonly #behind = new Behind();
  #nextBlock: number;
  #stream: { close(): void } | undefined;
  #running: Promise<void> | undefined;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
    this.#nextBlock = parts.projection.nextBlock;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#stream?.close();
    await this.#running;
  }

  /** Blocks that are known to exist and are not in the tables yet. */
  get lag(): number {
    return Math.max(0, this.#parts.latestBlock() + 1 - this.#nextBlock);
  }

  /** For how long a block that the peer has has been missing in the tables, milliseconds; 0 when none is. */
  get behindMs(): number {
    const now = performance.now();
    this.#behind.saw(this.#parts.latestBlock() + 1, now);
    return this.#behind.forMs(this.#nextBlock, now);
  }

  /** Waits until the latest block known now is in the tables, so that people read their own writes. */
  async caughtUp(): Promise<void> {
    const wanted = this.#parts.latestBlock() + 1;
    const until = Date.now() + patienceMs;
    while (this.#nextBlock < wanted && Date.now() < until && !this.#isStopped()) await sleep(5);
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

  async #run(): Promise<void> {
    for (let failures = 0; !this.#isStopped(); failures++) {
      try {
        await this.#follow(() => {
          failures = 0;
        });
      } catch (error) {
        if (!this.#isStopped()) {
          this.#parts.failed?.();
          this.#parts.log.warn({ err: error }, 'projection interrupted');
        }
      }
      await pause(backoffMs(failures, 100, 5_000), this.#stopped.signal);
    }
  }

  async #follow(onBlock: () => void): Promise<void> {
    const { open, projection } = this.#parts;
    const blocks = await open(projection.nextBlock, projection.lastHash);
    this.#stream = blocks;
    try {
      for await (const block of blocks) {
        if (this.#isStopped()) return;
        const entries = projection.apply(block);
        this.#nextBlock = projection.nextBlock;
        this.#parts.applied?.(block);
        onBlock();
        if (entries.length > 0) for (const listener of this.#listeners.keys()) listener(entries);
      }
    } finally {
      blocks.close();
    }
  }

  #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }
}
