import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FactInput, Money } from '@pledgeonce/chaincode/api.js';
import type { Client, Json } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { customsOfficer, person, type BankPeople } from './consortium.js';
import { declaration, inDays, otherExporter, record, reference, usd } from './documents.js';

/** What the regulator keeps of the enterprise that applies, unless a test says otherwise. */
const basic = {
  category: 'basic',
  name: 'Fuzhou Tea Export',
  directoryStatus: 'listed',
  class: 'A',
  listedSince: '2020-01-15',
};
const tradeCredit = {
  category: 'trade-credit',
  years: [
    {
      year: 2025,
      receipts: usd('900000.00'),
      payments: usd('100000.00'),
      exports: usd('950000.00'),
      imports: usd('90000.00'),
      matchRatio: '0.95',
    },
  ],
};
const regulatory = { category: 'regulatory', penalties: [] };

/** The applicant of these tests: exporter-2, whose records no other test changes. */
export const applicant = () => person('EnterpriseMSP', 'exporter-2');

/** The regulator records the applicant anew; each change replaces a category for this record only. */
export async function recordApplicant(changes: object = {}): Promise<void> {
  const regulator = await person('RegulatorMSP', 'officer');
  for (const content of [{ ...basic, ...changes }, tradeCredit, regulatory]) {
    const { status } = await regulator.post('/credit-records', { enterprise: otherExporter, content });
    if (status !== 201) throw new Error(`Not recorded: ${status}`);
  }
}

/**
 * A declaration of the applicant that resembles no other one: amount and date are random, because documents that are
 * similar, or add up to another, go to a person.
 */
export async function freshDeclaration(total = `${randomInt(3_000, 9_000)}.${randomInt(10, 100)}`) {
  const fact = declaration({
    seller: { ...otherExporter, name: 'Fuzhou Tea Export' },
    total: usd(total),
    date: inDays(-randomInt(2_000)),
  });
  await record(await customsOfficer(), fact);
  return fact;
}

export async function authorise(enterprise: Client, bank = 'BankAMSP', uses = 1): Promise<string> {
  const answer = await enterprise.post('/authorisations', {
    bank,
    categories: ['basic', 'trade-credit', 'regulatory'],
    purpose: 'Micro loan',
    from: inDays(0),
    to: inDays(30),
    uses,
  });
  return textAt(answer.body, 'id');
}

/** The body of an application on one document. */
export function application(fact: FactInput, authorisation: string, amount: Money, more: object = {}) {
  return {
    bank: 'BankAMSP',
    amount,
    tenorDays: 90,
    purpose: 'Raw material',
    lines: [{ document: reference(fact), total: fact.total, amount }],
    authorisation,
    ...more,
  };
}

/** Waits until the bank's gateway has decided or referred. */
export async function decided(client: Client, id: string): Promise<Json> {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    const { body } = await client.get(`/loan-applications/${id}`);
    if (body['state'] !== undefined && body['state'] !== 'submitted') return body;
    await sleep(200);
  }
  throw new Error('The application was not decided.');
}

export const rulesOf = (application: Json): readonly unknown[] =>
  listAt(application, 'reasons').map(({ rule }) => rule);

/** Two people of a bank let its rules decide. */
export async function grantMandate({ officer, approver }: BankPeople, more: object = {}): Promise<string> {
  const rules = textAt((await officer.get('/loan-rules')).body, 'hash');
  const proposal = {
    rules,
    largest: usd('20000.00'),
    total: usd('1000000.00'),
    validUntil: inDays(30),
    ...more,
  };
  const proposed = await officer.post('/loan-mandates', proposal);
  if (proposed.status !== 201) throw new Error(`Not proposed: ${JSON.stringify(proposed.body)}`);
  const id = textAt(proposed.body, 'id');
  const granted = await approver.post(`/loan-mandates/${id}/grant`, {});
  if (granted.status !== 200) throw new Error(`Not granted: ${JSON.stringify(granted.body)}`);
  return id;
}

/** From now on the bank's rules decide nothing, whatever was granted before. */
export async function revokeMandates({ officer }: BankPeople): Promise<void> {
  const granted = listAt((await officer.get('/loan-mandates?state=granted&limit=200')).body, 'items');
  for (const mandate of granted) {
    const { status, body } = await officer.post(`/loan-mandates/${String(at(mandate, 'id'))}/revocation`, {});
    if (status !== 200) throw new Error(`Not revoked: ${JSON.stringify(body)}`);
  }
}
