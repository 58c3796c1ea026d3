import Sqlite from 'libsql';

type Value = string | number | bigint | Uint8Array | null;
type Row = Readonly<Record<string, Value>>;

/** Compiled statements that are kept. */
const mostStatements = 200;

/** One SQLite file. Statements are compiled once: every block runs the same few. */
export class Database {
  readonly #sqlite: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement>();

  constructor(file: string) {
    this.#sqlite = new Sqlite(file);
    // A crash of the process loses nothing; after a power cut the last blocks may be missing and are read again.
    this.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY');
    // Most keys are hashes, so a block touches pages all over the file: 16 MB of them stay in memory and in the log.
    this.exec('PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000');
  }

  /** Runs statements that answer nothing. */
  exec(sql: string): void {
    this.#sqlite.exec(sql);
  }

  run(sql: string, values: readonly Value[] = []): void {
    this.#prepare(sql).run(values);
  }

  get(sql: string, values: readonly Value[] = []): Row | null {
    return (this.#prepare(sql).get(values) as Row | undefined) ?? null;
  }

  all(sql: string, values: readonly Value[] = []): readonly Row[] {
    return this.#prepare(sql).all(values) as readonly Row[];
  }

  close(): void {
    this.#statements.clear();
    this.#sqlite.close();
  }

  #prepare(sql: string): Sqlite.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    // Searches put filters together in many ways; what they need again is compiled again.
    if (this.#statements.size >= mostStatements) this.#statements.clear();
    const statement = this.#sqlite.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
