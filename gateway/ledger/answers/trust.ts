/** A node that contradicted two others is asked last for so long: its operator needs time to mend it. */
const asideMs = 3_600_000;

/** Which organisations' nodes contradicted the others of late. */
export class Trust {
  readonly #clock: () => number;
  readonly #aside = new Map<string, number>();

  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
  }

  contradicted(mspId: string): void {
    this.#aside.set(mspId, this.#clock() + asideMs);
  }

  isTrusted(mspId: string): boolean {
    return (this.#aside.get(mspId) ?? 0) <= this.#clock();
  }

  /** Organisations whose nodes are left aside now. */
  get aside(): readonly string[] {
    return [...this.#aside.keys()].filter((mspId) => !this.isTrusted(mspId)).sort();
  }
}
