import type { BalanceRow, Trade } from './balances.js';
import { overdrawnFacts, remaining } from './balances.js';
import { doublyMarked, isMarked } from './marks.js';

const row = (fact: string, more: Partial<BalanceRow> = {}): BalanceRow => ({
  fact,
  type: 'bill-of-lading',
  link: fact,
  names: [fact],
  cites: [],
  currency: 'USD',
  ceiling: 100n,
  consumed: 0n,
  cancelled: false,
  ...more,
});
const mark = (fact: string) => ({
  drawnBy: 'p',
  kind: 'mark' as const,
  owner: 'BankAMSP',
  fact,
  amount: 5_000n,
});
const rows = {
  master: row('master'),
  twin: row('twin'),
  other: row('other'),
  house: row('house', { restates: true }),
  sibling: row('sibling', { restates: true }),
  train: row('train', { type: 'rail-waybill', currency: '' }),
  invoice: row('invoice', { type: 'tax-invoice' }),
};
const trade = (marked: string): Trade => ({
  rows: Object.values(rows),
  credits: [],
  draws: [mark(marked)],
  twins: [['twin', 'master']],
});
const blocked = (marked: string) =>
  Object.values(rows)
    .filter((one) => isMarked(trade(marked), one))
    .map(({ fact }) => fact);

describe('a mark', () => {
  it('blocks whatever speaks of the same goods, and no other part of the trade', () => {
    expect(blocked('master')).toEqual(['master', 'twin', 'house', 'sibling', 'train', 'invoice']);
    expect(blocked('house')).toEqual(['master', 'twin', 'other', 'house', 'train', 'invoice']);
    expect(blocked('train')).toEqual(['master', 'twin', 'other', 'house', 'sibling', 'train', 'invoice']);
  });

  it('of the payment itself does not block it', () => {
    expect(Object.values(rows).filter((one) => isMarked(trade('master'), one, mark('master')))).toEqual([]);
  });

  it('of another instalment on the same invoice at the same bank does not block it, and any other does', () => {
    const against = 'invoice INV-1';
    const paid = { ...trade('master'), draws: [{ ...mark('master'), against }] };
    const next = { drawnBy: 'q', owner: 'BankAMSP', against };
    const blocks = (own: typeof next) => isMarked(paid, rows.master, own);
    expect(blocks(next)).toBe(false);
    expect(blocks({ ...next, owner: 'BankBMSP' })).toBe(true);
    expect(blocks({ ...next, against: 'invoice INV-2' })).toBe(true);
    const both = [...paid.draws, { ...mark('train'), ...next }];
    expect(doublyMarked({ ...paid, draws: both })).toEqual([]);
    const other = [...paid.draws, { ...mark('train'), ...next, owner: 'BankBMSP' }];
    expect(doublyMarked({ ...paid, draws: other })).toEqual(['master', 'train']);
  });

  it('is one too many when its goods back another payment, not when it is of another part', () => {
    const both = (one: string, other: string, payment = 'q') =>
      doublyMarked({ ...trade(one), draws: [mark(one), { ...mark(other), drawnBy: payment }] });
    expect(both('master', 'train')).toEqual(['master', 'train']);
    expect(both('twin', 'master')).toEqual(['twin', 'master']);
    expect(both('house', 'sibling')).toEqual([]);
    expect(both('master', 'other')).toEqual([]);
    expect(both('master', 'train', 'p')).toEqual([]);
  });

  it('uses nothing of the balance, and is overdrawn once its document is cancelled', () => {
    const marked = trade('master');
    expect(remaining(marked, rows.master, new Map())).toBe(100n);
    expect(overdrawnFacts(marked, new Map())).toEqual([]);
    const cancelled = { ...marked, rows: [{ ...rows.master, cancelled: true }, rows.invoice] };
    expect(overdrawnFacts(cancelled, new Map())).toEqual(['master']);
  });
});
