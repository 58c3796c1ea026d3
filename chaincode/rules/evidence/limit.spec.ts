import type { FactType } from '../../api.js';
import type { BalanceRow, Credit, Draw, Trade } from '../trade.js';
import { limitOf, overdrafts, priceLimitOf } from './limit.js';
import { wholeTrade } from '../../testing/sketched-trade.js';

const noRates = new Map();
const row = (fact: string, type: FactType, ceiling: bigint, more: Partial<BalanceRow> = {}): BalanceRow => ({
  fact,
  type,
  link: fact,
  names: [fact],
  cites: [],
  currency: 'USD',
  ceiling,
  consumed: 0n,
  cancelled: false,
  ...more,
});
const draw = (fact: string, amount: bigint, more: Partial<Draw> = {}): Draw => ({
  drawnBy: `claim-${fact}`,
  owner: 'BankAMSP',
  fact,
  amount,
  ...more,
});
const trade = (rows: BalanceRow[], draws: Draw[] = [], more: Partial<Trade> = {}): Trade => ({
  rows,
  credits: [],
  draws,
  ...more,
});
const limit = (all: Trade, fact: string, rates = noRates, share?: bigint) => {
  const found = all.rows.find((one) => one.fact === fact);
  return found && limitOf(all, found, rates, share);
};
const left = (all: Trade, fact: string, rates = noRates) => limit(all, fact, rates)?.left;

describe('the limit of a document', () => {
  const invoices = [row('I1', 'tax-invoice', 60n), row('I2', 'tax-invoice', 40n)];
  const declared = (states: bigint) => row('D', 'customs-declaration', states, { cites: ['I1', 'I2'] });

  it('names the documents that bind it', () => {
    expect(limit(trade([declared(200n), ...invoices]), 'D')).toEqual({
      left: 100n,
      limitedBy: { family: 'invoice', documents: ['I1', 'I2'] },
    });
    expect(limit(trade([declared(80n), ...invoices], [draw('I1', 60n)]), 'I2')).toEqual({
      left: 20n,
      limitedBy: { family: 'declaration', documents: ['D'] },
    });
    expect(limit(trade([declared(80n), ...invoices]), 'I2')?.limitedBy.documents).toEqual(['I2']);
  });

  it('is lowered by credit notes, recorded before or after, and never below nothing', () => {
    const credit: Credit = { fact: 'N', link: 'I1', currency: 'USD', amount: 25n, cancelled: false };
    const withCredit = (one: Credit) => trade([declared(200n), ...invoices], [], { credits: [one] });
    expect(left(withCredit(credit), 'I1')).toBe(35n);
    expect(left(withCredit(credit), 'D')).toBe(75n);
    expect(left(withCredit({ ...credit, cancelled: true }), 'I1')).toBe(60n);
    expect(left(withCredit({ ...credit, currency: 'EUR' }), 'I1')).toBe(0n);
    expect(left(withCredit({ ...credit, amount: 99n }), 'I1')).toBe(0n);
  });

  it('of a cancelled document is nothing, and it carries nothing for others', () => {
    const [first, second] = invoices.map((one) => ({ ...one, cancelled: true }));
    const cancelled = trade([declared(200n), ...(first && second ? [first, second] : [])], [draw('D', 10n)]);
    expect(left(cancelled, 'D')).toBe(0n);
    expect(overdrafts(cancelled, noRates)).toMatchObject([
      { family: 'invoice', drawn: ['D'], documents: ['I1', 'I2'] },
    ]);
  });

  it('is one for a commercial and a tax invoice of one sale, at what the authority states', () => {
    const own = row('O', 'commercial-invoice', 80n, { link: 'I1', names: ['I1'], self: true });
    const all = trade([own, ...invoices], [draw('I1', 45n, { through: 'O' })]);
    expect([left(all, 'O'), left(all, 'I1')]).toEqual([15n, 15n]);
    expect(left(trade([{ ...own, ceiling: 30n }, ...invoices]), 'O')).toBe(30n);
  });

  it('of a correction is the one limit of both, whichever was recorded first', () => {
    const original = row('I1', 'tax-invoice', 500n);
    const correction = row('C', 'tax-invoice', 300n, { replaces: 'I1' });
    for (const rows of [
      [original, correction],
      [correction, original],
    ]) {
      expect(left(trade(rows), 'C')).toBe(300n);
      expect(left(trade(rows, [draw('I1', 250n)]), 'C')).toBe(50n);
      expect(overdrafts(trade(rows, [draw('I1', 350n)]), noRates)).toHaveLength(1);
    }
  });

  it('is not bent by an own paper that says it replaces what an authority recorded', () => {
    const own = row('O', 'commercial-invoice', 9_999n, { replaces: 'I1', self: true });
    expect(left(trade([...invoices, own], [draw('I1', 60n)]), 'I1')).toBe(0n);
    expect(overdrafts(trade([...invoices, own], [draw('I1', 70n)]), noRates)).toHaveLength(1);
  });

  it('needs a rate across currencies, and is rounded down', () => {
    const yen = trade([
      row('D', 'customs-declaration', 100n, { cites: ['I1'] }),
      row('I1', 'tax-invoice', 1000n, { currency: 'JPY' }),
    ]);
    expect(left(yen, 'I1')).toBeUndefined();
    const rate = { currency: 'JPY', base: 'USD', rate: '0.0066', date: '2026-01-01' };
    // USD 1.00 is worth 151.51 yen.
    expect(left(yen, 'I1', new Map([['JPY', rate]]))).toBe(151n);
  });

  it('and an overdraft are not hidden by an own paper in a currency without a rate', () => {
    const own = row('O', 'commercial-invoice', 1n, { currency: 'XPF', self: true, cites: ['D'] });
    const overdrawn = trade([declared(200n), ...invoices, own], [draw('D', 120n)]);
    expect(overdrafts(overdrawn, noRates).map(({ family }) => family)).toEqual(['invoice']);
    expect(left(trade([declared(200n), ...invoices, own]), 'D')).toBe(100n);
    const unrelated = trade([
      declared(200n),
      ...invoices,
      row('other', 'tax-invoice', 5n, { currency: 'JPY' }),
    ]);
    expect(left(unrelated, 'D')).toBe(100n);
  });

  it('allows a share of what the documents state', () => {
    const all = trade([declared(200n), ...invoices], [draw('I1', 40n)]);
    expect(limit(all, 'D', noRates, 90n)?.left).toBe(50n);
    expect(limit(all, 'I1', noRates, 90n)?.left).toBe(14n);
  });
});

