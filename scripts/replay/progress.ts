/** How often a long run says how far it is, milliseconds: on a terminal it writes over itself, elsewhere it is lines in a log. */
const everyMs = process.stderr.isTTY ? 500 : 10_000;

/** Tells how far a replay is, how fast it goes, and how long it will still take. */
export class Progress {
  readonly #all: number;
  readonly #first: number;
  readonly #begun = performance.now();
  #told = performance.now();

  /** @param first how many were done before this run. */
  constructor(all: number, first: number) {
    this.#all = all;
    this.#first = first;
  }

  at(done: number): void {
    if (performance.now() - this.#told < everyMs) return;
    this.#told = performance.now();
    const rate = (done - this.#first) / ((performance.now() - this.#begun) / 1000);
    const left = rate === 0 ? '' : `, ${durationOf((this.#all - done) / rate)} left`;
    const text = `  ${done} of ${this.#all} financings, ${rate.toFixed(1)} a second${left}`;
    process.stderr.write(process.stderr.isTTY ? `\r${text}\u001b[K` : `${text}\n`);
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\n');
  }
}

function durationOf(seconds: number): string {
  return seconds < 90 ? `${seconds.toFixed(0)} s` : `${(seconds / 60).toFixed(0)} min`;
}
