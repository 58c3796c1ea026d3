import { randomInt } from 'node:crypto';
import type { DocumentReference, FactInput, Money, PartyId } from '@pledgeonce/chaincode/api.js';
import type { PaymentInput } from '@pledgeonce/chaincode/payments/api.js';
import type { Answer, Client } from '../rest/client.js';
const exporter: PartyId = { scheme: 'USCC', id: '91330200MA2CKXQ85H' };
export const usd = (amount: string): Money => ({ amount, currency: 'USD' });

export const today = () => new Date().toISOString().slice(0, 10);
const serial = () => String(randomInt(1_000_000_000)).padStart(9, '0');

/** A document with the check code that the tax authority printed on it. */
export type CodedFact = FactInput & { readonly checkCode: string };

/** A tax filing for consultancy from abroad that nobody has recorded before. */
export function taxFiling(changes: Partial<FactInput> = {}): CodedFact {
  return {
    type: 'tax-filing',
    number: `${today().slice(0, 4)}-3302-${serial()}`,
    date: today(),
    seller: { scheme: 'LEGAL', id: 'HAMBURGCONSULT', name: 'Hamburg Consult' },
    buyer: exporter,
    total: usd('100000.00'),
    checkCode: serial(),
    filing: { subject: 'consultancy' },
    ...changes,
  } as CodedFact;
}

/** A paper of the capital account: profit of a foreign owner that is paid out. */
export function dividendPaper(changes: Partial<FactInput> = {}): CodedFact {
  return taxFiling({ type: 'capital-account-document', filing: { subject: 'dividend' }, ...changes });
}

/** A freight invoice that nobody has recorded before. */
export function freightInvoice(total: Money, changes: Partial<FactInput> = {}): CodedFact {
  return {
    type: 'freight-invoice',
    number: `F${serial()}${serial()}`,
    date: today(),
    seller: { scheme: 'USCC', id: '91350100M000100Y43', name: 'Seawind Forwarding' },
    buyer: exporter,
    total,
    checkCode: serial(),
    ...changes,
  } as CodedFact;
}

/** How a payment names the document. */
export function named({ type, number, seller }: FactInput): DocumentReference {
  return {
    type,
    number,
    ...(type === 'freight-invoice' && { issuer: { scheme: seller.scheme, id: seller.id } }),
  };
}

/** A bank shows the check code that its customer handed over. */
export function open(
  bank: Client,
  fact: CodedFact,
  checkCode = fact.checkCode,
  key?: string,
): Promise<Answer> {
  return bank.post('/document-openings', { document: named(fact), payer: exporter, checkCode }, key);
}

/** The body of a payment against documents; its amount is the sum that the caller states. */
export function payment(
  amount: Money,
  parts: readonly (readonly [fact: FactInput, part: Money])[],
  changes: Partial<PaymentInput> = {},
): Omit<PaymentInput, 'idempotencyKey'> {
  return {
    reference: `TT-${serial()}`,
    payer: exporter,
    payee: 'Hamburg Consult',
    purpose: 'service-trade',
    amount,
    paidOn: today(),
    lines: parts.map(([fact, part]) => ({ document: named(fact), amount: part })),
    ...changes,
  };
}
