/**
 * A table for a terminal or a Markdown page.
 *
 * @param texts how many of the columns, from the left, are no figures.
 */
export function aligned(heading: readonly string[], cells: readonly string[][], texts: number): string {
  const rows = [heading, heading.map(() => ''), ...cells];
  const widths = heading.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row, index) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          if (index === 1) return '-'.repeat(width);
          return column < texts ? cell.padEnd(width) : cell.padStart(width);
        })
        .join(' | '),
    )
    .map((line) => `| ${line} |`)
    .join('\n');
}
