interface Waiting {
  readonly since: number;
  readonly start: () => void;
}

/**
 * Where everything waits that lost a conflict, whoever asked for it: one at a time, so that those who wait do not make each
 * other lose again, and the oldest first, so that nobody waits for ever behind those who came later.
 */
export class ConflictLine {
  /** In the order in which they came to wait. */
  readonly #waiting: Waiting[] = [];
  #isTaken = false;

  /**
   * Does the work in its turn.
   *
   * @param since when it was asked for: what was asked for first is done first.
   */
  async inTurn<T>(since: number, work: () => Promise<T>): Promise<T> {
    await this.#turn(since);
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  /** How many wait at this moment. */
  get length(): number {
    return this.#waiting.length;
  }

  #turn(since: number): Promise<void> {
    if (!this.#isTaken) {
      this.#isTaken = true;
      return Promise.resolve();
    }
    return new Promise((start) => {
      this.#waiting.push({ since, start });
    });
  }

  #next(): void {
    const oldest = this.#waiting.reduce<number>(
      (found, one, index) => (one.since < (this.#waiting[found]?.since ?? Infinity) ? index : found),
      0,
    );
    const [next] = this.#waiting.splice(oldest, 1);
    if (next === undefined) this.#isTaken = false;
    else next.start();
  }
}
