import { moneyAt, textAt } from '../rest/json.js';
import { Neighbour } from '../rest/neighbour.js';
import type { StackDescription } from '../stack/description.js';
import { percentOf } from './amounts.js';
import { assemble, type Cast, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { reserve } from './claims.js';
import { recordTrade, short, type Subject } from './record.js';
import { freshTrade } from './samples.js';
import { expectRefusal, expectStatus, type Teller } from './teller.js';

/** Customs objects to what was declared, the bank that lent on it answers, the regulator holds and dismisses. */
export const objection: Chapter = {
  name: 'objection',
  title: 'An objection, its answer, and the regulator’s decision',
  tell: async (teller, stack) => {
    const cast = await assemble(stack);
    try {
      const subject = await recordTrade(teller, cast, freshTrade(new Date()));
      await object(teller, stack, cast, subject);
    } finally {
      dismiss(cast);
    }
  },
};

async function object(
  teller: Teller,
  stack: StackDescription,
  { customs, bankA, bankB }: Cast,
  subject: Subject,
): Promise<void> {
  const { document, enterprise, payable } = subject;
  const regulator = await Neighbour.signIn(stack, 'RegulatorMSP', 'approver');
  await teller.step('Bank A lends on the declaration', async () => {
    const particulars = { enterprise, total: payable };
    for (const { officer } of [bankA, bankB]) {
      expectStatus(await officer.post('/verifications', { document, particulars }), 200);
    }
    const { body } = expectStatus(await reserve(bankA, { ...subject, amount: percentOf(payable, 60n) }), 201);
    return [`claim ${short(textAt(body, 'id'))} of ${moneyAt(body, 'amount').amount}`, undefined];
  });
  const id = await teller.step('Customs objects: an inspection found other goods', async () => {
    const said = { document, enterprise, reason: 'An inspection found other goods.' };
    const { body } = expectStatus(await customs.post('/objections', said), 201);
    return [`objection ${short(textAt(body, 'id'))} is open`, textAt(body, 'id')];
  });
  await teller.step('Bank A, which holds a claim, answers', async () => {
    const answer = { text: 'The report of the surveyor in the port of loading is here.' };
    expectStatus(await bankA.officer.post(`/objections/${id}/answer`, answer), 200);
    return ['on record; Bank B holds nothing and is not asked', undefined];
  });
  const decide = async (outcome: string) =>
    textAt(
      expectStatus(
        await regulator.post(`/objections/${id}/decision`, { outcome, reason: 'Looked into.' }),
        200,
      ).body,
      'state',
    );
  await teller.step('The regulator holds the trade: nobody draws on it anew', async () => {
    const state = await decide('hold');
    const answer = await reserve(bankB, { ...subject, amount: percentOf(payable, 10n) });
    return [`${state}. Bank B: ${expectRefusal(answer, 409, 'TRADE_ON_HOLD')}`, undefined];
  });
  await teller.step('The regulator dismisses the objection', async () => {
    const state = await decide('dismiss');
    expectStatus(await reserve(bankB, { ...subject, amount: percentOf(payable, 10n) }), 201);
    return [`${state}; Bank B has reserved`, undefined];
  });
}
