import { ClassicLevel } from 'classic-level';
import type { DurableStore, EntriesOptions } from './durable-store.js';

interface Write {
  readonly operation: { type: 'put'; key: string; value: unknown } | { type: 'del'; key: string };
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** So many entries are read at once. */
const pageSize = 100;

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

  /**
   * Read page by page: an iterator holds a snapshot, and while one is open LevelDB 1.20 may leave an older value above the
   * newest (google/leveldb#320). So none lives longer than a page, however long its reader takes.
   */
  async *entries(
    prefix: string,
    { before, reverse = false, limit = Infinity }: EntriesOptions = {},
  ): AsyncGenerator<[string, unknown]> {
    let range: { gte?: string; gt?: string; lt: string } = { gte: prefix, lt: before ?? `${prefix}\uffff` };
    for (let left = limit; left > 0;) {
      const size = Math.min(pageSize, left);
      const page = await this.#database.iterator({ ...range, reverse, limit: size }).all();
      yield* page;
      const last = page.at(-1)?.[0];
      if (last === undefined || page.length < size) return;
      range = reverse ? { ...range, lt: last } : { gt: last, lt: range.lt };
      left -= size;
    }
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
