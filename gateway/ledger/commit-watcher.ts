import { StatusCode } from '@hyperledger/fabric-gateway';
import type { Logger } from 'pino';
import { pause } from './backoff.js';
import type { Verdict } from './blocks/verdicts.js';
import { followForGood } from './follow-for-good.js';

/** What the network decided about a transaction. */
export interface Commit {
  readonly code: number;
  readonly blockNumber: number;
}

export const validCode: number = StatusCode.VALID;
/** Of an envelope whose transaction id is in the chain already: what became of that one, it does not say. */
const duplicateCode: number = StatusCode.DUPLICATE_TXID;

/** Commits remembered for callers who ask after the block has passed. */
const remembered = 20_000;

/** A stream that has not failed for so long has reached its peer; a failed connection is noticed sooner. */
const settledMs = 250;

/** What one block decided. */
export interface BlockVerdicts {
  readonly number: number;
  readonly verdicts: readonly Verdict[];
}

/** Where they come from: the blocks of the organisation's own peer. */
export type OpenVerdicts = (
  startBlock: number | undefined,
) => Promise<AsyncIterable<BlockVerdicts> & { close(): void }>;

/** Resolves everybody's wait for a commit from one stream of blocks. */
export class CommitWatcher {
  readonly #open: OpenVerdicts;
  readonly #log: Logger;
  readonly #failed: () => void;
  readonly #stopped = new AbortController();
  readonly #waiting = new Map<string, ((commit: Commit | undefined) => void)[]>();
  readonly #recent = new Map<string, Commit>();
  #stream: { close(): void } | undefined;
  #next: number | undefined;
  #connected = false;
  #running: Promise<void> | undefined;

  /** @param failed called for each stream that ends. */
  constructor(open: OpenVerdicts, log: Logger, failed: () => void = () => undefined) {
    this.#open = open;
    this.#log = log;
    this.#failed = failed;
  }

  start(): void {
    this.#running ??= followForGood({
      follow: (onBlock) => this.#follow(onBlock),
      lost: this.#failed,
      log: this.#log,
      complaint: 'block stream lost',
      signal: this.#stopped.signal,
    });
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
    return this.#next === undefined ? -1 : this.#next - 1;
  }

  /** What is known already. */
  find(transactionId: string): Commit | undefined {
    return this.#recent.get(transactionId);
  }

  /**
   * @returns undefined when no block with the transaction arrived in time, or only one with a duplicate of it: then it was
   *   decided before this watcher began.
   */
  async wait(transactionId: string, timeoutMs: number): Promise<Commit | undefined> {
    const known = this.#recent.get(transactionId);
    if (known !== undefined) return known;
    const timer = new AbortController();
    const arrival = new Promise<Commit | undefined>((resolve) => {
      this.#waiting.set(transactionId, [...(this.#waiting.get(transactionId) ?? []), resolve]);
    });
    const commit = await Promise.race([arrival, pause(timeoutMs, timer.signal).then(() => undefined)]);
    timer.abort();
    if (commit === undefined) this.#waiting.delete(transactionId);
    return commit;
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
      this.#connected = false;
    }
  }

  #take({ number, verdicts }: BlockVerdicts): void {
    this.#next = number + 1;
    for (const { transactionId: id, code } of verdicts) {
      // A transaction that was sent again is recorded as invalid, though the first one may be valid; only that one counts.
      const commit = code === duplicateCode ? undefined : { code, blockNumber: number };
      if (commit !== undefined && !this.#recent.has(id)) this.#remember(id, commit);
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
