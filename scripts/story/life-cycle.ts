import type { Money } from '@pledgeonce/chaincode/api.js';
import { moneyAt, textAt } from '../rest/json.js';
import { percentOf, show } from './amounts.js';
import { assemble, type Bank, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { reserve } from './claims.js';
import { recordTrade, short, type Subject } from './record.js';
import { freshTrade } from './samples.js';
import { expectRefusal, expectStatus, expectThat, type Teller } from './teller.js';

const reason = 'Entered on the wrong claim.';

/** Issue of a working day: a repayment on the wrong claim, a second person, and a loan that does not come back. */
export const lifeCycle: Chapter = {
  name: 'life-cycle',
  title: 'A mistake that two people correct, and a loan that does not come back',
  tell: async (teller, stack) => {
    const cast = await assemble(stack);
    try {
      const subject = await recordTrade(teller, cast, freshTrade(new Date()));
      await correctAndEnd(teller, cast.bankA, subject);
    } finally {
      dismiss(cast);
    }
  },
};

async function correctAndEnd(teller: Teller, bank: Bank, subject: Subject): Promise<void> {
  const amount = percentOf(subject.payable, 60n);
  const id = await lend(teller, bank, subject, amount);
  await teller.step('An officer records a repayment that belongs to another claim', async () => {
    const repayment = { amount: percentOf(amount, 50n), source: 'own-funds' };
    const { body } = expectStatus(await bank.officer.post(`/claims/${id}/repayments`, repayment), 200);
    return [`${textAt(body, 'state')}, and half of it is free again`, undefined];
  });
  await teller.step('The officer proposes to take it back; nobody confirms alone', async () => {
    const wrong = { entry: 'repayment', repayment: 1, reason };
    expectStatus(await bank.officer.post(`/claims/${id}/reversal`, wrong), 200);
    const own = await bank.officer.post(`/claims/${id}/awaiting/confirmation`, {});
    return [expectRefusal(own, 403, 'PERMISSION_DENIED'), undefined];
  });
  await confirmed(teller, bank, id, 'A second person confirms: the claim is as if it had not come', amount);
  await teller.step('The buyer is insolvent: the officer proposes to write the loan off', async () => {
    const lost = { reason: 'The buyer is insolvent.' };
    expectStatus(await bank.officer.post(`/claims/${id}/write-off`, lost), 200);
    return ['it waits for its second person; nothing has changed', undefined];
  });
  await confirmed(teller, bank, id, 'A second person confirms the write-off', amount);
  await teller.step('Nobody lends on that receivable again', async () => {
    const answer = await reserve(bank, { ...subject, amount: percentOf(subject.payable, 50n) });
    return [expectRefusal(answer, 409, 'EXCEEDS_BALANCE'), undefined];
  });
}

async function lend(teller: Teller, bank: Bank, subject: Subject, amount: Money): Promise<string> {
  return teller.step(`${bank.title} lends ${show(amount)}`, async () => {
    const { document, enterprise, payable } = subject;
    const particulars = { enterprise, total: payable };
    expectStatus(await bank.officer.post('/verifications', { document, particulars }), 200);
    const id = textAt(expectStatus(await reserve(bank, { ...subject, amount }), 201).body, 'id');
    expectStatus(await bank.approver.post(`/claims/${id}/acceptance`, {}), 200);
    expectStatus(await bank.officer.post(`/claims/${id}/disbursement`, {}), 200);
    return [`claim ${short(id)} is paid out`, id];
  });
}

async function confirmed(teller: Teller, bank: Bank, id: string, title: string, owed: Money): Promise<void> {
  await teller.step(title, async () => {
    const { body } = expectStatus(await bank.approver.post(`/claims/${id}/awaiting/confirmation`, {}), 200);
    const outstanding = moneyAt(body, 'outstanding');
    expectThat(outstanding.amount === owed.amount, `${show(owed)} should be owed, not ${show(outstanding)}.`);
    return [`claim is ${textAt(body, 'state')}, ${show(outstanding)} is owed`, undefined];
  });
}
