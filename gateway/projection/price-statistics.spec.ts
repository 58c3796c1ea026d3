import { Projection } from './projection.js';
import { certificateOf } from './testing/certificate.js';
import { applyRecords, claimRecord } from './testing/records.js';

/** What accepted claims of one bank cost, in the tables of that bank. */
describe('statistics of what claims cost', () => {
  let projection: Projection;
  beforeAll(async () => {
    projection = new Projection(':memory:', { mspId: 'BankAMSP', kind: 'bank', government: false });
    const certificate = await certificateOf('anna');
    const priced = (
      name: string,
      rate: string,
      allIn: string,
      more: Parameters<typeof claimRecord>[1] = {},
    ) => claimRecord(name, { state: 'disbursed', price: { rate, allIn }, outlet: 'NB-1', ...more });
    applyRecords(
      projection,
      certificate,
      [priced('A-1', '2.00', '2.10')],
      [priced('A-2', '2.9999', '3.20', { amount: 4_000n, outstanding: 1_000n })],
      // Another band, outlet, product and currency each stand for themselves.
      [priced('A-3', '3.00', '3.00')],
      [priced('A-4', '2.50', '2.50', { outlet: 'NB-2' })],
      [priced('A-5', '2.50', '2.50', { product: 'factoring' })],
      [priced('A-6', '2.50', '2.50', { currency: 'EUR' })],
      [claimRecord('A-7', { state: 'disbursed' })],
      // What nobody has accepted costs nothing.
      [priced('A-8', '9.00', '9.00', { state: 'reserved' })],
    );
    // A later version of a claim is the same claim.
    applyRecords(projection, certificate, [priced('A-1', '2.00', '2.10', { seq: 2, outstanding: 500n })]);
  });
  afterAll(() => {
    projection.close();
  });
  const rows = (filter: object = {}) => projection.priceStatistics({ limit: 100, ...filter }).items;

  it('add claims of one product, band, outlet and currency, and average their rates', () => {
    const [row, ...others] = rows({ product: 'discount', outlet: 'NB-1', currency: 'USD' });
    expect(row).toMatchObject({
      ...{ owner: 'BankAMSP', product: 'discount', rateBand: '2-3', outlet: 'NB-1', claims: 2 },
      amount: { amount: '100.00', currency: 'USD' },
      outstanding: { amount: '15.00', currency: 'USD' },
    });
    // (2.00 + 2.9999) / 2, and (2.10 + 3.20) / 2.
    expect([Number(row?.averageRate), Number(row?.averageAllIn)]).toEqual([2.4999, 2.65]);
    expect(others.map(({ rateBand, claims }) => [rateBand, claims])).toEqual([['3-4', 1]]);
  });

  it('keep products, bands, outlets and currencies apart, also claims without a price', () => {
    const shown = rows().map(({ product, rateBand, outlet, amount }) =>
      [product, rateBand, outlet ?? '-', amount.currency].join(' '),
    );
    expect(shown.toSorted()).toEqual([
      'discount 2-3 NB-1 EUR',
      'discount 2-3 NB-1 USD',
      'discount 2-3 NB-2 USD',
      'discount 3-4 NB-1 USD',
      'discount not-stated - USD',
      'factoring 2-3 NB-1 USD',
    ]);
    const [unpriced] = rows({ outlet: '' });
    expect(unpriced).not.toHaveProperty('averageRate');
    expect(rows({ bank: 'BankBMSP' })).toEqual([]);
    expect(rows({ from: '2026-12' })).toEqual([]);
  });

  it('come page after page, each row once', () => {
    const first = projection.priceStatistics({ limit: 4 });
    const rest = projection.priceStatistics({ limit: 4, cursor: first.next });
    expect([...first.items, ...rest.items]).toEqual(rows());
  });
});
