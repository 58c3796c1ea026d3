import fc from 'fast-check';
import { dueToHold, linesAfter } from './repayments.js';
import { type SharedLine, splitLines } from './shares.js';
import { type Entry, standingAfter, type StandingLine } from './standing.js';

type Line = SharedLine & StandingLine;

/** A whole claim: a part of it is drawn in other currencies, so that cents and units do not go evenly. */
interface Loan {
  readonly amount: bigint;
  readonly outstanding: bigint;
  readonly lines: readonly Line[];
}

const minor = fc.bigInt(1n, 10n ** 5n);
const line = (role: Line['role']) =>
  fc.record({ amount: minor, drawn: minor }).map(({ amount, drawn }) => ({
    ...{ role, amount, outstanding: amount, revolving: false },
    ...(role === 'collateral' ? { drawn: amount, held: amount } : { drawn, held: drawn }),
  }));
const loans = fc
  .record({
    receivables: fc.array(line('receivable'), { minLength: 1, maxLength: 4 }),
    goods: fc.array(line('collateral'), { maxLength: 2 }),
  })
  .map(({ receivables, goods }): Loan => {
    const amount = receivables.reduce((sum, one) => sum + one.amount, 0n);
    const lines = [...receivables, ...goods].map((one, place) => ({ ...one, fact: `fact ${place}` }));
    return { amount, outstanding: amount, lines };
  });

/** Repayments by thousandths of the loan, to a document or to all, and which of them are taken back later. */
const payments = fc.array(
  fc.record({
    part: fc.bigInt(1n, 700n),
    to: fc.option(fc.nat(3), { nil: undefined }),
    own: fc.boolean(),
    wrong: fc.boolean(),
  }),
  { maxLength: 5 },
);
type Payments = readonly {
  readonly part: bigint;
  readonly to: number | undefined;
  readonly own: boolean;
  readonly wrong: boolean;
}[];

function entriesOf({ amount, lines }: Loan, paid: Payments): (Entry & { readonly wrong: boolean })[] {
  const receivables = lines.filter(({ role }) => role === 'receivable').length;
  return paid.map(({ part, to, own, wrong }) => ({
    amount: (amount * part) / 1000n + 1n,
    ...(to !== undefined && { to: [to % receivables] }),
    effect: own ? 'own-funds' : 'proceeds',
    wrong,
  }));
}

const sumOf = (lines: readonly Line[], of: 'amount' | 'outstanding' | 'held') =>
  lines.filter(({ role }) => role === 'receivable').reduce((sum, one) => sum + one[of], 0n);

/** What both hold when all has come back, so that nothing stays behind. */
const settled = (loan: Loan) => linesAfter(loan, loan.outstanding).map(({ held }) => held);

describe('a share of a claim', () => {
  it('splits every line, to the last cent and the last unit of goods', () => {
    fc.assert(
      fc.property(loans, payments, fc.array(fc.bigInt(1n, 999n), { maxLength: 6 }), (loan, paid, shares) => {
        const entries = entriesOf(loan, paid);
        const repaid = standingAfter(loan, entries);
        let seller: Loan = { amount: loan.amount, outstanding: repaid.outstanding, lines: repaid.lines };
        const whole = seller;
        const takers: Loan[] = [];
        for (const thousandths of shares) {
          const share = (seller.outstanding * thousandths) / 1000n;
          const split = splitLines(seller, share);
          if (split === undefined) continue;
          const sold = split.flatMap((one) => one.sold ?? []);
          expect(sumOf(sold, 'amount')).toBe(share);
          expect(sumOf(sold, 'outstanding')).toBe(share);
          takers.push({ amount: share, outstanding: share, lines: sold });
          seller = {
            amount: seller.amount - share,
            outstanding: seller.outstanding - share,
            lines: split.map(({ kept }) => kept),
          };
          expect(sumOf(seller.lines, 'outstanding')).toBe(seller.outstanding);
        }
        for (const { fact, held, outstanding } of whole.lines) {
          const parts = [seller, ...takers].flatMap(({ lines }) => lines.filter((one) => one.fact === fact));
          expect(parts.reduce((sum, one) => sum + one.held, 0n)).toBe(held);
          expect(parts.reduce((sum, one) => sum + one.outstanding, 0n)).toBe(outstanding);
          expect(parts.every((one) => one.held >= 0n && one.outstanding >= 0n)).toBe(true);
        }
        for (const one of [seller, ...takers]) {
          expect(one.lines.every((each) => each.amount === 0n || dueToHold(each) >= each.held)).toBe(true);
          expect(settled(one).every((held) => held === 0n)).toBe(true);
        }
      }),
    );
  });

  it('leaves the repayments of the bank that sells where they were, also when one of them is taken back', () => {
    fc.assert(
      fc.property(loans, payments, fc.bigInt(1n, 999n), (loan, paid, thousandths) => {
        const entries = entriesOf(loan, paid);
        const before = standingAfter(loan, entries);
        const share = (before.outstanding * thousandths) / 1000n;
        const split = splitLines({ outstanding: before.outstanding, lines: before.lines }, share);
        if (split === undefined) return;
        const kept = { amount: loan.amount - share, lines: split.map((one) => one.kept) };
        const again = standingAfter(kept, entries);
        expect(again.outstanding).toBe(before.outstanding - share);
        expect(again.lines.map(({ outstanding }) => outstanding)).toEqual(
          kept.lines.map(({ outstanding }) => outstanding),
        );
        expect(again.surpluses.map(({ surplus }) => surplus)).toEqual(
          before.surpluses.map(({ surplus }) => surplus),
        );
        const right = entries.filter(({ wrong }) => !wrong);
        const corrected = standingAfter(kept, right);
        expect(sumOf(corrected.lines, 'outstanding')).toBe(corrected.outstanding);
        expect(corrected.outstanding >= again.outstanding).toBe(true);
      }),
    );
  });

  it.each([
    ['nothing', 0n],
    ['the whole', 11n],
    ['more than there is', 12n],
    ['all but less than a cent of each document', 10n],
  ])('cannot be %s', (_name, share) => {
    const of = (fact: string, amount: bigint): Line => ({
      ...{ fact, amount, outstanding: amount, drawn: amount, held: amount },
      ...{ role: 'receivable', revolving: false },
    });
    expect(splitLines({ outstanding: 11n, lines: [of('one', 1n), of('other', 10n)] }, share)).toBeUndefined();
  });

  it('splits goods that secure a loan alone, and what they use of the price beside them', () => {
    const goods: Line = {
      ...{ fact: 'lot', role: 'collateral', revolving: false },
      ...{ amount: 10n, outstanding: 10n, drawn: 10n, held: 10n },
    };
    const [split] = splitLines({ outstanding: 3n, lines: [goods] }, 1n, 100n) ?? [];
    expect([split?.kept.held, split?.sold?.held]).toEqual([7n, 3n]);
    expect([split?.kept.priced, split?.sold?.priced]).toEqual([67n, 33n]);
    expect(splitLines({ outstanding: 1000n, lines: [goods] }, 1n, 100n)).toBeUndefined();
  });
});
