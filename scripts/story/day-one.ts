import type { TakeOnLine } from '@pledgeonce/chaincode/take-on/api.js';
import type { Json } from '../rest/client.js';
import type { StackDescription } from '../stack/description.js';
import { percentOf } from './amounts.js';
import { countedBy, loanOn, sendBook } from './books.js';
import { assemble, type Cast, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { respell } from './claims.js';
import { resolveConflict, tellConflicts } from './conflicts.js';
import { recordFact } from './record.js';
import { freshTrade, type PricedFact, type SampleTrade } from './samples.js';
import { closeWindow, openWindow } from './take-on-window.js';
import { expectThat, type Teller } from './teller.js';

/** Two banks bring what they had lent before the registry began, with planted doubles; all of them are found. */
export const dayOne: Chapter = {
  name: 'day-one',
  title: 'The first day: books of running loans, and the doubles in them',
  tell: async (teller, stack) => {
    const cast = await assemble(stack);
    try {
      if (await openWindow(teller, stack)) await takeOn(teller, stack, cast);
    } finally {
      dismiss(cast);
    }
  },
};

/** What was sold: an invoice, a declaration with its invoice, a declaration that comes late, and one that banks share. */
interface Papers {
  readonly same: SampleTrade;
  readonly pair: SampleTrade;
  readonly late: SampleTrade;
  readonly shared: SampleTrade;
}

async function takeOn(teller: Teller, stack: StackDescription, cast: Cast): Promise<void> {
  const { customs, bankA, bankB } = cast;
  const papers = await recordPapers(teller, cast);
  const ofB = await bringBooks(teller, cast, papers);
  await tellConflicts(
    teller,
    bankB,
    'The doubles are found: the same invoice under two spellings, an invoice and its declaration',
    { book: ofB, overdrawn: ofB.slice(0, 2) },
  );
  const found = 'Customs records the declaration that was missing, and what waits is matched';
  await teller.step(found, async () => {
    await recordFact(customs, papers.late.declaration);
    return ['both loans draw on it now', undefined];
  });
  await tellConflicts(teller, bankB, 'Which shows the third double; the share of one declaration is none', {
    book: ofB,
    overdrawn: ofB.slice(0, 3),
  });
  await resolveConflict(teller, stack, bankB, papers.late, ofB[2]?.reference ?? '');
  await closeWindow(teller, stack, bankA, papers.shared);
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

/** @returns the book of bank B. */
async function bringBooks(
  teller: Teller,
  { bankA, bankB }: Cast,
  { same, pair, late, shared }: Papers,
): Promise<readonly TakeOnLine[]> {
  const part = (fact: PricedFact, percent: bigint) => loanOn(fact, percentOf(fact.total, percent));
  const respelled = { ...same.invoice, number: respell(same.invoice.number) };
  const ofA = [
    part(same.invoice, 70n),
    part(pair.declaration, 80n),
    part(late.declaration, 60n),
    part(shared.declaration, 40n),
  ];
  const ofB = [
    part(respelled, 60n),
    part(pair.invoice, 50n),
    part(late.declaration, 70n),
    part(shared.declaration, 60n),
  ];
  await teller.step('An officer of bank A tries its book; nothing is written', async () => {
    return [countedBy(await sendBook(bankA.officer, '/take-on/dry-run', ofA), 'verdict'), undefined];
  });
  await teller.step('Approvers of both banks bring their books', async () => {
    const told = [];
    for (const [bank, book] of [
      [bankA, ofA],
      [bankB, ofB],
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
  return ofB;
}

function waiting(answers: readonly Json[]): number {
  return answers.filter(({ unmatched }) => typeof unmatched === 'number' && unmatched > 0).length;
}
