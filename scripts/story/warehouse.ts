import { randomInt } from 'node:crypto';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { Answer, Client } from '../rest/client.js';
import { at, textAt } from '../rest/json.js';
import { percentOf } from './amounts.js';
import type { Bank, Cast } from './cast.js';
import { daysFromNow } from './claims.js';
import { usd } from './payment-papers.js';
import { recordFact, short } from './record.js';
import { freshReceipt, idOf } from './shipments.js';
import { expectRefusal, expectStatus, expectThat, type Teller } from './teller.js';

const loan = usd('3000000.00');

/** Goods in a warehouse: three receipts for one pile, which is pledged once. */
export async function tellOfWarehouse(
  teller: Teller,
  { bankA, bankB }: Cast,
  carrier: Client,
): Promise<void> {
  const lot = freshReceipt('1000');
  const [first, second] = [freshReceipt('1000', lot), freshReceipt('1000', lot)];
  const fact = await teller.step(
    'The warehouse records 1,000 t of copper, and two receipts for it',
    async () => {
      const id = await recordFact(carrier, lot);
      for (const receipt of [first, second]) await recordFact(carrier, receipt);
      return [`${first.number} and ${second.number} cite the lot ${lot.number}: 2,000 t on paper`, id];
    },
  );
  const claim = await teller.step(
    'Bank A lends USD 3,000,000.00 on 600 t under the first receipt',
    async () => {
      const { body } = expectStatus(await pledge(bankA, first, '600'), 201);
      const id = textAt(body, 'id');
      expectStatus(await bankA.approver.post(`/claims/${id}/acceptance`, {}), 200);
      expectStatus(await bankA.officer.post(`/claims/${id}/disbursement`, {}), 200);
      return [`claim ${short(id)}, paid out; ${await tonnesLeft(bankB, second)} t are left`, id];
    },
  );
  await teller.step('Bank B is offered 1,000 t under the second receipt', async () => {
    const answer = await pledge(bankB, second, '1000');
    const refusal = expectRefusal(answer, 409, 'EXCEEDS_BALANCE');
    const left = textAt(answer.body, 'lines.0.remainingQuantity.amount');
    expectThat(left === '400.000', `400 t should be left, not ${left}.`);
    return [`${refusal} Left: ${left} t`, undefined];
  });
  await teller.step('The exporter has repaid a part, and Bank A lets 50 t go with it', async () => {
    await repayAndRelease(bankA, claim, first, '50');
    const left = await tonnesLeft(bankB, second);
    expectThat(left === '450.000', `450 t should be left, not ${left}.`);
    return [`${left} t are left; 550 t stay pledged until the loan is settled`, undefined];
  });
  await teller.step('Half of the lot leaves the warehouse', async () => {
    const body = { changes: { quantity: { amount: '500', unit: 'TNE' } }, reason: '500 t delivered' };
    const amended = expectStatus(await carrier.request('PATCH', `/facts/${fact}`, { body }), 200).body;
    expectThat(at(amended, 'overdrawn') === true, 'More should be pledged than is there.');
    const alert = await bankA.alerts.find(
      (event) => at(event, 'content.alert') === 'overdrawn' && JSON.stringify(event).includes(claim),
      30_000,
    );
    expectThat(alert !== undefined, 'Bank A was not told.');
    const refusal = expectRefusal(await pledge(bankB, second, '1'), 409, 'UNDERLYING_OVERDRAWN');
    return [`Bank A received "overdrawn"\nBank B, one tonne: ${refusal}`, undefined];
  });
  await teller.step('The loan is repaid, and the goods are free again', async () => {
    const repayment = { amount: percentOf(loan, 90n), source: 'proceeds' };
    const { body } = expectStatus(await bankA.officer.post(`/claims/${claim}/repayments`, repayment), 200);
    expectThat(at(body, 'state') === 'settled', 'The loan should be settled.');
    const left = await tonnesLeft(bankB, second);
    expectStatus(await pledge(bankB, second, '500'), 201);
    return [`settled; ${left} t were left, and Bank B has pledged them`, undefined];
  });
}

/** A bank lends on goods alone: the amount is the loan. */
function pledge({ officer }: Bank, { type, number, seller }: FactInput, tonnes: string): Promise<Answer> {
  return officer.post('/claims', {
    applicationNumber: `APP-${randomInt(1_000_000_000)}`,
    enterprise: idOf(seller),
    product: 'warehouse',
    amount: loan,
    lines: [],
    collateral: [{ document: { type, number }, quantity: { amount: tonnes, unit: 'TNE' } }],
    dueDate: daysFromNow(90),
  });
}

/** A tenth of the loan comes in, and a part of the goods goes with it. */
async function repayAndRelease({ officer }: Bank, claim: string, receipt: FactInput, tonnes: string) {
  const { type, number } = receipt;
  const release = { document: { type, number }, quantity: { amount: tonnes, unit: 'TNE' } };
  const repayment = { amount: percentOf(loan, 10n), source: 'own-funds', release };
  expectStatus(await officer.post(`/claims/${claim}/repayments`, repayment), 200);
}

async function tonnesLeft({ officer }: Bank, { type, number, seller, quantity }: FactInput): Promise<string> {
  const particulars = { enterprise: idOf(seller), quantity };
  const answer = await officer.post('/verifications', { document: { type, number }, particulars });
  return textAt(expectStatus(answer, 200).body, 'remainingQuantity.amount');
}
