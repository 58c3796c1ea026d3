import { moneyAt, textAt } from '../rest/json.js';
import { percentOf } from './amounts.js';
import { assemble, type Cast, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { reserve } from './claims.js';
import { recordTrade, short, type Subject } from './record.js';
import { freshTrade } from './samples.js';
import { expectRefusal, expectStatus, type Teller } from './teller.js';

/** A bank sells another one a share of what it has lent; each is repaid for itself. */
export const participation: Chapter = {
  name: 'participation',
  title: 'Two banks hold shares of one loan',
  tell: async (teller, stack) => {
    const cast = await assemble(stack);
    try {
      await share(teller, cast, await recordTrade(teller, cast, freshTrade(new Date())));
    } finally {
      dismiss(cast);
    }
  },
};

async function share(teller: Teller, { bankA, bankB }: Cast, subject: Subject): Promise<void> {
  const { document, enterprise, payable } = subject;
  const [loan, part, rest] = [percentOf(payable, 60n), percentOf(payable, 20n), percentOf(payable, 40n)];
  const left = async () => {
    const asked = { document, particulars: { enterprise, total: payable } };
    const { body } = expectStatus(await bankB.officer.post('/verifications', asked), 200);
    return moneyAt(body, 'remaining').amount;
  };
  const id = await teller.step('Bank A lends 60 % of the declaration', async () => {
    const asked = { document, particulars: { enterprise, total: payable } };
    expectStatus(await bankA.officer.post('/verifications', asked), 200);
    const { body } = expectStatus(await reserve(bankA, { ...subject, amount: loan }), 201);
    const claim = textAt(body, 'id');
    expectStatus(await bankA.approver.post(`/claims/${claim}/acceptance`, {}), 200);
    expectStatus(await bankA.officer.post(`/claims/${claim}/disbursement`, {}), 200);
    return [`claim ${short(claim)} of ${loan.amount}; ${await left()} left`, claim];
  });
  await teller.step('It offers Bank B a share; all of it would be no share', async () => {
    const whole = await bankA.officer.post(`/claims/${id}/transfer`, { to: 'BankBMSP', share: loan });
    const refused = expectRefusal(whole, 409, 'SHARE_INVALID');
    expectStatus(await bankA.officer.post(`/claims/${id}/transfer`, { to: 'BankBMSP', share: part }), 200);
    const { body } = expectStatus(await bankB.officer.get(`/claims/${id}`), 200);
    return [`${refused} Bank B reads of ${moneyAt(body, 'amount').amount}, not of the loan`, undefined];
  });
  const taken = await teller.step('Bank B takes it: two claims hold what the one held', async () => {
    const before = await left();
    const command = { applicationNumber: `SHARE-${id.slice(0, 8)}` };
    const { body } = expectStatus(
      await bankB.approver.post(`/claims/${id}/transfer/acceptance`, command),
      200,
    );
    const after = await left();
    if (before !== after) throw new Error(`A sale has moved the balance from ${before} to ${after}.`);
    return [`claim ${short(textAt(body, 'id'))} of ${part.amount}; ${after} left`, textAt(body, 'id')];
  });
  await teller.step('The debtor pays Bank A, which passes Bank B’s part on', async () => {
    const paid = { amount: rest, source: 'proceeds' };
    const { body } = expectStatus(await bankA.officer.post(`/claims/${id}/repayments`, paid), 200);
    const passed = { amount: part, source: 'proceeds' };
    const other = expectStatus(await bankB.officer.post(`/claims/${taken}/repayments`, passed), 200);
    const states = [textAt(body, 'state'), textAt(other.body, 'state')].join(' and ');
    return [`${states}; ${await left()} left, and what was repaid stays consumed`, undefined];
  });
}
