import { randomInt } from 'node:crypto';
import type { ClaimInput, DocumentReference, FactInput, Money, PartyId } from '@pledgeonce/chaincode/api.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { textAt } from '@pledgeonce/scripts/rest/json.js';

export const exporter: PartyId = { scheme: 'USCC', id: '91330200MA2CKXQ85H' };
export const otherExporter: PartyId = { scheme: 'USCC', id: '91350100M000100Y43' };

export const usd = (amount: string): Money => ({ amount, currency: 'USD' });

const digits = (count: number) => Array.from({ length: count }, () => String(randomInt(10))).join('');

const today = () => new Date().toISOString().slice(0, 10);

/** A declaration that no other test has recorded. */
export function declaration(changes: Partial<FactInput> = {}): FactInput {
  return {
    type: 'customs-declaration',
    number: `2218${today().slice(0, 4)}0${digits(9)}`,
    date: today(),
    seller: { ...exporter, name: 'Ningbo Harbour Tools Co., Ltd' },
    total: usd('1000.00'),
    ...changes,
  };
}

/** A tax invoice that no other test has recorded. */
export function taxInvoice(changes: Partial<FactInput> = {}): FactInput {
  return { ...declaration(), type: 'tax-invoice', number: digits(20), ...changes };
}

/** How a claim names a recorded document. */
export function reference(fact: FactInput): DocumentReference {
  const issuer = { scheme: fact.seller.scheme, id: fact.seller.id };
  return { type: fact.type, number: fact.number, ...(fact.type !== 'customs-declaration' && { issuer }) };
}

export function cite(fact: FactInput): NonNullable<FactInput['cites']>[number] {
  return { ...reference(fact) };
}

/** The body of a claim of one line; the idempotency key travels in its header. */
export function claim(
  document: DocumentReference,
  amount: Money,
  changes: Partial<ClaimInput> = {},
): Omit<ClaimInput, 'idempotencyKey'> {
  return {
    applicationNumber: `APP-${digits(10)}`,
    enterprise: exporter,
    product: 'discount',
    amount,
    lines: [{ document, amount }],
    dueDate: inDays(90),
    ...changes,
  };
}

export function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Records a document and returns the id of the fact. */
export async function record(authority: Client, fact: FactInput): Promise<string> {
  const answer = await authority.post('/facts', fact);
  if (answer.status !== 201) throw new Error(`Not recorded: ${JSON.stringify(answer.body)}`);
  return textAt(answer.body, 'id');
}

/** What a bank is told about a document. */
export async function verify(bank: Client, fact: FactInput) {
  const particulars = { enterprise: { scheme: fact.seller.scheme, id: fact.seller.id }, total: fact.total };
  return bank.post('/verifications', { document: reference(fact), particulars });
}
