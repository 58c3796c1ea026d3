import type { Money } from '@pledgeonce/chaincode/api.js';
import type { Answer, Json } from '../rest/client.js';
import { at, moneyAt } from '../rest/json.js';
import type { AlertListener } from '../rest/events.js';
import { show } from './amounts.js';
import type { Bank } from './cast.js';
import { type CodedFact, open, payment } from './payment-papers.js';
import { expectStatus, expectThat } from './teller.js';

/** A bank opens a document with the right code. @throws Unexpected */
export async function opened({ officer }: Bank, fact: CodedFact): Promise<Json> {
  const { body } = expectStatus(await open(officer, fact), 200);
  expectThat(at(body, 'result') === 'opened', `The document should open: ${JSON.stringify(body)}`);
  return body;
}

/** One guess at the check code; returns how many are left. @throws Unexpected when it shows anything. */
export async function guess({ officer }: Bank, fact: CodedFact): Promise<number> {
  const { body } = expectStatus(await open(officer, fact, 'guess'), 200);
  const left = at(body, 'attemptsLeft');
  expectThat(
    at(body, 'result') === 'refused' && typeof left === 'number' && Object.keys(body).length === 2,
    `A wrong code should show nothing: ${JSON.stringify(body)}`,
  );
  return Number(left);
}

/** A bank pays one amount against one document. */
export function pay(
  { officer }: Bank,
  fact: CodedFact,
  amount: Money,
  changes: Parameters<typeof payment>[2] = {},
): Promise<Answer> {
  return officer.post('/payments', payment(amount, [[fact, amount]], changes));
}

/** What a bank sees is left of a document. @throws Unexpected */
export async function leftOf(bank: Bank, fact: CodedFact): Promise<string> {
  return show(moneyAt(await opened(bank, fact), 'remaining'));
}

/** Waits for an alert of this kind that names the payment. @throws Unexpected when none comes. */
export async function expectAlert(
  title: string,
  alerts: AlertListener,
  kind: string,
  paymentId: string,
): Promise<Json> {
  const alert = await alerts.find((event) => {
    const payments = at(event, 'content.payments');
    return at(event, 'content.alert') === kind && Array.isArray(payments) && payments.includes(paymentId);
  }, 30_000);
  expectThat(alert !== undefined, `${title} was not told.`);
  return alert ?? {};
}