describe('freight and goods', () => {
  it('of a house bill are carried by its master, those of two bills for the same boxes once', () => {
    const bills = [
      row('master', 'bill-of-lading', 100n),
      row('other', 'bill-of-lading', 90n),
      row('house', 'bill-of-lading', 70n, { restates: true, cites: ['master'] }),
      row('house two', 'bill-of-lading', 70n, { restates: true, cites: ['master'] }),
    ];
    expect(left(trade(bills, [draw('house', 70n)]), 'house two')).toBe(30n);
    expect(left(trade(bills, [draw('house', 70n)]), 'master')).toBe(30n);
    const twins = trade(bills, [draw('other', 80n)], { twins: [['other', 'master']] });
    expect(left(twins, 'master')).toBe(20n);
    expect(left(twins, 'other')).toBe(10n);
  });

  it('of one lot allow no more than the lot, in whatever unit of mass', () => {
    const lot = row('lot', 'warehouse-receipt', 100_000_000n, { currency: 'TNE' });
    const receipts = ['a', 'b'].map((fact) =>
      row(fact, 'warehouse-receipt', 100_000_000_000n, { currency: 'KGM', restates: true, cites: ['lot'] }),
    );
    const pledged = trade([lot, ...receipts], [draw('a', 99_999_999_000n)]);
    expect(left(pledged, 'b')).toBe(1_000n);
    expect(left(pledged, 'lot')).toBe(1n);
    const released = { ...pledged, rows: [{ ...lot, ceiling: 90_000_000n }, ...receipts] };
    expect(overdrafts(released, noRates)).toMatchObject([
      { family: 'warehouse-receipt', drawn: ['a'], documents: ['lot'] },
    ]);
  });

  it('in two units are comparable once the warehouse states what they weigh', () => {
    const lot = row('lot', 'warehouse-receipt', 100_000n, { currency: 'TNE' });
    const bags = row('bags', 'warehouse-receipt', 4_000_000n, {
      currency: 'BG',
      restates: true,
      cites: ['lot'],
    });
    expect(left(trade([lot, bags]), 'bags')).toBeUndefined();
    expect(left(trade([lot, bags]), 'lot')).toBeUndefined();
    const weighed = { ...bags, mass: { unit: 'KGM', amount: 100_000_000n } };
    expect(left(trade([lot, weighed], [draw('lot', 75_000n)]), 'bags')).toBe(1_000_000n);
    expect(left(trade([lot, weighed], [draw('bags', 4_000_000n)]), 'lot')).toBe(0n);
  });

  it('and what they are sold for are not both lent on in full', () => {
    const receipt = row('R', 'warehouse-receipt', 100n, { currency: 'TNE', cites: ['D'] });
    const sold = row('D', 'customs-declaration', 400n, { cites: ['R'] });
    const pledged = draw('R', 100n, { priced: { currency: 'USD', amount: 300n } });
    const price = (all: Trade) => priceLimitOf(all, receipt, 'USD', noRates);
    expect(price(trade([receipt, sold]))).toMatchObject({ left: 400n });
    expect(left(trade([receipt, sold], [pledged]), 'D')).toBe(100n);
    expect(price(trade([receipt, sold], [draw('D', 350n)]))).toMatchObject({ left: 50n });
    const gone = { ...receipt, consumedPrice: [{ currency: 'USD', amount: 300n }] };
    expect(left(trade([gone, sold]), 'D')).toBe(100n);
    expect(price(trade([receipt]))).toBe('unlimited');
  });
});

describe('a trade of 500 documents and 500 draws', () => {
  it.each(['cited', 'bill'] as const)('has as many steps as it has citations (%s)', (shape) => {
    const whole = wholeTrade(shape, 250);
    const [first] = whole.rows;
    // The bound in time is the benchmark's business; here it is that the answer comes, and is right.
    expect(first && limitOf(whole, first, noRates)?.left).toBe(90n);
  });
});
