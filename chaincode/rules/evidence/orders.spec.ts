import type { FactType } from '../../api.js';
import type { BalanceRow, Trade } from '../trade.js';
import { limitOf, overdrafts } from './limit.js';
import { isOfOrder } from './of-order.js';

const noRates = new Map();
const text = (family: string, number: string) => `${family}\nUSCC:1\n${number}`;
const families = { I: 'invoice', D: 'declaration', P: 'purchase-order' } as const;
const types = {
  I: 'tax-invoice',
  D: 'customs-declaration',
  P: 'purchase-order',
} as const satisfies Record<string, FactType>;
type Kind = keyof typeof families;
const kindOf = (id: string) => id[0] as Kind;
const link = (id: string) => text(families[kindOf(id)], id);

/** A document by its id, which begins with its kind; an order is confirmed for all that it states. */
const row = (
  id: string,
  ceiling: bigint,
  cites: string[] = [],
  more: Partial<BalanceRow> = {},
): BalanceRow => ({
  fact: id,
  type: types[kindOf(id)],
  link: link(id),
  names: [link(id)],
  cites: cites.map(link),
  currency: 'USD',
  ceiling,
  consumed: 0n,
  cancelled: false,
  ...(kindOf(id) === 'P' && { self: true as const, confirmed: ceiling }),
  ...more,
});
const trade = (rows: BalanceRow[], drawn: Record<string, bigint> = {}): Trade => ({
  rows,
  credits: [],
  draws: Object.entries(drawn).map(([fact, amount]) => ({
    drawnBy: `on-${fact}`,
    owner: 'BankAMSP',
    fact,
    amount,
  })),
});
const limit = (all: Trade, fact: string) => {
  const found = all.rows.find((one) => one.fact === fact);
  return found && limitOf(all, found, noRates);
};
const left = (all: Trade, fact: string) => limit(all, fact)?.left;

describe('an order', () => {
  const invoices = [row('I1', 60n, ['P']), row('I2', 40n, ['P'])];

  it('carries what is drawn on it and on what is invoiced of it, and the invoices carry nothing of the order', () => {
    const all = trade([row('P', 100n), ...invoices], { P: 50n });
    expect(left(all, 'P')).toBe(50n);
    expect(limit(all, 'I1')).toEqual({ left: 50n, limitedBy: { family: 'invoice', documents: ['P'] } });
    expect(left(all, 'I2')).toBe(40n);
    expect(left(trade([row('P', 100n), invoices[0] ?? row('I1', 60n)], { P: 100n }), 'I1')).toBe(0n);
    expect(left(trade([row('P', 100n), ...invoices], { I1: 60n }), 'P')).toBe(40n);
    expect(overdrafts(trade([row('P', 100n), ...invoices], { P: 100n }), noRates)).toEqual([]);
  });

  it('limits and never raises', () => {
    expect(left(trade([row('P', 500n), ...invoices]), 'I1')).toBe(60n);
    expect(left(trade([row('P', 30n), ...invoices]), 'I1')).toBe(30n);
    const late = trade([row('P', 30n), ...invoices], { I1: 60n });
    expect(overdrafts(late, noRates)).toMatchObject([{ family: 'invoice', documents: ['P'] }]);
  });

  it('limits what is declared by way of the invoices, in any split', () => {
    const declared = row('D', 100n, ['I1', 'I3']);
    // Only 60 of the declaration was ordered with P; the rest is no business of the order.
    const all = (drawn: Record<string, bigint>) =>
      trade([row('P', 100n), row('I1', 60n, ['P']), row('I3', 40n), declared], drawn);
    expect(left(all({ P: 100n }), 'D')).toBe(40n);
    expect(left(all({ P: 70n }), 'D')).toBe(70n);
    expect(left(all({ D: 100n }), 'P')).toBe(40n);
    expect(left(all({ D: 40n }), 'P')).toBe(100n);
  });

  it('is nothing before its buyer has confirmed it, nor once it was taken back unused', () => {
    const silent = row('P', 30n, [], { confirmed: undefined });
    expect(left(trade([silent, ...invoices]), 'I1')).toBe(60n);
    expect(left(trade([silent, ...invoices]), 'P')).toBe(0n);
    expect(left(trade([row('P', 30n, [], { cancelled: true }), ...invoices]), 'I1')).toBe(60n);
    const used = row('P', 30n, [], { cancelled: true, consumed: 30n });
    expect(left(trade([used, ...invoices]), 'I1')).toBe(0n);
    expect(left(trade([row('P', 90n, [], { confirmed: 20n })]), 'P')).toBe(20n);
    expect(left(trade([row('P', 20n, [], { confirmed: 90n })]), 'P')).toBe(20n);
  });

  it('is the one that an authority’s paper names, whatever the seller’s own copy or the order itself adds', () => {
    const own = row('I1', 60n, ['P2'], { fact: 'own', type: 'commercial-invoice', self: true });
    const made = row('P2', 500n, ['I1']);
    const all = trade([row('P', 60n), made, row('I1', 60n, ['P']), own], { P: 60n });
    expect(left(all, 'I1')).toBe(0n);
    // Where the authority names none, the seller's own copy may make it stricter.
    const silent = trade([made, row('I1', 60n), own], { P2: 480n });
    expect(left(silent, 'I1')).toBe(20n);
    expect(left(trade([made, row('I1', 60n)], { P2: 500n }), 'I1')).toBe(60n);
  });

  it('is several under one paper: together they carry it', () => {
    const both = row('I1', 100n, ['P', 'P2']);
    const all = (drawn: Record<string, bigint>) => trade([row('P', 60n), row('P2', 60n), both], drawn);
    expect(left(all({}), 'I1')).toBe(100n);
    expect(left(all({ P: 60n }), 'I1')).toBe(60n);
    expect(left(all({ I1: 80n }), 'P')).toBe(40n);
    expect(left(all({ I1: 100n, P: 10n }), 'P2')).toBe(10n);
  });

  it('is that of a document which cites it, or of one beside', () => {
    const all = trade([row('P', 100n), row('I1', 60n, ['P']), row('I3', 40n), row('D', 100n, ['I1'])]);
    expect(['I1', 'D', 'I3', 'P'].map((fact) => isOfOrder(all, fact, 'P'))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
