import { ClassicLevel } from 'classic-level';
import type { DurableStore, EntriesOptions } from './durable-store.js';

interface Write {
  readonly operation: { type: 'put'; key: string; value: unknown } | { type: 'del'; key: string };
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * The store on LevelDB, in a folder of this machine. A write is on disk when its promise resolves; writes that arrive while the
 * disk is busy share the next sync, because a sync costs far more than the bytes.
 */
export class LevelStore implements DurableStore {
  readonly #database: ClassicLevel<string, unknown>;
  #queue: Write[] = [];
  #flushing: Promise<void> | undefined;

  private constructor(database: ClassicLevel<string, unknown>) {
    this.#database = database;
  }

  /** @throws Error when another process has the folder open. */
  static async open(folder: string): Promise<LevelStore> {
    const database = new ClassicLevel<string, unknown>(folder, { valueEncoding: 'json' });
    await database.open();
    return new LevelStore(database);
  }

  /** Read in this thread: to hand a few microseconds of work to another one and back costs many times that. */
  // eslint-disable-next-line @typescript-eslint/require-await -- Other stores have to wait.
  async get(key: string): Promise<unknown> {
    return this.#database.getSync(key);
  }

  put(key: string, value: unknown): Promise<void> {
    return this.#write({ type: 'put', key, value });
  }

  delete(key: string): Promise<void> {
    return this.#write({ type: 'del', key });
  }

  async *entries(
    prefix: string,
    { before, ...options }: EntriesOptions = {},
  ): AsyncGenerator<[string, unknown]> {
    yield* this.#database.iterator({ gte: prefix, lt: before ?? `${prefix}\uffff`, ...options });
  }

  async close(): Promise<void> {
    await this.#flushing;
    await this.#database.close();
  }

  #write(operation: Write['operation']): Promise<void> {
    return new Promise((done, failed) => {
      this.#queue.push({ operation, done, failed });
      this.#flushing ??= this.#flush();
    });
  }

  async #flush(): Promise<void> {
    for (let writes = this.#take(); writes.length > 0; writes = this.#take()) {
      try {
        await this.#database.batch(
          writes.map(({ operation }) => operation),
          { sync: true },
        );
        writes.forEach(({ done }) => {
          done();
        });
      } catch (error) {
        writes.forEach(({ failed }) => {
          failed(error);
        });
      }
    }
    // In the same step in which the queue was found empty: who writes next, even at once, finds nobody at work.
    this.#flushing = undefined;
  }

  #take(): Write[] {
    const writes = this.#queue;
    this.#queue = [];
    return writes;
  }
}
