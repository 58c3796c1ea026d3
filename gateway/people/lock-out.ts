/** Failures that are free of charge: people mistype. */
const freeFailures = 4;
const firstLockMs = 30_000;
const longestLockMs = 60 * 60_000;
/** Entries kept; beyond that the oldest are forgotten, so that invented names cannot fill the memory. */
const mostEntries = 10_000;

/** Makes whoever fails again and again wait, for a time that doubles with every further failure. */
export class LockOut {
  readonly #clock: () => number;
  readonly #failures = new Map<string, { count: number; lockedUntil: number }>();

  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
  }

  /** Milliseconds until the next attempt is allowed; 0 when it is allowed now. */
  wait(id: string): number {
    return Math.max(0, (this.#failures.get(id)?.lockedUntil ?? 0) - this.#clock());
  }

  failed(id: string): void {
    const count = (this.#failures.get(id)?.count ?? 0) + 1;
    const over = count - freeFailures;
    const lock = over > 0 ? Math.min(firstLockMs * 2 ** (over - 1), longestLockMs) : 0;
    this.#failures.delete(id);
    this.#failures.set(id, { count, lockedUntil: this.#clock() + lock });
    if (this.#failures.size > mostEntries) {
      const [oldest] = this.#failures.keys();
      if (oldest !== undefined) this.#failures.delete(oldest);
    }
  }

  /** Failures in a row. */
  failures(id: string): number {
    return this.#failures.get(id)?.count ?? 0;
  }

  succeeded(id: string): void {
    this.#failures.delete(id);
  }
}
