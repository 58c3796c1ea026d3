/**
 * How long the tables have lacked something that the peer had. Under load they are always a block behind, so what counts
 * is the age of the oldest block that is missing, not whether one is.
 */
export class Behind {
  /** Heights of the peer and when each was first seen, oldest first. */
  readonly #seen: { readonly height: number; readonly at: number }[] = [];

  /** The peer has so many blocks at this time, milliseconds of any clock that does not go back. */
  saw(height: number, at: number): void {
    if (height > (this.#seen.at(-1)?.height ?? 0)) this.#seen.push({ height, at });
  }

  /** @param nextBlock the first block that is not in the tables. */
  forMs(nextBlock: number, now: number): number {
    while ((this.#seen[0]?.height ?? Infinity) <= nextBlock && this.#seen.length > 1) this.#seen.shift();
    const [oldest] = this.#seen;
    return oldest === undefined || oldest.height <= nextBlock ? 0 : now - oldest.at;
  }
}
