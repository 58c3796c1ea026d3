import { factViewSchema } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import { wholeDocument } from './description/whole-document.js';
import { listTable } from './list-table.js';

interface Operation {
  readonly parameters?: readonly { readonly name?: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
}

const item = z.strictObject({
  id: z.string(),
  seller: z.strictObject({ scheme: z.string(), id: z.string() }),
  total: z.strictObject({ amount: z.string(), currency: z.string() }).optional(),
  live: z.boolean(),
  count: z.number().default(0),
  cites: z.array(z.string()),
});

describe('the table of a list', () => {
  it('has a column for each field by its path, whatever an item leaves out; what is several is one cell', () => {
    const table = listTable('things', item);
    expect(table.columns).toEqual([
      ...['id', 'seller.scheme', 'seller.id', 'total.amount', 'total.currency', 'live', 'count', 'cites'],
    ]);
    const items = [
      {
        id: 'a',
        seller: { scheme: 'USCC', id: '1' },
        total: { amount: '2.50', currency: 'USD' },
        live: true,
        count: 3,
        cites: ['x', 'y'],
      },
      { id: 'b', seller: { scheme: 'VAT', id: '2' }, live: false, count: 0, cites: [] },
    ];
    expect(table.rows({ items })).toEqual([
      ['a', 'USCC', '1', '2.50', 'USD', 'true', 3, '["x","y"]'],
      ['b', 'VAT', '2', undefined, undefined, 'false', 0, '[]'],
    ]);
  });

  it('of documents has what a clerk looks for', () => {
    const { columns } = listTable('documents', factViewSchema);
    expect(columns).toEqual(
      expect.arrayContaining(['id', 'type', 'number', 'seller.id', 'total.amount', 'status']),
    );
    expect(new Set(columns).size).toBe(columns.length);
  });

  it('is there for every list of records that comes in pages, but where an item is no row', () => {
    const paths = Object.entries(
      wholeDocument().paths as Readonly<Record<string, { readonly get?: Operation }>>,
    );
    const paged = paths.filter(([, { get }]) => {
      const names = (get?.parameters ?? []).map(({ name }) => name);
      return names.includes('cursor') && names.includes('limit');
    });
    const without = paged.filter(
      ([, { get }]) => !Object.hasOwn(get?.responses['200']?.content ?? {}, 'text/csv'),
    );
    expect(paged.length - without.length).toBeGreaterThan(25);
    // What happens and what waits is of many kinds, a finding is a pair of documents, a check has two shapes; and what is left
    // of many own documents is asked of the ledger, twenty at a time.
    expect(without.map(([path]) => path).toSorted()).toEqual([
      '/alerts',
      '/audit/late-duplicates',
      '/audit/scans/{id}/findings',
      '/inbox',
      '/offshore-checks',
      '/own-documents',
    ]);
  });
});
