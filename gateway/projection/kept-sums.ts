/** Rows of a table that are counted and added up together. */
export interface KeptSums {
  readonly table: string;
  /** What the rows of a group have in common: columns of text. */
  readonly columns: readonly string[];
  /** Columns that are added up. */
  readonly sums: readonly string[];
  /** SQL: which rows count. */
  readonly counts: (row: 'NEW' | 'OLD') => string;
}

/**
 * Sums that a table keeps of itself, by triggers: a report reads one row for each group and not one for each record,
 * and whoever writes a record cannot forget them. Each has a column `count` besides its sums.
 *
 * @param name of what a row of the table is.
 */
export function keptSumsSql(name: string, table: string, kept: readonly KeptSums[]): string {
  return `${kept.map(tableSql).join('\n')}
CREATE TRIGGER ${name}_added AFTER INSERT ON ${table} BEGIN
${kept.map((sums) => change(sums, 'NEW', '+')).join('\n')}
END;
CREATE TRIGGER ${name}_changed AFTER UPDATE ON ${table} BEGIN
${kept.map((sums) => change(sums, 'OLD', '-')).join('\n')}
${kept.map((sums) => change(sums, 'NEW', '+')).join('\n')}
${kept.map(dropEmpty).join('\n')}
END;`;
}

function tableSql({ table, columns, sums }: KeptSums): string {
  const typed = [
    ...columns.map((column) => `${column} TEXT NOT NULL`),
    ...['count', ...sums].map((column) => `${column} INTEGER NOT NULL`),
  ];
  return `CREATE TABLE ${table} (${typed.join(', ')}, PRIMARY KEY (${columns.join(', ')})) WITHOUT ROWID;`;
}

function change({ table, columns, sums, counts }: KeptSums, row: 'NEW' | 'OLD', sign: '+' | '-'): string {
  const values = [
    ...columns.map((column) => `${row}.${column}`),
    `${sign}1`,
    ...sums.map((column) => `${sign}${row}.${column}`),
  ];
  const added = ['count', ...sums].map((column) => `${column} = ${column} + excluded.${column}`);
  return `INSERT INTO ${table} SELECT ${values.join(', ')} WHERE ${counts(row)}
  ON CONFLICT (${columns.join(', ')}) DO UPDATE SET ${added.join(', ')};`;
}

function dropEmpty({ table, columns }: KeptSums): string {
  const same = columns.map((column) => `${column} = OLD.${column}`);
  return `DELETE FROM ${table} WHERE ${same.join(' AND ')} AND count = 0;`;
}
