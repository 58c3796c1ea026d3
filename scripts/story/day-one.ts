import { at, listAt, textAt } from '../rest/json.js';
import { Neighbour } from '../rest/neighbour.js';
import { poll } from '../rest/poll.js';
import type { Client, Json } from '../rest/client.js';
import type { StackDescription } from '../stack/description.js';
import { percentOf } from './amounts.js';
import { countedBy, loanOn, sendBook } from './books.js';
import { assemble, type Bank, type Cast, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { daysFromNow, respell } from './claims.js';
import { recordFact } from './record.js';
import { freshTrade, type PricedFact, type SampleTrade } from './samples.js';
import { expectRefusal, expectStatus, expectThat, type Teller } from './teller.js';

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

/** @returns false where the windows of this network are over: a bank has one in its life. */
async function openWindow(teller: Teller, stack: StackDescription): Promise<boolean> {
  const [officer, approver] = await Promise.all([
    Neighbour.signIn(stack, 'RegulatorMSP', 'officer'),
    Neighbour.signIn(stack, 'RegulatorMSP', 'approver'),
  ]);
  const known = listAt((await officer.get('/take-on/windows')).body, 'windows');
  if (known.some(({ state }) => state !== 'proposed')) {
    teller.note(
      'The banks of this network have had their take-on window. Begin a new network to see it again.',
    );
    return false;
  }
  const terms = { cutOff: daysFromNow(0), until: daysFromNow(30), banks: ['BankAMSP', 'BankBMSP'] };
  await teller.step(
    'An officer of the regulator proposes a take-on window, an approver opens it',
    async () => {
      const { body } = expectStatus(await officer.post('/take-on/windows', terms), 201);
      const opened = await approver.post(`/take-on/windows/${String(body['number'])}/opening`, {});
      expectStatus(opened, 200);
      return [`open until ${terms.until}, for what was paid out before ${terms.cutOff}`, undefined];
    },
  );
  return true;
}

async function takeOn(teller: Teller, stack: StackDescription, cast: Cast): Promise<void> {
  const { customs, tax, bankA, bankB } = cast;
  const now = new Date();
  const [same, pair, late, shared] = [freshTrade(now), freshTrade(now), freshTrade(now), freshTrade(now)];
  await teller.step(
    'Tax authority and customs have recorded what was sold, all but one declaration',
    async () => {
      for (const invoice of [same.invoice, pair.invoice]) await recordFact(tax, invoice);
      for (const declaration of [pair.declaration, shared.declaration])
        await recordFact(customs, declaration);
      return ['two invoices, two declarations', undefined];
    },
  );
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
      expectThat(
        answers.slice(0, -1).every(({ status }) => status === 'taken-on'),
        'A loan was refused.',
      );
      told.push(
        `${bank.title}: ${countedBy(answers, 'state')}, of which ${waiting(answers)} waits for its document`,
      );
    }
    return [told.join('\n'), undefined];
  });
  await teller.step('Bank B sends its file again: nothing comes twice', async () => {
    const answers = await sendBook(bankB.approver, '/take-on', ofB);
    return [`${countedBy(answers, 'status')}, all as before`, undefined];
  });
  await tellConflicts(
    teller,
    bankB,
    'The doubles that both have financed are found: the same invoice under two spellings, an invoice and its declaration',
    [ofB[0], ofB[1]],
  );
  await teller.step(
    'Customs records the declaration that was missing, and what waits is matched',
    async () => {
      await recordFact(customs, late.declaration);
      return ['both loans draw on it now', undefined];
    },
  );
  await tellConflicts(teller, bankB, 'Which shows the third double; the share of one declaration is none', [
    ofB[0],
    ofB[1],
    ofB[2],
  ]);
  await resolve(teller, stack, bankB, late, ofB[2]?.reference ?? '');
  await close(teller, stack, bankA, shared);
}

function waiting(answers: readonly Json[]): number {
  return answers.filter(({ unmatched }) => typeof unmatched === 'number' && unmatched > 0).length;
}

