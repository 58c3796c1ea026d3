/**
 * A page of the documentation with a table as the code has it, between two lines that say so.
 *
 * @param name of the table, as its lines bear it.
 * @throws Error when the page has no place for it.
 */
export function withTable(page: string, name: string, table: string): string {
  const [begin, end] = [`<!-- ${name}: begin, written by npm run docs -->`, `<!-- ${name}: end -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The page has no place for the table of ${name}.`);
  return `${page.slice(0, from + begin.length)}\n\n${table}\n\n${page.slice(to)}`;
}
