import type { FactInput, LedgerEvent } from '@pledgeonce/chaincode/api.js';
import { authorisationVersions } from '@pledgeonce/chaincode/authorisations/records.js';
import { type Claim, claimVersions } from '@pledgeonce/chaincode/claims/records.js';
import { creditRecordAt, queryVersions } from '@pledgeonce/chaincode/credit/records.js';
import { factVersionAt } from '@pledgeonce/chaincode/facts/records.js';
import type { Address } from '@pledgeonce/chaincode/ledger/addresses.js';
import { encodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { type Loan, loanVersions } from '@pledgeonce/chaincode/loans/records.js';
import { type Objection, objectionVersions } from '@pledgeonce/chaincode/objections/records.js';
import {
  type FinancingRequest,
  type Offer,
  offerVersions,
  requestVersions,
} from '@pledgeonce/chaincode/offers/records.js';
import { type Payment, paymentVersions } from '@pledgeonce/chaincode/payments/records.js';
import { digest } from '@pledgeonce/chaincode/rules/fingerprints.js';
import type { Projection } from '../projection.js';
import type { PrivateValue } from '../read-block.js';

/** An id as the ledger makes them, the same for the same name. */
export const idOf = (name: string) => digest(name);

const seller = { scheme: 'USCC', id: '91330200MA2CKXQ85H' } as const;
const usd = (amount: string) => ({ amount, currency: 'USD' });
const person = { mspId: 'BankAMSP', id: 'anna' };
const at = '2026-11-01T00:00:00.000Z';

/** A private record as a block holds it. */
export function privateValue<T>(
  { collection = '', key, kind, addressee }: Address<T>,
  record: T,
): PrivateValue {
  return { collection, key, value: encodeRecord(kind, record, { addressee }) };
}

/** A document of one seller, recorded by Tax or, with a type of theirs, by another authority. */
export function factRecord(
  name: string,
  {
    amount = '100.00',
    number = name.toUpperCase().replace(/ /g, ''),
    type = 'tax-invoice',
    date = '2026-10-01',
    cites = [],
  }: Partial<Pick<FactInput, 'number' | 'type' | 'date' | 'cites'>> & { readonly amount?: string } = {},
): PrivateValue {
  return privateValue(factVersionAt(idOf(name), 1), {
    id: idOf(name),
    version: 1,
    status: 'active',
    authority: type === 'customs-declaration' ? 'CustomsMSP' : 'TaxMSP',
    issuer: seller,
    content: { type, number, date, seller, total: usd(amount), cites },
    by: { mspId: 'TaxMSP', id: 'officer' },
    recordedAt: at,
    updatedAt: at,
  });
}

/** A request of the portal's, to Bank A. */
export function requestRecord(name: string, more: Partial<FinancingRequest> = {}): PrivateValue {
  const record: FinancingRequest = {
    id: idOf(name),
    state: 'open',
    seq: 1,
    owner: 'EnterpriseMSP',
    enterprise: seller,
    banks: ['BankAMSP'],
    amount: usd('60.00'),
    tenorDays: 90,
    product: 'discount',
    purpose: 'Raw material',
    lines: [{ document: { type: 'tax-invoice', number: 'A' }, amount: usd('60.00') }],
    deadline: '2026-11-02T00:00:00.000Z',
    createdAt: at,
    updatedAt: at,
    request: 'digest',
    ...more,
  };
  return privateValue(requestVersions.at('EnterpriseMSP', record.id, record.seq), record);
}

/** Bank A's offer on a request. */
export function offerRecord(name: string, request: string, more: Partial<Offer> = {}): PrivateValue {
  const record: Offer = {
    id: idOf(name),
    state: 'sealed',
    seq: 1,
    request: idOf(request),
    bank: 'BankAMSP',
    commitment: idOf(`commitment ${name}`),
    createdAt: at,
    updatedAt: at,
    sealedBy: 'anna',
    ...more,
  };
  return privateValue(offerVersions.at('BankAMSP', record.id, record.seq), record);
}

/** A decided objection to an invoice, the document with the id of `fact of` its name. @param holder undefined: the whole. */
export function objectionRecord(
  name: string,
  holder: string | undefined,
  more: Partial<Objection> = {},
): PrivateValue {
  const record: Objection = {
    id: idOf(name),
    state: 'held',
    seq: 2,
    document: { type: 'tax-invoice', number: 'INV-1' },
    raisedBy: 'enterprise',
    objector: 'EnterpriseMSP',
    enterprise: seller,
    reason: 'It was never loaded.',
    answers: [],
    decision: { outcome: 'correct', reason: 'The events say so.', at },
    fact: idOf(`fact of ${name}`),
    requests: [],
    createdAt: at,
    updatedAt: at,
    ...more,
  };
  const { id, seq } = record;
  return privateValue(
    holder === undefined ? objectionVersions.wholeAt(id, seq) : objectionVersions.at(holder, id, seq),
    record,
  );
}

/** An application to Bank A. */
export function loanRecord(name: string, more: Partial<Loan> = {}): PrivateValue {
  const record: Loan = {
    id: idOf(name),
    state: 'submitted',
    seq: 1,
    owner: 'EnterpriseMSP',
    enterprise: seller,
    bank: 'BankAMSP',
    amount: usd('60.00'),
    tenorDays: 90,
    purpose: 'Raw material',
    lines: [{ document: { type: 'tax-invoice', number: 'A' }, total: usd('60.00'), amount: usd('60.00') }],
    authorisation: idOf('authorisation'),
    reasons: [],
    createdAt: at,
    updatedAt: at,
    request: 'digest',
    ...more,
  };
  return privateValue(loanVersions.at('BankAMSP', record.id, record.seq), record);
}

/** An authorisation of an enterprise for Bank A, as the portal has it. */
export function authorisationRecord(name: string, enterprise: string = seller.id): PrivateValue {
  const id = idOf(name);
  return privateValue(authorisationVersions.at('EnterpriseMSP', id, 1), {
    id,
    seq: 1,
    state: 'active',
    owner: 'EnterpriseMSP',
    enterprise: { ...seller, id: enterprise },
    bank: 'BankAMSP',
    categories: ['basic'],
    purpose: 'Export loan',
    from: '2026-11-01',
    to: '2026-12-01',
    uses: 1,
    usesLeft: 1,
    createdAt: at,
    updatedAt: at,
    request: 'digest',
  });
}

/** Bank A's query of an enterprise's records, that quotes an authorisation. */
export function queryRecord(
  name: string,
  authorisation: string,
  enterprise: string = seller.id,
): PrivateValue {
  const id = idOf(name);
  return privateValue(queryVersions.at('EnterpriseMSP', id, 1), {
    id,
    seq: 1,
    state: 'asked',
    bank: 'BankAMSP',
    person: 'anna',
    enterprise: { ...seller, id: enterprise },
    authorisation: idOf(authorisation),
    categories: ['basic'],
    purpose: 'Export loan',
    at,
    opened: [],
    request: 'digest',
  });
}

/** What the regulator knows of an enterprise, under an id of its own. */
export function creditRecord(name: string): PrivateValue {
  const [id, version] = [idOf(name), 1];
  return privateValue(creditRecordAt(id, version), {
    id,
    version,
    enterprise: seller,
    category: 'basic',
    content: { category: 'basic', name: 'Ningbo Harbour Tools', directoryStatus: 'listed', class: 'A' },
    recordedAt: at,
  });
}

/** A claim on documents, named as {@link idOf} names them. */
export function claimRecord(
  name: string,
  { facts = [], ...more }: Partial<Claim> & { readonly facts?: readonly string[] } = {},
): PrivateValue {
  const amount = more.amount ?? 6_000n;
  const record: Claim = {
    id: idOf(name),
    seq: 1,
    state: 'reserved',
    owner: 'BankAMSP',
    applicationNumber: name,
    enterprise: seller,
    product: 'discount',
    currency: 'USD',
    amount,
    outstanding: amount,
    lines: facts.map((fact) => ({
      role: 'receivable',
      document: { type: 'tax-invoice', number: fact },
      fact: idOf(fact),
      underlying: idOf(fact),
      amount,
      outstanding: amount,
      currency: 'USD',
      drawn: amount,
      held: amount,
      revolving: false,
    })),
    dueDate: '2027-03-01',
    firstDueDate: '2027-03-01',
    expiresAt: Date.parse('2026-11-04T00:00:00Z'),
    extensions: 0,
    repayments: [],
    reservedBy: person,
    by: person,
    requests: [],
    createdAt: at,
    updatedAt: at,
    ...more,
  };
  return privateValue(claimVersions.at(record.owner, record.id, record.seq), record);
}

/** A payment of Bank A for services, of the exporter. */
export function paymentRecord(
  reference: string,
  { documents = [], ...more }: Partial<Payment> & { readonly documents?: readonly string[] } = {},
): PrivateValue {
  const record: Payment = {
    ...{ id: idOf(reference), seq: 1, state: 'marked', owner: 'BankAMSP', reference, payer: seller },
    ...{ payee: 'Hamburg Consult', purpose: 'service-trade', currency: 'USD', amount: 6_000n },
    paidOn: '2026-11-01',
    lines: documents.map((number) => ({
      ...{ role: 'payment', document: { type: 'tax-filing', number }, fact: idOf(number) },
      ...{ underlying: idOf(number), amount: 6_000n, outstanding: 6_000n, currency: 'USD' },
      ...{ drawn: 6_000n, held: 6_000n, revolving: false },
    })),
    filingRequired: true,
    ...{ by: person, requests: [], createdAt: at, updatedAt: at },
    ...more,
  };
  return privateValue(paymentVersions.at(record.owner, record.id, record.seq), record);
}

/** Puts records into the tables as the next block, one transaction for each list. */
export function applyRecords(
  projection: Projection,
  certificate: string,
  ...transactions: (readonly PrivateValue[])[]
): void {
  applyBlock(projection, certificate, undefined, transactions);
}

/** The next block: one transaction that tells this, and what it wrote for the organisation. */
export function applyEvent(
  projection: Projection,
  certificate: string,
  event: LedgerEvent,
  ...values: PrivateValue[]
): void {
  applyBlock(projection, certificate, event, [values]);
}

function applyBlock(
  projection: Projection,
  certificate: string,
  event: LedgerEvent | undefined,
  transactions: readonly (readonly PrivateValue[])[],
): void {
  const number = projection.nextBlock;
  projection.apply({
    number,
    hash: '',
    malformed: [],
    transactions: transactions.map((values, position) => ({
      transactionId: digest(`tx ${number} ${position}`),
      position,
      time: at,
      mspId: 'BankAMSP',
      certificate,
      code: 0,
      event,
      hashes: [],
      values,
    })),
  });
}
