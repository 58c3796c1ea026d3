import type { ClaimInput, DocumentReference, FactInput, Money } from '@pledgeonce/chaincode/api.js';
import type { Client, Json } from '@pledgeonce/scripts/rest/client.js';
import { textAt } from '@pledgeonce/scripts/rest/json.js';
import type { BankPeople } from './consortium.js';
import { claim } from './documents.js';

/** Reserves a claim and returns its id. @throws Error when it is refused. */
export async function reserve(
  { officer }: BankPeople,
  document: DocumentReference,
  amount: Money,
  changes: Partial<ClaimInput> = {},
): Promise<string> {
  const answer = await officer.post('/claims', claim(document, amount, changes));
  if (answer.status !== 201) throw new Error(`Not reserved: ${JSON.stringify(answer.body)}`);
  return textAt(answer.body, 'id');
}

/** Reserves, accepts by a second person, pays out; returns the claim's id. @throws Error when a step is refused. */
export async function disburse(
  bank: BankPeople,
  document: DocumentReference,
  amount: Money,
  changes: Partial<ClaimInput> = {},
): Promise<string> {
  const id = await reserve(bank, document, amount, changes);
  const steps = [
    await bank.approver.post(`/claims/${id}/acceptance`, {}),
    await bank.officer.post(`/claims/${id}/disbursement`, {}),
  ];
  const refused = steps.find(({ status }) => status !== 200);
  if (refused !== undefined) throw new Error(`Not paid out: ${JSON.stringify(refused.body)}`);
  return id;
}

/** A commercial invoice of the same content, as the enterprise itself registers it. */
export function asOwnInvoice(fact: FactInput): FactInput {
  return { ...fact, type: 'commercial-invoice' };
}

/** Sends documents as one file of lines; returns the verdict on each, in whatever order they came. */
export async function importFile(authority: Client, facts: readonly FactInput[]): Promise<readonly Json[]> {
  const response = await authority.fetch('POST', '/facts/import', {
    body: facts.map((fact) => JSON.stringify(fact)).join('\n'),
    headers: { 'content-type': 'application/x-ndjson' },
  });
  const lines = (await response.text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Json);
}
