/** One committed version of a public key. */
export interface KeyVersion {
  readonly transactionId: string;
  /** Milliseconds since 1970 of the proposal that wrote it. */
  readonly at: number;
  readonly value: string;
}

/** One write of a transaction. */
export interface LedgerWrite {
  /** Undefined for the public state. */
  readonly collection: string | undefined;
  readonly key: string;
  readonly value: string;
  /** The key-level endorsement policy that the key gets. */
  readonly policy?: Uint8Array | undefined;
}

/** The few calls of Fabric's stub that the ledger model needs: no ranges and no queries, on purpose. */
export interface LedgerPort {
  /** @param collection undefined for the public state. */
  get(collection: string | undefined, key: string): Promise<string | undefined>;
  /**
   * Values of many keys of one collection, in their order. Of private keys these may be old, or none, where the peer
   * lacks private data; `get` fails then.
   */
  getAll(collection: string | undefined, keys: readonly string[]): Promise<readonly (string | undefined)[]>;
  /** All writes of the transaction, at its end. */
  write(writes: readonly LedgerWrite[]): Promise<void>;
  /** SHA-256 of a private value as every peer of the channel holds it, in hexadecimal. */
  hash(collection: string, key: string): Promise<string | undefined>;
  /** Versions of a public key, in no particular order. For reading functions only. */
  history(key: string): Promise<readonly KeyVersion[]>;
}
