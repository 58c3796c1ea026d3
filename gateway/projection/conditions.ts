/** The cursor of a list is not one that the list gave out. */
export class CursorError extends Error {
  override readonly name = 'CursorError';
}

/** @throws CursorError */
export function readCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  if (!/^\d{1,15}$/.test(cursor)) throw new CursorError(cursor);
  return Number(cursor);
}

/** A WHERE clause out of the filters that are set; values are always bound. */
export class Conditions {
  readonly #parts: string[] = [];
  readonly values: (string | number)[] = [];

  equal(column: string, value: string | number | undefined): this {
    return this.#add(`${column} = ?`, value);
  }

  below(column: string, value: string | number | undefined): this {
    return this.#add(`${column} < ?`, value);
  }

  above(column: string, value: string | number | undefined): this {
    return this.#add(`${column} > ?`, value);
  }

  atLeast(column: string, value: string | number | undefined): this {
    return this.#add(`${column} >= ?`, value);
  }

  atMost(column: string, value: string | number | undefined): this {
    return this.#add(`${column} <= ?`, value);
  }

  /** What is the same in every query, and written out so that an index of that part is used. */
  literal(part: string): this {
    this.#parts.push(part);
    return this;
  }

  /** Behind a place in the order of several columns. */
  behind(columns: readonly string[], place: readonly (string | number)[]): this {
    return this.#beside(columns, '>', place);
  }

  /** In front of a place in the order of several columns. */
  before(columns: readonly string[], place: readonly (string | number)[]): this {
    return this.#beside(columns, '<', place);
  }

  /** Found by one of the keys that {@link putKeys} has kept for it. */
  keyed(record: string, keys: readonly (readonly [kind: string, keys: readonly string[]])[]): this {
    for (const [kind, spellings] of keys) {
      const any = spellings.map(() => '?').join(', ');
      this.#parts.push(
        `ordinal IN (SELECT ordinal FROM record_keys WHERE record = ? AND kind = ? AND key IN (${any}))`,
      );
      this.values.push(record, kind, ...spellings);
    }
    return this;
  }

  get sql(): string {
    return this.#parts.length === 0 ? '' : `WHERE ${this.#parts.join(' AND ')}`;
  }

  #beside(columns: readonly string[], side: '<' | '>', place: readonly (string | number)[]): this {
    this.#parts.push(`(${columns.join(', ')}) ${side} (${place.map(() => '?').join(', ')})`);
    this.values.push(...place);
    return this;
  }

  #add(part: string, value: string | number | undefined): this {
    if (value === undefined) return this;
    this.#parts.push(part);
    this.values.push(value);
    return this;
  }
}

/** How a document number is compared in a search: without blanks, in capitals. */
export function searchForm(number: string): string {
  return number.normalize('NFKC').replace(/\s/g, '').toUpperCase();
}
