/** One change of a batch. A missing value deletes the key. */
export interface Change {
  readonly key: Uint8Array;
  readonly value?: Uint8Array;
  /** Nothing has ever been written under this key: what was there before need not be looked up. */
  readonly isNew?: boolean;
}

/** What a scan covers: from `start` (included) up to `end` (excluded), in byte order. */
export interface Range {
  readonly start: Uint8Array;
  readonly end: Uint8Array;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/** The disk as it was at one moment. Must be closed, for what is written over is kept for it. */
export interface Frozen {
  get(key: Uint8Array): Buffer | undefined;
  scan(range: Range): AsyncIterable<readonly [key: Buffer, value: Buffer]>;
  close(): void;
}

/**
 * Everything that the ledger asks of a disk: ordered keys, and batches that are written whole or not at all.
 * The ledger is given one, so that a test can hand it a disk that fails.
 */
export interface Disk {
  get(key: Uint8Array): Buffer | undefined;
  scan(range: Range): AsyncIterable<readonly [key: Buffer, value: Buffer]>;
  freeze(): Frozen;
  /**
   * Applies all changes or none.
   *
   * @param options.sync - resolve only when the changes survive a power cut; without it they survive the death
   * of the process only.
   */
  write(changes: readonly Change[], options: { readonly sync: boolean }): Promise<void>;
  /**
   * Proves the files under the records, where there are any.
   *
   * @yields after each part, so that the caller may do something else.
   * @throws LedgerDamaged
   */
  prove?(): AsyncGenerator<void>;
  close(): Promise<void>;
}
