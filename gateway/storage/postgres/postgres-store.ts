import type { DurableStore, EntriesOptions } from '../durable-store.js';
import type { Term } from './term.js';

/** Entries that are read at once. */
const page = 100;
/** What an index of PostgreSQL takes, and more than any key here has. */
const longestKey = 2_000;

/** One of the stores that replicas share, in a table of PostgreSQL. Only the replica that serves reads and writes it. */
export class PostgresStore implements DurableStore {
  readonly #organisation: string;
  readonly #name: string;
  readonly #term: () => Pick<Term, 'read' | 'write'>;

  /** @param term The present one; throws where another replica serves. */
  constructor(organisation: string, name: string, term: () => Pick<Term, 'read' | 'write'>) {
    this.#organisation = organisation;
    this.#name = name;
    this.#term = term;
  }

  async get(key: string): Promise<unknown> {
    const [row] = await this.#term().read<{ value: string }>(
      'SELECT value FROM pledgeonce.entries WHERE organisation = $1 AND store = $2 AND key = $3',
      [this.#organisation, this.#name, key],
    );
    return row === undefined ? undefined : JSON.parse(row.value);
  }

  async put(key: string, value: unknown): Promise<void> {
    assertKey(key);
    if (value === null || value === undefined) throw new TypeError('Nothing is no value of an entry.');
    await this.#term().write({ store: this.#name, key, value: JSON.stringify(value) });
  }

  async delete(key: string): Promise<void> {
    await this.#term().write({ store: this.#name, key, value: undefined });
  }

  async *entries(
    prefix: string,
    { before = `${prefix}\uffff`, reverse = false, limit = Infinity }: EntriesOptions = {},
  ): AsyncGenerator<[string, unknown]> {
    let [from, below] = [prefix, before];
    let isFirst = true;
    for (let left = limit; left > 0;) {
      const most = Math.min(left, page);
      // Behind the last one that was read, in whichever direction.
      const least = isFirst || reverse ? '>=' : '>';
      const rows = await this.#term().read<{ key: string; value: string }>(
        `SELECT key, value FROM pledgeonce.entries
         WHERE organisation = $1 AND store = $2 AND key ${least} $3 AND key < $4
         ORDER BY key ${reverse ? 'DESC' : 'ASC'} LIMIT $5`,
        [this.#organisation, this.#name, from, below, most],
      );
      for (const { key, value } of rows) yield [key, JSON.parse(value)];
      const last = rows.at(-1);
      if (last === undefined || rows.length < most) return;
      isFirst = false;
      left -= rows.length;
      if (reverse) below = last.key;
      else from = last.key;
    }
  }

  /** What was written is written: the connection is not the store's. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Refused by itself: in the database it would take those with it that share its statement. */
function assertKey(key: string): void {
  if (key.includes('\0') || Buffer.byteLength(key) > longestKey) {
    throw new TypeError(`A key is at most ${longestKey} bytes long and has no NUL in it.`);
  }
}
