import fc from 'fast-check';
import type { Cell } from './table-rows.js';
import { writeXlsx } from './write-xlsx.js';
import { readXlsxRows } from './xlsx-rows.js';

async function readBack(rows: readonly (readonly Cell[])[]) {
  const read = [];
  for await (const row of readXlsxRows(writeXlsx(rows))) read.push(row);
  return read;
}

describe('a workbook that is written', () => {
  it('is read back as it was, text as text and numbers as numbers', async () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 20 })
      .map((one) => one.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '').trim());
    const number = fc.integer({ min: -1e9, max: 1e9 }).map((stored) => ({ stored }));
    const row = fc
      .array(fc.oneof(text, number), { minLength: 1, maxLength: 30 })
      // The reader leaves out empty rows, and an empty cell at the end says nothing.
      .map((cells): Cell[] => [...cells, 'end']);
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
        const read = await readBack(rows);
        const width = rows[0]?.length ?? 0;
        const filled = rows.map((cells) => [
          ...cells,
          ...Array<string>(Math.max(0, width - cells.length)).fill(''),
        ]);
        expect(read).toEqual(filled.map((cells, index) => ({ line: index + 1, cells })));
      }),
      { numRuns: 15 },
    );
  });

  it('keeps what looks like a formula as text, and leaves out what XML cannot hold', async () => {
    const [row] = await readBack([['=1+1', '@cmd', 'a\u0000b\u0007<c>&', '\ud800x', '007']]);
    expect(row).toEqual({ line: 1, cells: ['=1+1', '@cmd', 'ab<c>&', 'x', '007'] });
  });

  it('is the same bytes for the same rows', () => {
    const rows = [['reference'], ['LN-1']];
    expect(writeXlsx(rows).equals(writeXlsx(rows))).toBe(true);
  });
});
