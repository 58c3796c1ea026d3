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

  atLeast(column: string, value: string | number | undefined): this {
    return this.#add(`${column} >= ?`, value);
  }

  atMost(column: string, value: string | number | undefined): this {
    return this.#add(`${column} <= ?`, value);
  }

  /** For a column that holds words with blanks between them. */
  word(column: string, value: string | undefined): this {
    return this.#add(`' ' || ${column} || ' ' LIKE ?`, value === undefined ? undefined : `% ${value} %`);
  }

  /** For columns that only some organisations know. */
  equalOrUnknown(column: string, value: string | undefined): this {
    return this.#add(`(${column} = ? OR ${column} IS NULL)`, value);
  }

  /** Of queries: those about an enterprise, and those for which an authorisation of it was quoted. */
  aboutOrAuthorisedBy(enterprise: string | undefined): this {
    if (enterprise === undefined) return this;
    this.#parts.push('(enterprise = ? OR parent IN (SELECT id FROM authorisations WHERE enterprise = ?))');
    this.values.push(enterprise, enterprise);
    return this;
  }

  get sql(): string {
    return this.#parts.length === 0 ? '' : `WHERE ${this.#parts.join(' AND ')}`;
  }

  #add(part: string, value: string | number | undefined): this {
    if (value === undefined) return this;
    this.#parts.push(part);
    this.values.push(value);
    return this;
  }
}
