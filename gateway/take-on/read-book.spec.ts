import { Readable } from 'node:stream';
import { type TakeOnLine, takeOnLineSchema } from '@pledgeonce/chaincode/take-on/api.js';
import fc from 'fast-check';
import { csvHead, csvLine } from '../api/http/csv.js';
import { writeXlsx } from '../documents/write-xlsx.js';
import { xlsxType } from '../documents/xlsx-rows.js';
import { groupedColumns, plainColumns } from './columns.js';
import { type BookItem, type BookType, readBook } from './read-book.js';
import { bookTemplate } from './template.js';

async function read(bytes: Buffer | string, type: BookType): Promise<BookItem[]> {
  const items: BookItem[] = [];
  const source = Readable.from([Buffer.from(bytes)]);
  for await (const item of readBook(source, type, { contentType: type, itemBytes: 1_000_000 }))
    items.push(item);
  return items;
}

/** A book in one of the kinds of tables. */
function tableOf(rows: readonly (readonly string[])[], type: BookType): Buffer {
  const [columns = [], ...lines] = rows;
  return type === xlsxType
    ? writeXlsx(rows)
    : Buffer.from(csvHead({ columns }) + lines.map((cells) => csvLine(cells)).join(''));
}

/** Two loans under the names of the API's own columns. */
const loans: readonly Readonly<Record<string, string>>[] = [
  {
    reference: 'LN-1',
    enterprise: '91330200MA2CKXQ85H',
    product: 'invoice',
    amount: '600.00',
    currency: 'usd',
    outstanding: '450.00',
    paidOutOn: '2026-03-15',
    dueDate: '2026-09-15',
    'document.1.type': 'tax-invoice',
    'document.1.number': '0012 A',
    'document.1.amount': '400.00',
    'document.1.total': '1000.00',
    'document.1.totalCurrency': 'EUR',
    'document.2.type': 'tax-invoice',
    'document.2.number': 'B-7',
    'document.2.amount': '200.00',
    'party.1.name': 'Harbour Leasing',
    'party.1.share': '40 %',
  },
  {
    reference: '07',
    enterprise: 'NL820098395B01',
    product: 'warehouse',
    amount: '10.00',
    currency: 'CNY',
    outstanding: '10.00',
    paidOutOn: '2026-03-15',
    dueDate: '2026-09-15',
    state: 'overdue',
    'collateral.1.number': 'WR-1',
    'collateral.1.quantity': '12.5',
    'collateral.1.unit': 'tne',
  },
];
const names = [...new Set(loans.flatMap((one) => Object.keys(one)))];
const chineseOf: ReadonlyMap<string, string> = new Map(plainColumns);

/** How a column may be headed. */
function headings(name: string): readonly string[] {
  const [group = '', place, field = ''] = name.split('.');
  if (place === undefined) return [name, name.toUpperCase(), chineseOf.get(name) ?? name];
  const [chinese, fields] = groupedColumns[group as keyof typeof groupedColumns];
  const own = (fields as Readonly<Record<string, string>>)[field] ?? field;
  return [
    `${group} ${place} ${field}`,
    `${group}_${place}_${field}`.toUpperCase(),
    `${chinese}${place}${own}`,
  ];
}