/** Waits until a bank is shown that these loans, and none of its others, are overdrawn. */
async function tellConflicts(
  teller: Teller,
  { officer, title }: Bank,
  what: string,
  loans: readonly ({ readonly reference: string } | undefined)[],
): Promise<void> {
  const expected = loans.flatMap((loan) => loan?.reference ?? []).sort();
  await teller.step(what, async () => {
    const found = await poll(async () => {
      const items = listAt((await officer.get('/overdrafts?limit=50')).body, 'items');
      const names = items.map((item) => textAt(item, 'applicationNumber')).sort();
      return JSON.stringify(names) === JSON.stringify(expected) ? items : undefined;
    }, 30_000);
    if (found === undefined) throw new Error(`${title} is shown other conflicts.`);
    const lines = found.map(
      (item) =>
        `${textAt(item, 'applicationNumber')}: too much by ${String(at(item, 'overdrawn.0.by.amount'))}`,
    );
    return [`${title} is told how much, and not by whom\n${lines.join('\n')}`, undefined];
  });
}

/** The regulator decides, and the bank whose mistake it was takes its payout back. */
async function resolve(
  teller: Teller,
  stack: StackDescription,
  bank: Bank,
  { declaration }: SampleTrade,
  reference: string,
): Promise<void> {
  const regulator = await Neighbour.signIn(stack, 'RegulatorMSP', 'approver');
  const customs = await Neighbour.signIn(stack, 'CustomsMSP', 'officer');
  await teller.step(
    'Customs objects to that one, the regulator orders a correction, and bank B takes its entry back by two people',
    async () => {
      const { seller, type, number } = declaration;
      const enterprise = { scheme: seller.scheme, id: seller.id };
      const said = {
        document: { type, number },
        enterprise,
        reason: 'One of two banks names the wrong declaration.',
      };
      const objection = textAt(expectStatus(await customs.post('/objections', said), 201).body, 'id');
      const decision = { outcome: 'correct', reason: 'Bank B lent on another paper.' };
      expectStatus(await regulator.post(`/objections/${objection}/decision`, decision), 200);
      const id = await claimOf(bank.officer, reference);
      const reversal = { entry: 'disbursement', reason: 'It was lent on another paper.' };
      expectStatus(await bank.officer.post(`/claims/${id}/reversal`, reversal), 200);
      expectStatus(await bank.approver.post(`/claims/${id}/awaiting/confirmation`, {}), 200);
      expectStatus(await bank.officer.post(`/claims/${id}/withdrawal`, { reason: reversal.reason }), 200);
      return ['the trade carries again what is drawn on it', undefined];
    },
  );
}

async function claimOf(officer: Client, reference: string): Promise<string> {
  const { body } = await officer.get(`/claims?applicationNumber=${reference}`);
  return textAt(listAt(body, 'items')[0] ?? {}, 'id');
}

async function close(
  teller: Teller,
  stack: StackDescription,
  bank: Bank,
  { declaration }: SampleTrade,
): Promise<void> {
  const regulator = await Neighbour.signIn(stack, 'RegulatorMSP', 'approver');
  const forgotten = loanOn(declaration, percentOf(declaration.total, 1n));
  await teller.step('The regulator closes the window: what comes late is refused', async () => {
    expectStatus(await regulator.post('/take-on/windows/1/closing', {}), 200);
    const [refused] = await sendBook(bank.approver, '/take-on', [forgotten]);
    expectThat(refused?.['code'] === 'TAKE_ON_CLOSED', 'A loan came after the window.');
    return [String(refused?.['detail']), undefined];
  });
  await teller.step('and is a correction, which the bank proposes and the regulator approves', async () => {
    const correction = { line: forgotten, reason: 'It was in a branch’s own file.' };
    const { body } = expectStatus(await bank.officer.post('/take-on/corrections', correction), 201);
    const id = textAt(body, 'id');
    const own = await bank.approver.post(`/take-on/corrections/${id}/approval`, {});
    const told = expectRefusal(own, 403, 'WRONG_ORGANISATION');
    expectStatus(await regulator.post(`/take-on/corrections/${id}/approval`, {}), 200);
    return [
      `bank A by itself: ${told}\napproved by the regulator: a claim that names the correction`,
      undefined,
    ];
  });
}
