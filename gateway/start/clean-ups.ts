/** What has to be ended, last begun first: at a stop, and where a start fails half-way. */
export class CleanUps {
  readonly #ends: (() => Promise<void> | void)[] = [];

  /** Remembers how to end what has just begun. */
  add(end: () => Promise<void> | void): void {
    this.#ends.push(end);
  }

  /**
   * Ends everything once. What cannot be ended does not keep the rest from it.
   *
   * @throws the first failure, after all had their turn.
   */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (const end of this.#ends.splice(0).reverse()) {
      try {
        await end();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
