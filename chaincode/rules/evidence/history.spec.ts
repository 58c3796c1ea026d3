import fc from 'fast-check';
import { randomTrade, sketched } from '../../testing/sketched-trade.js';
import type { BalanceRow, Draw, Trade } from '../trade.js';
import type { Rate } from '../rates.js';
import { type LimitChange, limitChanges, type TradeVersion } from './history.js';
import { limitOf } from './limit.js';

const row = (fact: string, more: Partial<BalanceRow> = {}): BalanceRow => ({
  fact,
  type: 'customs-declaration',
  link: fact,
  names: [fact],
  cites: [],
  currency: 'USD',
  ceiling: 100n,
  consumed: 0n,
  cancelled: false,
  ...more,
});
const invoice = (fact: string, more: Partial<BalanceRow> = {}) => row(fact, { type: 'tax-invoice', ...more });
const draw = (claim: string, amount: bigint, more: Partial<Draw> = {}): Draw => ({
  drawnBy: claim,
  owner: 'BankAMSP',
  fact: 'D',
  amount,
  ...more,
});

type Step = Partial<Trade> & { readonly rates?: readonly Rate[]; readonly overdrawn?: readonly string[] };

/** The versions of a trade, each told by what is different from the one before. */
function versions(...steps: readonly Step[]): TradeVersion[] {
  let trade: TradeVersion['trade'] = { rows: [], credits: [], draws: [], overdrawn: [] };
  let rates: TradeVersion['rates'] = new Map();
  return steps.map(({ rates: published, ...step }, index) => {
    trade = { ...trade, ...step };
    if (published !== undefined) rates = new Map(published.map((one) => [one.currency, one]));
    return { at: `2026-11-0${index + 1}T00:00:00.000Z`, transactionId: `tx-${index}`, trade, rates };
  });
}

const told = (changes: readonly LimitChange[]) =>
  changes.map(({ transactionId, causes, limit }) => [
    transactionId,
    causes.map(({ cause }) => cause).join(' '),
    limit?.left,
  ]);

describe('the history of a limit', () => {
  const declared = row('D', { cites: ['I'] });

  it('names the draw, the repayment, the amendment and the cancellation, each with its claim or document', () => {
    const changes = limitChanges(
      'D',
      versions(
        { rows: [declared] },
        { draws: [draw('one', 30n)] },
        { draws: [draw('one', 30n), draw('two', 20n)] },
        { draws: [draw('two', 20n)] },
        { draws: [], rows: [{ ...declared, consumed: 20n }] },
        { rows: [{ ...declared, consumed: 20n, ceiling: 90n }] },
        { rows: [{ ...declared, consumed: 20n, ceiling: 90n, cancelled: true }] },
      ),
    );
    expect(told(changes)).toEqual([
      ['tx-0', 'recorded', 100n],
      ['tx-1', 'drawn', 70n],
      ['tx-2', 'drawn', 50n],
      ['tx-3', 'released', 80n],
      // Repaid from the proceeds: consumed for good, and nothing is given back. The limit did not move.
      ['tx-5', 'amended', 70n],
      ['tx-6', 'cancelled', 0n],
    ]);
    expect(changes[2]?.causes).toEqual([
      { cause: 'drawn', facts: ['D'], claims: ['two'], payments: [], currencies: [] },
    ]);
  });

  it('names the document that joined, left, was credited or linked anew, and whose rate it was', () => {
    const yen = invoice('J', { currency: 'JPY', ceiling: 100n, names: ['J'] });
    const rate = (text: string): Rate => ({ currency: 'JPY', base: 'USD', rate: text, date: '2026-11-01' });
    const note = { fact: 'N', link: 'I', currency: 'USD', amount: 15n, cancelled: false };
    const changes = limitChanges(
      'D',
      versions(
        { rows: [declared] },
        { rows: [declared, invoice('I', { ceiling: 60n })] },
        { credits: [note] },
        { credits: [{ ...note, cancelled: true }] },
        { rows: [declared] },
        { rows: [{ ...declared, cites: ['J'] }, yen] },
        { rates: [rate('0.0066')] },
        { rates: [rate('0.0050')] },
        { rates: [rate('0.0050'), { ...rate('7'), currency: 'EUR' }] },
      ),
    );
    expect(told(changes)).toEqual([
      ['tx-0', 'recorded', 100n],
      ['tx-1', 'joined', 60n],
      ['tx-2', 'credit-note', 45n],
      ['tx-3', 'credit-note', 60n],
      ['tx-4', 'left', 100n],
      ['tx-5', 'linked joined', undefined],
      ['tx-6', 'rate', 66n],
      ['tx-7', 'rate', 50n],
    ]);
    expect(changes[1]).toMatchObject({
      causes: [{ cause: 'joined', facts: ['I'] }],
      limit: { limitedBy: { family: 'invoice', documents: ['I'] } },
    });
    expect(changes[6]?.causes[0]?.currencies).toEqual(['JPY']);
  });

  it('tells a transfer from a release and a new draw, and an overdraft that begins', () => {
    const lent = { rows: [declared], draws: [draw('old', 40n), draw('other', 10n)] };
    const changes = limitChanges(
      'D',
      versions(lent, {
        draws: [draw('other', 10n), draw('new', 40n, { owner: 'BankBMSP' })],
        overdrawn: ['D'],
      }),
    );
    expect(changes[1]).toMatchObject({
      overdrawn: true,
      causes: [{ cause: 'transferred', claims: ['old', 'new'] }],
    });
  });

  it('passes over what changed nothing, and goes on from an earlier version', () => {
    const all = versions(
      { rows: [declared] },
      { draws: [draw('one', 30n, { until: 5 })] },
      { draws: [draw('one', 30n)] },
      { draws: [] },
    );
    expect(told(limitChanges('D', all))).toEqual([
      ['tx-0', 'recorded', 100n],
      ['tx-1', 'drawn', 70n],
      ['tx-3', 'released', 100n],
    ]);
    expect(told(limitChanges('D', all.slice(3), all[2]))).toEqual([['tx-3', 'released', 100n]]);
    expect(limitChanges('X', all)).toEqual([]);
  });

  it('ends with the limit of today, and every entry has a cause, whatever was recorded in whatever order', () => {
    fc.assert(
      fc.property(randomTrade(), (sketch) => {
        const whole = sketched(sketch);
        const steps = [...whole.rows.keys()].map((index) => ({ rows: whole.rows.slice(0, index + 1) }));
        const drawn = [...whole.draws.keys()].map((index) => ({ draws: whole.draws.slice(0, index + 1) }));
        const all = versions(...steps, ...drawn);
        for (const one of whole.rows) {
          const changes = limitChanges(one.fact, all);
          expect(changes.at(-1)?.limit).toEqual(limitOf(whole, one, new Map()));
          expect(changes.every(({ causes }) => causes.length > 0)).toBe(true);
        }
      }),
    );
  });
});
