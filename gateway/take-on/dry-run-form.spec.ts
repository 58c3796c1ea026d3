import { Readable } from 'node:stream';
import { csvHead, csvLine } from '../api/http/csv.js';
import type { Cell } from '../documents/table-rows.js';
import { writeXlsx } from '../documents/write-xlsx.js';
import { xlsxType } from '../documents/xlsx-rows.js';
import { dryRunForm } from './dry-run-form.js';
import type { Tried } from './dry-run.js';
import { type BookItem, type BookType, readBook } from './read-book.js';

async function read(bytes: Buffer, type: BookType): Promise<BookItem[]> {
  const items: BookItem[] = [];
  const source = Readable.from([bytes]);
  for await (const item of readBook(source, type, { contentType: type, itemBytes: 1_000_000 }))
    items.push(item);
  return items;
}

const columns = [
  '到期日',
  '业务编号',
  '企业代码',
  '产品',
  '融资金额',
  '币种',
  '未偿余额',
  '放款日',
  '单证1日期',
];
const cells = [
  '2026-09-15',
  'LN-1',
  '91330200MA2CKXQ85H',
  '保理',
  '600.00',
  'USD',
  '600.00',
  '2026-03-15',
  '',
];
const differs: Tried = {
  index: 0,
  line: 2,
  verdict: 'differs',
  outcome: 'taken-on',
  looksLike: 7,
  documents: [
    { list: 'lines', line: 0, result: 'mismatch', mismatches: ['total', 'date'] },
    { list: 'cover', line: 1, result: 'not-found', mismatches: [], spellings: ['A-1', 'A 1'] },
  ],
};
const why = 'looks like line 7; lines 1: total; lines 1: date; cover 2: A-1 / A 1?';

/** All that is answered for some verdicts. */
function answered(items: readonly BookItem[], type: BookType, verdicts: readonly Tried[]): Buffer {
  const { head = '', write } = dryRunForm(items, type);
  const totals = { outcome: 'totals' as const, lines: verdicts.length, totals: [] };
  return Buffer.concat(
    [head, ...[...verdicts, totals].map((one) => write?.(one) ?? '')].map((one) => Buffer.from(one)),
  );
}

describe('a book that comes back with its verdicts', () => {
  it('is CSV for CSV, Excel for Excel, and may be sent again as it is', async () => {
    for (const type of ['text/csv', xlsxType] as const) {
      const sent =
        type === xlsxType ? writeXlsx([columns, cells]) : Buffer.from(csvHead({ columns }) + csvLine(cells));
      const items = await read(sent, type);
      const answer = answered(items, type, [differs]);
      expect(dryRunForm(items, type).type).toMatch(type);
      const [again] = await read(answer, type);
      expect(again?.headings).toEqual([...columns, 'verdict', 'outcome', 'why']);
      expect(again?.cells).toEqual([...cells, 'differs', 'taken-on', why]);
      expect(again).toMatchObject({
        loan: 'loan' in (items[0] ?? {}) && (items[0] as { loan: unknown }).loan,
      });
      // An earlier answer gives way to the next.
      const found: Tried = { index: 0, line: 2, verdict: 'found', outcome: 'taken-on' };
      const [third] = await read(answered(again === undefined ? [] : [again], type, [found]), type);
      expect(third?.headings).toEqual([...columns, 'verdict', 'outcome', 'why']);
      expect(third?.cells?.slice(0, columns.length + 2)).toEqual([...cells, 'found', 'taken-on']);
    }
  });

  it('writes out the days that a spreadsheet keeps as numbers, and leaves amounts numbers', async () => {
    const stored = (value: number): Cell => ({ stored: value });
    const row: readonly Cell[] = [
      stored(46_280),
      ...cells.slice(1, 4),
      stored(600),
      'USD',
      stored(600),
      stored(46_096),
      '',
    ];
    const items = await read(writeXlsx([columns, row]), xlsxType);
    const [again] = await read(answered(items, xlsxType, [differs]), xlsxType);
    expect(again?.cells).toEqual([
      '2026-09-15',
      ...cells.slice(1, 4),
      stored(600),
      'USD',
      stored(600),
      '2026-03-15',
      '',
      'differs',
      'taken-on',
      why,
    ]);
  });

  it('is lines of JSON for lines of JSON; of a line that is none, its place and why', async () => {
    const items = await read(Buffer.from('{"reference":"1","more":true}\n{broken\n'), 'application/x-ndjson');
    const broken: Tried = { index: 1, line: 2, verdict: 'refused', outcome: 'refused', detail: 'No JSON.' };
    const lines = answered(items, 'application/x-ndjson', [{ ...differs, documents: [] }, broken]);
    expect(
      lines
        .toString()
        .trim()
        .split('\n')
        .map((one) => JSON.parse(one) as unknown),
    ).toEqual([
      { reference: '1', more: true, verdict: 'differs', outcome: 'taken-on', why: 'looks like line 7' },
      { line: 2, verdict: 'refused', outcome: 'refused', why: 'No JSON.' },
    ]);
  });
});
