import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { LedgerError } from '../errors.js';
import type { FactInput } from '../facts/api.js';
import { dateOf } from '../rules/dates.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import {
  claim,
  day,
  declaration,
  exporter,
  freshKey,
  openLedger,
  people,
  record,
  remainingOf,
  reserve,
  usd,
} from '../testing/story.js';

const banks = { A: [people.bankA, people.approverA], B: [people.bankB, people.approverB] } as const;
const papers = ['310120260516789012', '310120260516789013'] as const;
const money = (amount: number) => usd(`${amount}.00`);

/** What one of the parties tries. Whether the ledger lets it is its business. */
interface Attempt {
  readonly what: 'buy' | 'withdraw' | 'proceeds' | 'own-funds' | 'amend' | 'cancel-paper';
  readonly bank: keyof typeof banks;
  readonly paper: number;
  readonly amount: number;
}
const attempts = fc.array(
  fc.record<Attempt>({
    what: fc.constantFrom(
      ...(['buy', 'buy', 'buy', 'withdraw', 'proceeds', 'own-funds', 'amend', 'cancel-paper'] as const),
    ),
    bank: fc.constantFrom('A', 'B'),
    paper: fc.nat(papers.length - 1),
    amount: fc.constantFrom(10, 20, 30, 60, 100),
  }),
  { minLength: 5, maxLength: 25 },
);

interface Bill {
  readonly id: string;
  readonly bank: keyof typeof banks;
  readonly paper: number;
  live: number;
  paidOut: boolean;
}

/** The credit as the test has seen it come about. */
interface Known {
  readonly ledger: FakeLedger;
  readonly credit: string;
  readonly facts: readonly string[];
  allows: number;
  readonly bills: Bill[];
  usedUp: number;
  readonly paperUsedUp: number[];
  readonly cancelled: Set<number>;
}

function creditOf(ledger: FakeLedger, allows: number): FactInput {
  return {
    ...declaration(),
    type: 'letter-of-credit',
    number: 'LC77',
    total: money(allows),
    letterOfCredit: { issuingBank: 'DEUTDEFF', expiresOn: dateOf(ledger.now + 60 * day) },
  };
}

const ownOf = ({ bills }: Known, { bank, paper }: Attempt) =>
  bills.find((one) => one.bank === bank && one.paper === paper && one.live > 0);

async function repaid(known: Known, attempt: Attempt, source: 'proceeds' | 'own-funds'): Promise<boolean> {
  const own = ownOf(known, attempt);
  if (own === undefined) return false;
  const [officer, approver] = banks[own.bank];
  const command = () => ({ id: own.id, idempotencyKey: freshKey() });
  if (!own.paidOut) {
    await known.ledger.submit('acceptClaim', approver, command());
    await known.ledger.submit('disburseClaim', officer, command());
    own.paidOut = true;
  }
  const amount = Math.min(attempt.amount, own.live);
  await known.ledger.submit('repayClaim', officer, { ...command(), amount: money(amount), source });
  own.live -= amount;
  if (source === 'own-funds') return true;
  known.usedUp += amount;
  known.paperUsedUp[own.paper] = (known.paperUsedUp[own.paper] ?? 0) + amount;
  return true;
}

/** Each refuses by throwing; false where there is nothing to try it on. */
const acts: Readonly<Record<Attempt['what'], (known: Known, attempt: Attempt) => Promise<boolean>>> = {
  buy: async ({ ledger, bills }, { bank, paper, amount }) => {
    const [officer] = banks[bank];
    const lines = [
      {
        document: { type: 'customs-declaration' as const, number: papers[paper] ?? '' },
        amount: money(amount),
      },
    ];
    const cover = [
      { document: { type: 'letter-of-credit' as const, number: 'LC77' }, amount: money(amount) },
    ];
    const asked = claim(ledger, money(amount).amount, { product: 'discount', lines, cover });
    const { id } = await reserve(ledger, asked, officer);
    bills.push({ id, bank, paper, live: amount, paidOut: false });
    return true;
  },
  withdraw: async (known, attempt) => {
    const own = ownOf(known, attempt);
    if (own === undefined) return false;
    const [officer] = banks[own.bank];
    await known.ledger.submit('withdrawClaim', officer, { id: own.id, idempotencyKey: freshKey() });
    own.live = 0;
    return true;
  },
  proceeds: (known, attempt) => repaid(known, attempt, 'proceeds'),
  'own-funds': (known, attempt) => repaid(known, attempt, 'own-funds'),
  amend: async (known, { amount }) => {
    const change = { id: known.credit, changes: { total: money(amount) }, reason: 'Amendment.' };
    await known.ledger.submit('amendFact', people.bankA, change);
    known.allows = amount;
    return true;
  },
  'cancel-paper': async ({ ledger, facts, cancelled }, { paper }) => {
    const id = facts[paper];
    if (id === undefined || cancelled.has(paper)) return false;
    await ledger.submit('cancelFact', people.customs, { id, reason: 'Never shipped.' });
    cancelled.add(paper);
    return true;
  },
};

const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);

describe('what is drawn under a letter of credit', () => {
  it('is within the credit and within each receivable, whichever banks draw, repay and amend in whatever order', async () => {
    const done: Attempt['what'][] = [];
    await fc.assert(
      fc.asyncProperty(attempts, async (all) => {
        const ledger = await openLedger();
        const { id: credit } = await record(ledger, creditOf(ledger, 100), people.bankA);
        const facts: string[] = [];
        for (const number of papers) {
          facts.push((await record(ledger, declaration({ number, total: money(60) }))).id);
        }
        const known: Known = {
          ...{ ledger, credit, facts, allows: 100, bills: [], usedUp: 0 },
          ...{ paperUsedUp: [0, 0], cancelled: new Set<number>() },
        };
        for (const one of all) {
          const before = ledger.snapshot();
          const paidOut = known.bills.map((bill) => bill.paidOut);
          try {
            if (!(await acts[one.what](known, one))) continue;
          } catch (error) {
            if (!(error instanceof LedgerError)) throw error;
            // What was accepted and paid out before a repayment was refused stays so.
            const isRepayment = one.what === 'proceeds' || one.what === 'own-funds';
            const isSame = known.bills.every((bill, place) => bill.paidOut === paidOut[place]);
            if (!isRepayment && isSame && !isDeepStrictEqual(ledger.snapshot(), before)) {
              throw new Error(`${one.what} was refused and has written`, { cause: error });
            }
            continue;
          }
          done.push(one.what);
          const drawn = sum(known.bills.map(({ live }) => live)) + known.usedUp;
          expect([one, one.what !== 'buy' || drawn <= known.allows]).toEqual([one, true]);
          expect(await remainingOf(ledger, creditOf(ledger, known.allows))).toBe(
            `${Math.max(known.allows - drawn, 0)}.00`,
          );
          for (const [place, number] of papers.entries()) {
            if (known.cancelled.has(place)) continue;
            const onIt = known.bills.filter(({ paper }) => paper === place);
            const left = 60 - sum(onIt.map(({ live }) => live)) - (known.paperUsedUp[place] ?? 0);
            const paper = declaration({ number, total: money(60), seller: { ...exporter } });
            expect(await remainingOf(ledger, paper)).toBe(`${Math.max(left, 0)}.00`);
          }
        }
      }),
      { numRuns: 60 },
    );
    // The property has seen what it speaks of.
    for (const what of ['buy', 'withdraw', 'proceeds', 'own-funds', 'amend', 'cancel-paper'] as const) {
      expect(done).toContain(what);
    }
  }, 240_000);
});
