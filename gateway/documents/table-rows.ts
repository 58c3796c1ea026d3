/** A cell as a table states it. A spreadsheet keeps numbers as numbers: what stood before the first digit is gone. */
export type Cell = string | { readonly stored: number };

/** One row of a table, with the line of the file in which it starts, or why it cannot be read. */
export type TableRow =
  | { readonly line: number; readonly cells: readonly Cell[] }
  | { readonly line: number; readonly broken: string };

/** Longest row that is read; a quote that is never closed must not swallow the file. */
export const longestRow = 64 * 1024;
