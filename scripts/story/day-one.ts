import { randomInt } from 'node:crypto';
import type { TakeOnLine } from '@pledgeonce/chaincode/take-on/api.js';
import type { Json } from '../rest/client.js';
import type { StackDescription } from '../stack/description.js';
import { percentOf } from './amounts.js';
import { countedBy, loanOn, sendBook } from './books.js';
import { assemble, type Bank, type Cast, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { respell } from './claims.js';
import { type Conflict, resolveConflict, tellConflicts } from './conflicts.js';
import { recordFact } from './record.js';
import { differencesOf, giveBookIn } from './reconcile-book.js';
import { freshTrade, type PricedFact, type SampleTrade } from './samples.js';
import { closeWindow, mayOpenWindow, openWindow } from './take-on-window.js';
import { expectThat, type Teller } from './teller.js';
import { joinThirdBank } from './third-bank.js';

/** Three banks bring what they had lent before the registry began, with planted doubles; all of them are found. */
export const dayOne: Chapter = {
  name: 'day-one',
  title: 'The first day: books of running loans, the doubles in them, and the first month’s end',
  tell: async (teller, stack) => {
    if (!(await mayOpenWindow(teller, stack))) return;
    const cast = await assemble(stack);
    try {
      const third = await joinThirdBank(teller, stack);
      try {
        await openWindow(teller, stack, ['BankAMSP', 'BankBMSP', third.msp]);
        await takeOn(teller, stack, { ...cast, bankC: third.bank });
      } finally {
        await third.leave();
      }
    } finally {
      dismiss(cast);
    }
  },
};

type Banks = Cast & { readonly bankC: Bank };

/** What was sold: an invoice, a declaration with its invoice, a declaration that comes late, and one that banks share. */
interface Papers {
  readonly same: SampleTrade;
  readonly pair: SampleTrade;
  readonly late: SampleTrade;
  readonly shared: SampleTrade;
}

type Book = readonly TakeOnLine[];

async function takeOn(teller: Teller, stack: StackDescription, cast: Banks): Promise<void> {
  const { customs, bankA, bankB, bankC } = cast;
  const papers = await recordPapers(teller, cast);
  const [ofA, ofB, ofC] = booksOf(papers);
  await bringBooks(teller, cast, [ofA, ofB, ofC]);
  const [sameOfB, pairOfB, lateOfB] = ofB as [TakeOnLine, TakeOnLine, TakeOnLine];
  await tellConflicts(
    teller,
    bankB,
    'The doubles are found: the same invoice under two spellings, an invoice and its declaration',
    { book: ofB, overdrawn: [sameOfB, pairOfB] },
  );
  await tellConflicts(teller, bankC, 'The invoice is a double of the third bank’s too', {
    book: ofC,
    overdrawn: ofC.slice(0, 1),
  });
  const found = 'Customs records the declaration that was missing, and what waits is matched';
  await teller.step(found, async () => {
    await recordFact(customs, papers.late.declaration);
    return ['both loans draw on it now', undefined];
  });
  await tellConflicts(teller, bankB, 'Which shows the third double; the shares of one declaration are none', {
    book: ofB,
    overdrawn: [sameOfB, pairOfB, lateOfB],
  });
  const conflicts: readonly Conflict[] = [
    { paper: papers.same.invoice, loan: sameOfB },
    { paper: papers.pair.declaration, loan: pairOfB },
    { paper: papers.late.declaration, loan: lateOfB },
  ];
  for (const one of conflicts) await resolveConflict(teller, stack, bankB, one);
  for (const [bank, book] of [
    [bankA, ofA],
    [bankB, ofB],
    [bankC, ofC],
  ] as const) {
    await tellConflicts(teller, bank, `What ${bank.title} has lent is carried again`, {
      book,
      overdrawn: [],
    });
  }
  const forgotten = await closeWindow(teller, stack, bankA, papers.pair);
  await tellMonthEnd(teller, cast, [...ofA, forgotten]);
}

async function recordPapers(teller: Teller, { customs, tax }: Cast): Promise<Papers> {
  const now = new Date();
  const [same, pair, late, shared] = [freshTrade(now), freshTrade(now), freshTrade(now), freshTrade(now)];
  const title = 'Tax authority and customs have recorded what was sold, all but one declaration';
  await teller.step(title, async () => {
    for (const invoice of [same.invoice, pair.invoice]) await recordFact(tax, invoice);
    for (const declaration of [pair.declaration, shared.declaration]) await recordFact(customs, declaration);
    return ['two invoices, two declarations', undefined];
  });
  return { same, pair, late, shared };
}

/** The books of the three banks. What is shared adds up to what its declaration states. */
function booksOf({ same, pair, late, shared }: Papers): readonly [Book, Book, Book] {
  const part = (fact: PricedFact, percent: bigint) => loanOn(fact, percentOf(fact.total, percent));
  const { invoice } = same;
  const respelled = { ...invoice, number: respell(invoice.number) };
  const spaced = { ...invoice, number: ` ${invoice.number.toLowerCase()} ` };
  return [
    [
      part(invoice, 70n),
      part(pair.declaration, 80n),
      part(late.declaration, 60n),
      part(shared.declaration, 40n),
    ],
    [
      part(respelled, 60n),
      part(pair.invoice, 50n),
      part(late.declaration, 70n),
      part(shared.declaration, 35n),
    ],
    [part(spaced, 20n), part(shared.declaration, 25n)],
  ];
}

async function bringBooks(
  teller: Teller,
  { bankA, bankB, bankC }: Banks,
  [ofA, ofB, ofC]: readonly [Book, Book, Book],
): Promise<void> {
  await teller.step('An officer of bank A tries its book; nothing is written', async () => {
    return [countedBy(await sendBook(bankA.officer, '/take-on/dry-run', ofA), 'verdict'), undefined];
  });
  await teller.step('Approvers of the three banks bring their books', async () => {
    const told = [];
    for (const [bank, book] of [
      [bankA, ofA],
      [bankB, ofB],
      [bankC, ofC],
    ] as const) {
      const answers = await sendBook(bank.approver, '/take-on', book);
      const isTaken = answers.slice(0, -1).every(({ status }) => status === 'taken-on');
      expectThat(isTaken, 'A loan was refused.');
      told.push(`${bank.title}: ${countedBy(answers, 'state')}; ${waiting(answers)} waits for its document`);
    }
    return [told.join('\n'), undefined];
  });
  await teller.step('Bank B sends its file again: nothing comes twice', async () => {
    const answers = await sendBook(bankB.approver, '/take-on', ofB);
    return [`${countedBy(answers, 'status')}, all as before`, undefined];
  });
}

function waiting(answers: readonly Json[]): number {
  return answers.filter(({ unmatched }) => typeof unmatched === 'number' && unmatched > 0).length;
}

/** What was taken on is compared like any other loan: what is planted is found, and nothing else of this book. */
async function tellMonthEnd(teller: Teller, { bankA, auditor }: Cast, book: Book): Promise<void> {
  const [lower, later, missing, ...right] = book as [TakeOnLine, TakeOnLine, TakeOnLine, ...TakeOnLine[]];
  const stranger = { ...lower, reference: `LN-${randomInt(1_000_000_000)}` };
  const lineOf = ({ reference, outstanding, dueDate }: TakeOnLine) => ({
    applicationNumber: reference,
    outstanding,
    state: 'disbursed',
    dueDate,
  });
  const sent = [
    { ...lineOf(lower), outstanding: percentOf(lower.outstanding, 90n) },
    { ...lineOf(later), dueDate: missing.paidOutOn, state: 'overdue' },
    lineOf(stranger),
    ...right.map(lineOf),
  ];
  await teller.step('Month’s end: bank A gives in its book, with differences planted in it', async () => {
    const lines = sent.map((line) => JSON.stringify(line)).join('\n');
    const { id, told } = await giveBookIn(bankA.officer, lines, 'application/x-ndjson');
    const numbers = [...book, stranger].map(({ reference }) => reference);
    const found = await differencesOf(bankA.officer, id, numbers);
    const expected = [
      `${lower.reference} outstanding`,
      `${later.reference} state due-date`,
      `${stranger.reference} only-book`,
      `${missing.reference} only-registry`,
    ];
    expectThat(JSON.stringify(found) === JSON.stringify(expected), `Found ${found.join('; ')}.`);
    expectThat(
      (await auditor.get(`/reconciliations/${id}`)).status === 200,
      'The regulator does not see it.',
    );
    return [`${told}\n${found.join('\n')}`, undefined];
  });
}
