import { readFileSync } from 'node:fs';
import { factTypes } from '@pledgeonce/chaincode/api.js';
import { prepareFact } from '@pledgeonce/chaincode/facts/prepare.js';
import { factColumn } from './fact-columns.js';
import { parseDocument } from './parse-document.js';

const page = readFileSync(new URL('../../../docs/how-to/import-documents.md', import.meta.url)).toString();
const rows = page
  .split('\n')
  .filter((line) => /^\| `[a-z-]+` +\|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 5);
const headingsIn = (text: string) => [...text.matchAll(/`([\w.]+)`/g)].map(([, heading = '']) => heading);

const always = ['type', 'number', 'date', 'seller.scheme', 'seller.id'];
/** What the page says by words instead of by headings. */
const byWords: Readonly<Record<string, readonly string[]>> = {
  'tax-filing': ['total.amount', 'total.currency', 'buyer.scheme', 'buyer.id', 'filing.subject'],
  'capital-account-document': [
    'total.amount',
    'total.currency',
    'buyer.scheme',
    'buyer.id',
    'filing.subject',
  ],
  'warehouse-receipt': ['transport.from'],
};
const values: Readonly<Record<string, string>> = {
  date: '2026-03-02',
  'policy.from': '2026-01-01',
  'policy.to': '2026-12-31',
  'policy.insuredShare': '80',
  'limit.validUntil': '2026-12-31',
  'shipment.premiumPaid': 'true',
  'total.amount': '"1.234,50"',
  'total.currency': 'EUR',
  'quantity.amount': '12.5',
  'quantity.unit': 'TNE',
  'seller.scheme': 'VAT',
  'seller.id': 'DE987654321',
  'buyer.scheme': 'VAT',
  'buyer.id': 'FR12345678901',
};

describe('the page on imports', () => {
  it('has a line for every type of document, with headings that facts have', () => {
    expect(rows.map(([, type = '']) => type.replaceAll('`', ''))).toEqual(
      [...factTypes].toSorted(inOrderOf(rows)),
    );
    for (const [, , needs = '', may = ''] of rows) {
      for (const heading of headingsIn(needs + may).filter(
        (one) => one !== 'transport' && one !== 'filing',
      )) {
        expect([heading, factColumn(heading)]).toEqual([heading, expect.anything()]);
      }
    }
  });

  it.each([...factTypes])('names all that a table of the type %s needs', async (type) => {
    const [, , needs = ''] = rows.find(([, name]) => name === `\`${type}\``) ?? [];
    const named = headingsIn(needs).filter((one) => one !== 'transport' && one !== 'filing');
    const columns = [...new Set([...always, ...named, ...(byWords[type] ?? [])])];
    const cells = columns.map((column) => (column === 'type' ? type : (values[column] ?? 'N1234')));
    const { facts, refusals } = await parseDocument(
      Buffer.from(`${columns.join(',')}\n${cells.join(',')}`),
      'text/csv',
    );
    expect(refusals).toEqual([]);
    const [fact] = facts;
    if (fact === undefined) throw new Error('The table gave no fact.');
    expect(prepareFact(fact, Date.parse('2026-07-01T00:00:00Z')).content.type).toBe(type);
  });
});

function inOrderOf(lines: readonly (readonly string[])[]): (a: string, b: string) => number {
  const order = lines.map(([, type = '']) => type.replaceAll('`', ''));
  return (a, b) => order.indexOf(a) - order.indexOf(b);
}
