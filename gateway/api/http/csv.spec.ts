import fc from 'fast-check';
import { csvHead, csvLine } from './csv.js';

/** Reads one line as a spreadsheet does: RFC 4180. */
function read(line: string): string[] {
  const cells: string[] = [];
  const form = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n$)/gy;
  for (const [, quoted, plain, end] of line.matchAll(form)) {
    cells.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\r\n') return cells;
  }
  throw new Error(`No line of a table: ${line}`);
}

describe('a table in CSV', () => {
  it('gives back what is in it, and nothing that a spreadsheet would run', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 6 }), (cells) => {
        const back = read(csvLine(cells));
        expect(back.map((cell, index) => (cell === `'${cells[index] ?? ''}` ? cells[index] : cell))).toEqual(
          cells,
        );
        expect(back.filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/u.test(cell))).toEqual([]);
      }),
    );
  });

  it.each([
    ['=HYPERLINK("http://evil.example","pay")', `"'=HYPERLINK(""http://evil.example"",""pay"")"`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['＝1+1', `'＝1+1`],
    ['宁波', '宁波'],
    ['1,5', '"1,5"'],
    [undefined, ''],
    [12, '12'],
  ])('writes %j', (cell, text) => {
    expect(csvLine([cell])).toBe(`${text}\r\n`);
  });

  it('begins so that spreadsheets read Chinese', () => {
    expect(csvHead({ columns: ['id', 'amount'] })).toBe('\uFEFFid,amount\r\n');
  });
});
