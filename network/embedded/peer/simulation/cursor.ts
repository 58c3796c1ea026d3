/** Walks over query results one by one, as a chaincode asks for them. */
export interface Cursor<T> {
  /** The next result; undefined after the last one. */
  next(): Promise<T | undefined>;
  /** Closes, and names the key at which the next page starts; empty after the last one. */
  closeWithBookmark(): Promise<string>;
  close(): Promise<void>;
}

/** A {@link Cursor} over any sequence; `keyOf` gives the bookmark. */
export class SequenceCursor<T> implements Cursor<T> {
  readonly #iterator: AsyncIterator<T>;
  readonly #keyOf: (item: T) => string;
  #closed = false;

  constructor(sequence: AsyncIterable<T>, keyOf: (item: T) => string = () => '') {
    this.#iterator = sequence[Symbol.asyncIterator]();
    this.#keyOf = keyOf;
  }

  async next(): Promise<T | undefined> {
    if (this.#closed) return undefined;
    const step = await this.#iterator.next();
    return step.done ? undefined : step.value;
  }

  async closeWithBookmark(): Promise<string> {
    const following = await this.next();
    await this.close();
    return following === undefined ? '' : this.#keyOf(following);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#iterator.return?.();
  }
}
