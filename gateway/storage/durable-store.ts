/** Which entries, and from which end. */
export interface EntriesOptions {
  readonly reverse?: boolean;
  readonly limit?: number;
  /** Only keys below this one. */
  readonly before?: string | undefined;
}

/**
 * Small key-value store of what stands in no block: requests and their answers, people, sessions, webhooks. Values are what
 * JSON can say; keys are in the order of their UTF-8 bytes. On a gateway's own disk it is LevelDB, and what replicas share
 * lies in PostgreSQL.
 */
export interface DurableStore {
  /** @returns undefined where there is none. */
  get(key: string): Promise<unknown>;

  /** Kept for good when it resolves. @throws where the value is null or undefined. */
  put(key: string, value: unknown): Promise<void>;

  /** Gone for good when it resolves. */
  delete(key: string): Promise<void>;

  /** Entries whose key begins with a prefix, in the order of their keys. */
  entries(prefix: string, options?: EntriesOptions): AsyncGenerator<[string, unknown]>;

  close(): Promise<void>;
}
