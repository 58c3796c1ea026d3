import type { Client, Json } from '../rest/client.js';
import { listAt, textAt } from '../rest/json.js';
import { poll } from '../rest/poll.js';
import { daysFromNow } from './claims.js';
import { expectStatus, Unexpected } from './teller.js';

/** The two people of a bank whom a mandate takes. */
export interface TwoPeople {
  readonly officer: Client;
  readonly approver: Client;
}

const usd = (amount: string) => ({ amount, currency: 'USD' });
const patienceMs = 60_000;

/** The enterprise lets a bank query its records once, as an application needs it; returns the authorisation. */
export async function authoriseQuery(enterprise: Client, bank = 'BankAMSP'): Promise<string> {
  const answer = await enterprise.post('/authorisations', {
    bank,
    categories: ['basic', 'trade-credit', 'regulatory'],
    purpose: 'Micro loan',
    from: daysFromNow(0),
    to: daysFromNow(30),
    uses: 1,
  });
  return textAt(expectStatus(answer, 201).body, 'id');
}

/** An officer proposes what the rules of the bank may approve; returns the mandate. */
export async function proposeMandate(officer: Client, changes: object = {}): Promise<string> {
  const rules = textAt(expectStatus(await officer.get('/loan-rules'), 200).body, 'hash');
  const answer = await officer.post('/loan-mandates', {
    rules,
    largest: usd('20000.00'),
    total: usd('1000000.00'),
    validUntil: daysFromNow(30),
    ...changes,
  });
  return textAt(expectStatus(answer, 201).body, 'id');
}

/** Two people let the rules of their bank decide; returns the mandate. */
export async function grantMandate({ officer, approver }: TwoPeople, changes: object = {}): Promise<string> {
  const id = await proposeMandate(officer, changes);
  expectStatus(await approver.post(`/loan-mandates/${id}/grant`, {}), 200);
  return id;
}

/** From now on the rules of the bank decide nothing, whatever was granted before. */
export async function revokeMandates({ officer }: Pick<TwoPeople, 'officer'>): Promise<void> {
  const { body } = expectStatus(await officer.get('/loan-mandates?state=granted&limit=200'), 200);
  for (const mandate of listAt(body, 'items')) {
    expectStatus(await officer.post(`/loan-mandates/${textAt(mandate, 'id')}/revocation`, {}), 200);
  }
}

/** Waits until the gateway of the bank has decided an application, or referred it. @throws Unexpected */
export async function decided(reader: Client, id: string): Promise<Json> {
  const loan = await poll(async () => {
    const { body } = await reader.get(`/loan-applications/${id}`);
    return body['state'] === undefined || body['state'] === 'submitted' ? undefined : body;
  }, patienceMs);
  if (loan === undefined) throw new Unexpected('The application was not decided in a minute.');
  return loan;
}

/** The names of the rules that a decision gives as its reasons. */
export function rulesOf(loan: Json): readonly string[] {
  return listAt(loan, 'reasons').map((reason) => textAt(reason, 'rule'));
}
