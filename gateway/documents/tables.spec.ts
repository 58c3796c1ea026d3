import fc from 'fast-check';
import { readCsvRows } from './csv-rows.js';
import { parseDocument } from './parse-document.js';
import { workbookOf } from './testing/workbook.js';
import { zipOf } from './testing/zip.js';
import { xlsxType } from './xlsx-rows.js';

const korean =
  'Declaration ID,Date,Office ID,Import Type,Mode of Transport,Importer ID,Seller ID,HS6 Code,Item Price';
const row = (number: string, importer = 'IMP1') =>
  `${number},2021-01-01,10,11,40,${importer},SEL1,850440,1000`;
const csv = (text: string, type = 'text/csv') => parseDocument(Buffer.from(text), type);

async function rowsOf(text: string, pieces = 7) {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / pieces) }, (_, at) =>
    bytes.subarray(at * pieces, (at + 1) * pieces),
  );
  const rows = [];
  for await (const one of readCsvRows(chunks)) rows.push(one);
  return rows;
}

describe('a table as people send it', () => {
  it('F02: refuses a row with a quote inside a cell, with its line, and goes on', async () => {
    const { facts, refusals } = await csv(
      [korean, row('9901'), row('9902', 'ACME "North"'), row('9903')].join('\n'),
    );
    expect(facts.map(({ number }) => number)).toEqual(['9901', '9903']);
    expect(refusals).toMatchObject([
      { row: 3, code: 'INPUT_INVALID', detail: expect.stringContaining('ACME "North"') as unknown },
    ]);
  });

  it('takes quoted cells with quotes, delimiters and line breaks inside', async () => {
    const rows = await rowsOf('a,b\n"x ""y"", z","1\n2"\r\n\r\nq,r');
    expect(rows).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['x "y", z', '1\n2'] },
      { line: 5, cells: ['q', 'r'] },
    ]);
  });

  it.each([
    ['semicolons', ';'],
    ['tabs', '\t'],
    ['commas', ','],
  ])('F16a: takes %s', async (_, delimiter) => {
    const { facts } = await csv(`${korean}\n${row('9901')}`.replaceAll(',', delimiter));
    expect(facts).toMatchObject([{ number: '9901', date: '2021-01-01', total: { amount: '1000' } }]);
  });

  it('takes the delimiter that a spreadsheet states, and its byte order mark', async () => {
    const { facts } = await csv(
      `\ufeffsep=;\n${korean.replaceAll(',', ';')}\n${row('9901').replaceAll(',', ';')}\n`,
    );
    expect(facts).toHaveLength(1);
  });

  it('F16b: takes days with slashes, year first, and says what is wrong with others', async () => {
    const { facts, refusals } = await csv(
      [
        korean,
        row('9901').replace('2021-01-01', '2021/01/05'),
        row('9902').replace('2021-01-01', '05/01/2021'),
        row('9903').replace('2021-01-01', '2021-02-30'),
      ].join('\n'),
    );
    expect(facts).toMatchObject([{ date: '2021-01-05' }]);
    expect(refusals).toMatchObject([
      { row: 3, code: 'DATE_INVALID', detail: expect.stringContaining('05/01/2021') as unknown },
      { row: 4, code: 'DATE_INVALID', detail: expect.stringContaining('2021-02-30') as unknown },
    ]);
  });

  it('refuses an id that a spreadsheet has damaged, by name', async () => {
    const { refusals } = await csv([korean, row('9.70618E+07')].join('\n'));
    expect(refusals).toMatchObject([
      {
        code: 'NUMBER_INVALID',
        field: 'Declaration ID',
        detail: expect.stringContaining('9.70618E+07') as unknown,
      },
    ]);
  });

  it('reads the encoding that the request names, and refuses bytes that do not fit', async () => {
    const latin = Buffer.from(`${korean}\n${row('9901', 'M\u00fcller')}`, 'latin1');
    const { facts } = await parseDocument(latin, 'text/csv; charset=windows-1252');
    expect(facts).toMatchObject([{ buyer: { id: 'Müller' } }]);
    await expect(parseDocument(latin, 'text/csv')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('gives up a row that is too long, and goes on with the next line', async () => {
    const rows = await rowsOf(`a,b\n"${'x'.repeat(70_000)}\nc,d\n`, 5_000);
    expect(rows).toMatchObject([
      { line: 1 },
      { line: 2, broken: expect.any(String) as unknown },
      { line: 3, cells: ['c', 'd'] },
    ]);
    const endless = await rowsOf(`a,b\n${'y'.repeat(200_000)}\nc,d\n`, 5_000);
    expect(endless).toMatchObject([
      { line: 1 },
      { line: 2, broken: expect.any(String) as unknown },
      { line: 3, cells: ['c', 'd'] },
    ]);
  });

  it('reads back whatever cells are written by the rules, however the bytes are cut', async () => {
    const cell = fc.stringMatching(/^[a-z0-9"',;\n é-]{0,8}$/).map((text) => text.trim());
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (rows, pieces) => {
        const text = [
          'h,h',
          ...rows.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')),
        ].join('\r\n');
        const read = await rowsOf(text, pieces);
        const expected = rows.filter((cells) => cells.some((one) => one !== ''));
        expect(read.slice(1).map((one) => ('cells' in one ? one.cells : one.broken))).toEqual(expected);
      }),
    );
  });
});

describe('a table of facts', () => {
  const heading =
    'type,number,date,seller.scheme,seller.id,Seller.Name,total.amount,total.currency,cites.0.type,cites.0.number,details.containers';
  const line =
    'tax-invoice,T-1,2026/03/02,VAT,DE987654321,"Acme, Ltd","1.234,50",EUR,bill-of-lading,HL 1,CSQU3054383';

  it('takes the fields of a fact as its headings', async () => {
    const { facts, refusals } = await csv(`${heading}\n${line}`);
    expect(refusals).toEqual([]);
    expect(facts).toEqual([
      {
        type: 'tax-invoice',
        number: 'T-1',
        date: '2026-03-02',
        seller: { scheme: 'VAT', id: 'DE987654321', name: 'Acme, Ltd' },
        total: { amount: '1234.5', currency: 'EUR' },
        cites: [{ type: 'bill-of-lading', number: 'HL 1' }],
        details: { containers: ['CSQU3054383'] },
      },
    ]);
  });

  it.each([
    ['a heading that no fact has', heading.replace('total.amount', 'Betrag'), 'Betrag'],
    ['no type', heading.replace('type,number', 'payable.amount,number'), 'type'],
  ])('is refused as a whole with %s', async (_, headings, field) => {
    await expect(csv(`${headings}\n${line}`)).rejects.toMatchObject({ code: 'INPUT_INVALID', field });
  });

  it('names the column that is wrong', async () => {
    const { refusals } = await csv(
      [heading, line.replace('VAT', 'VATX'), line.replace('"1.234,50"', '"1,234"')].join('\n'),
    );
    expect(refusals).toMatchObject([
      { row: 2, code: 'INPUT_INVALID', field: 'seller.scheme' },
      { row: 3, code: 'AMOUNT_INVALID', field: 'total.amount' },
    ]);
  });
});

describe('an Excel workbook', () => {
  const excel = (rows: Parameters<typeof workbookOf>[0]) => parseDocument(workbookOf(rows), xlsxType);
  const headings = korean.split(',');

  it('is read like a table, its days as days', async () => {
    const { facts, warnings } = await excel([
      headings,
      ['09901', 44201, '10', '11', '40', 'IMP1', 'SEL1', '850440', 1000],
    ]);
    expect(facts).toMatchObject([{ number: '09901', date: '2021-01-05', total: { amount: '1000' } }]);
    expect(warnings).toEqual([]);
  });

  it('warns of an id that it has as a number, and refuses one whose digits are lost', async () => {
    const { facts, warnings, refusals } = await excel([
      headings,
      [97061800, '2021-01-05', '10', '11', '40', 'IMP1', 'SEL1', '850440', 1000.0],
      [3.10120260516789e17, '2021-01-05', '10', '11', '40', 'IMP1', 'SEL1', '850440', 1000],
    ]);
    expect(facts).toMatchObject([{ number: '97061800' }]);
    expect(warnings).toMatchObject([{ row: 2, warning: 'stored-as-number', field: 'Declaration ID' }]);
    expect(refusals).toMatchObject([{ row: 3, code: 'NUMBER_INVALID', field: 'Declaration ID' }]);
  });

  it('is refused when it is none, or unpacks to more than it may', async () => {
    await expect(parseDocument(Buffer.from('PK'), xlsxType)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(parseDocument(zipOf([{ name: 'a.txt', content: 'x' }]), xlsxType)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    const bomb = zipOf([{ name: 'xl/workbook.xml', content: Buffer.alloc(9_000_000, 32) }]);
    await expect(parseDocument(bomb, xlsxType)).rejects.toMatchObject({ code: 'INPUT_TOO_LARGE' });
  });
});
