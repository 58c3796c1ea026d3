import { readCursor } from './conditions.js';

/**
 * One page of rows that are groups: they have no ordinal of their own, so the cursor counts them.
 *
 * @param read takes the end of the statement that picks the page.
 * @throws CursorError
 */
export function pageOfGroups<T>(
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
  read: (some: string) => T[],
): { items: T[]; next?: string } {
  const start = readCursor(cursor) ?? 0;
  const rows = read(`LIMIT ${limit + 1} OFFSET ${start}`);
  const items = rows.slice(0, limit);
  return rows.length > limit ? { items, next: String(start + limit) } : { items };
}
