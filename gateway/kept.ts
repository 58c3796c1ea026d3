/** Answers by name, of which the latest so many are kept: for what follows from a name alone and costs time to work out. */
export class Kept<V> {
  readonly #most: number;
  readonly #known = new Map<string, V>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The answer to a name, worked out where it is not kept; what is thrown then is not kept either. */
  of(name: string, work: () => V): V {
    if (this.#known.has(name)) return this.#known.get(name) as V;
    const value = work();
    this.#known.set(name, value);
    const [oldest] = this.#known.keys();
    if (this.#known.size > this.#most && oldest !== undefined) this.#known.delete(oldest);
    return value;
  }
}