describe('a book as a table', () => {
  it('says the same with its columns in any order, in English or Chinese, as CSV or Excel', async () => {
    const order = fc.shuffledSubarray(names, { minLength: names.length, maxLength: names.length });
    const table = order.chain((columns) =>
      fc.record({
        columns: fc.constant(columns),
        heads: fc.tuple(...columns.map((name) => fc.constantFrom(...headings(name)))),
        type: fc.constantFrom<BookType>('text/csv', xlsxType),
      }),
    );
    const expected = await read(
      tableOf([names, ...loans.map((one) => names.map((name) => one[name] ?? ''))], 'text/csv'),
      'text/csv',
    );
    expect(expected.map((item) => 'loan' in item && takeOnLineSchema.safeParse(item.loan).success)).toEqual([
      true,
      true,
    ]);
    await fc.assert(
      fc.asyncProperty(table, async ({ columns, heads, type }) => {
        const rows = [heads, ...loans.map((one) => columns.map((name) => one[name] ?? ''))];
        const items = await read(tableOf(rows, type), type);
        expect(items.map((item) => 'loan' in item && item.loan)).toEqual(
          expected.map((item) => 'loan' in item && item.loan),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('leaves numbers, shares and zeros as they are printed', async () => {
    const rows = [names, ...loans.map((one) => names.map((name) => one[name] ?? ''))];
    const [first, second] = (await read(tableOf(rows, xlsxType), xlsxType)).map(
      (item) => ('loan' in item ? item.loan : undefined) as TakeOnLine,
    );
    expect(first).toMatchObject({
      enterprise: { scheme: 'USCC' },
      amount: { amount: '600', currency: 'USD' },
      lines: [
        { document: { number: '0012 A' }, total: { amount: '1000', currency: 'EUR' } },
        { document: { number: 'B-7' } },
      ],
      parties: [{ name: 'Harbour Leasing', share: '40 %' }],
    });
    expect(second).toMatchObject({
      reference: '07',
      enterprise: { scheme: 'VAT' },
      lines: [],
      collateral: [{ document: { type: 'warehouse-receipt' }, quantity: { amount: '12.5', unit: 'TNE' } }],
    });
  });

  it.each(['en', 'zh'] as const)('is what the template in %s becomes, in both kinds', async (language) => {
    for (const type of ['text/csv', xlsxType] as const) {
      const [item] = await read(tableOf(bookTemplate(language), type), type);
      expect(item !== undefined && 'loan' in item && takeOnLineSchema.parse(item.loan)).toMatchObject({
        reference: 'LN-2026-0001',
        product: 'invoice',
        state: 'partly-repaid',
        lines: [{ document: { type: 'customs-declaration', number: '310120260516789012' } }],
      });
    }
  });

  it('is refused as a whole for a heading that is unknown, there twice, or missing', async () => {
    const refuses = async (columns: readonly string[], field: string) => {
      for (const type of ['text/csv', xlsxType] as const) {
        await expect(read(tableOf([columns, columns.map(() => '1')], type), type)).rejects.toMatchObject({
          field,
        });
      }
    };
    await refuses([...names, 'interest'], 'interest');
    await refuses([...names, '业务编号'], '业务编号');
    await refuses(
      names.filter((name) => name !== 'dueDate'),
      'dueDate',
    );
    await expect(read('', 'text/csv')).rejects.toMatchObject({ code: 'INPUT_MISSING' });
  });

  it('names the cell that cannot be read, and goes on with the next line', async () => {
    const rows = [
      names,
      ...loans.map((one) => names.map((name) => (name === 'amount' ? '1,234' : (one[name] ?? '')))),
      names.map((name) => loans[1]?.[name] ?? ''),
    ];
    const items = await read(tableOf(rows, 'text/csv'), 'text/csv');
    expect(items).toMatchObject([
      { line: 2, code: 'AMOUNT_INVALID', field: 'amount' },
      { line: 3, code: 'AMOUNT_INVALID', field: 'amount' },
      { line: 4, loan: { reference: '07' } },
    ]);
  });
});

describe('a book as lines of JSON', () => {
  it('is read line by line; a broken line is told with its place', async () => {
    const items = await read('{"reference":"1"}\n{broken\n{"reference":"2"}\n', 'application/x-ndjson');
    expect(items).toMatchObject([
      { line: 1, loan: { reference: '1' } },
      { line: 2, code: expect.any(String) as string },
      { line: 3, loan: { reference: '2' } },
    ]);
  });

  it('says which of two credits of one number is meant, by the bank that advised it and the one that issued it', async () => {
    const {
      'collateral.1.number': _number,
      'collateral.1.quantity': _quantity,
      'collateral.1.unit': _unit,
      ...loan
    } = loans[1] ?? {};
    const row = {
      ...loan,
      product: '出口押汇',
      'document.1.type': '报关单',
      'document.1.number': '310120260516789012',
      'document.1.amount': '10.00',
      保障1类型: '信用证',
      'cover 1 number': 'LC77',
      'cover 1 amount': '10.00',
      'cover 1 issuer scheme': 'msp',
      'cover 1 issuer': 'BankAMSP',
      保障1开证行: 'deutdeff',
    };
    const [item] = await read(tableOf([Object.keys(row), Object.values(row)], 'text/csv'), 'text/csv');
    expect(item).toMatchObject({
      loan: {
        product: 'discount',
        cover: [
          {
            document: {
              type: 'letter-of-credit',
              number: 'LC77',
              issuer: { scheme: 'MSP', id: 'BankAMSP' },
              issuingBank: 'DEUTDEFF',
            },
            amount: { amount: '10' },
          },
        ],
      },
    });
  });
});
