import type { Logger } from 'pino';
import { pause } from '../backoff.js';
import { followForGood } from '../follow-for-good.js';

/** Numbers of blocks as one orderer announces them. */
export type Announcements = AsyncIterable<number> & { close(): void };

/**
 * Rings when a block has been ordered, so that nobody has to ask a peer all the time. It says nothing that is believed:
 * a bell that is silent, or rings for nothing, costs time and no more. The orderers are taken in turn.
 */
export class Bell {
  readonly #orderers: readonly (() => Promise<Announcements>)[];
  readonly #log: Logger;
  readonly #failed: () => void;
  readonly #stopped = new AbortController();
  readonly #waiting = new Set<() => void>();
  #latest = -1;
  #isHeard = false;
  #stream: Announcements | undefined;
  #running: Promise<void> | undefined;

  /** @param failed called for each stream that ends. */
  constructor(orderers: readonly (() => Promise<Announcements>)[], log: Logger, failed: () => void) {
    this.#orderers = orderers;
    this.#log = log;
    this.#failed = failed;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#stream?.close();
    this.#ring();
    await this.#running;
  }

  /** The latest block that was announced; -1 before the first. */
  get latest(): number {
    return this.#latest;
  }

  /** Whether one of the orderers is telling of its blocks. */
  get isHeard(): boolean {
    return this.#isHeard;
  }

  /** Resolves at the next announcement, at the latest after so many milliseconds. */
  async rung(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const given = new AbortController();
    const either = AbortSignal.any([given.signal, signal]);
    const end = (): void => {
      given.abort();
    };
    this.#waiting.add(end);
    await pause(timeoutMs, either);
    this.#waiting.delete(end);
  }

  async #run(): Promise<void> {
    if (this.#orderers.length === 0) return;
    // Gateways that are started together do not all hang on the same orderer.
    let turn = Math.floor(Math.random() * this.#orderers.length);
    await followForGood({
      follow: (onBlock) => this.#listen(turn++, onBlock),
      lost: this.#failed,
      log: this.#log,
      complaint: 'announcements of blocks lost',
      signal: this.#stopped.signal,
    });
  }

  async #listen(turn: number, onBlock: () => void): Promise<void> {
    const open = this.#orderers[turn % this.#orderers.length];
    const stream = await open?.();
    if (stream === undefined) return;
    this.#stream = stream;
    // Whoever stopped it meanwhile had no stream to close; it is read to its end all the same, which may be an error.
    if (this.#isStopped()) stream.close();
    try {
      for await (const number of stream) {
        if (this.#isStopped()) return;
        onBlock();
        this.#latest = Math.max(this.#latest, number);
        this.#isHeard = true;
        this.#ring();
      }
    } finally {
      this.#isHeard = false;
      stream.close();
    }
  }

  #ring(): void {
    for (const end of this.#waiting) end();
  }

  #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }
}
