const firstPauseMs = 500;
const longestPauseMs = 30_000;

/** Remembers which organisations did not answer, so that the next caller does not wait for them again. */
export class Circuit {
  readonly #clock: () => number;
  readonly #broken = new Map<string, { failures: number; until: number }>();

  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
  }

  failed(name: string): void {
    const failures = (this.#broken.get(name)?.failures ?? 0) + 1;
    const pause = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);
    this.#broken.set(name, { failures, until: this.#clock() + pause });
  }

  answered(name: string): void {
    this.#broken.delete(name);
  }

  /** True when it answered last time, or has been left alone long enough to be asked again. */
  isHealthy(name: string): boolean {
    return (this.#broken.get(name)?.until ?? 0) <= this.#clock();
  }
}
