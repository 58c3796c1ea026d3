import type { ClaimInput, ClaimView, FactInput, FactView, Output } from '../api.js';
import { catalogue } from '../catalogue.js';
import { type ErrorCode, LedgerError } from '../errors.js';
import { dateOf } from '../rules/dates.js';
import { FakeLedger, members, type Person } from './fake-ledger.js';

/** The people of the tests. */
export const people = {
  customs: { mspId: 'CustomsMSP', role: 'officer', id: 'officer' },
  tax: { mspId: 'TaxMSP', role: 'officer', id: 'officer' },
  regulator: { mspId: 'RegulatorMSP', role: 'officer', id: 'officer' },
  regulatorApprover: { mspId: 'RegulatorMSP', role: 'approver', id: 'approver' },
  auditor: { mspId: 'RegulatorMSP', role: 'auditor', id: 'auditor' },
  insurer: { mspId: 'InsurerMSP', role: 'officer', id: 'officer' },
  insurerApprover: { mspId: 'InsurerMSP', role: 'approver', id: 'approver' },
  carrier: { mspId: 'CarrierMSP', role: 'officer', id: 'officer' },
  bankA: { mspId: 'BankAMSP', role: 'officer', id: 'officer' },
  approverA: { mspId: 'BankAMSP', role: 'approver', id: 'approver' },
  bankB: { mspId: 'BankBMSP', role: 'officer', id: 'officer' },
  approverB: { mspId: 'BankBMSP', role: 'approver', id: 'approver' },
  exporter: { mspId: 'EnterpriseMSP', role: 'officer', id: 'exporter-1', uscc: '91330200MA2CKXQ85H' },
  otherExporter: { mspId: 'EnterpriseMSP', role: 'officer', id: 'exporter-2', uscc: '91350100M000100Y43' },
} as const satisfies Record<string, Person>;

export const exporter = { scheme: 'USCC', id: people.exporter.uscc } as const;
export const otherExporter = { scheme: 'USCC', id: people.otherExporter.uscc } as const;
export const day = 86_400_000;

export const usd = (amount: string) => ({ amount, currency: 'USD' });

/** A ledger whose registry has a fingerprint key. */
export async function openLedger(): Promise<FakeLedger> {
  const ledger = new FakeLedger();
  await ledger.submit('initialise', people.regulator, {
    fingerprintKey: Buffer.alloc(32, 7).toString('base64'),
    members: members.map((one) => ({ ...one, title: one.id })),
  });
  return ledger;
}

export function declaration(more: Partial<FactInput> = {}): FactInput {
  return {
    type: 'customs-declaration',
    number: '310120260516789012',
    date: '2026-03-01',
    seller: { ...exporter, name: 'Ningbo Harbour Tools' },
    total: usd('100.00'),
    ...more,
  };
}

export function invoice(more: Partial<FactInput> = {}): FactInput {
  return { ...declaration(), type: 'tax-invoice', number: 'INV-001', ...more };
}

let keys = 0;
export const freshKey = () => `key-${(++keys).toString().padStart(8, '0')}`;

/** A claim of one amount on one document, the declaration unless told otherwise. */
export function claim(ledger: FakeLedger, amount: string, more: Partial<ClaimInput> = {}): ClaimInput {
  return {
    idempotencyKey: freshKey(),
    applicationNumber: `APP-${++keys}`,
    enterprise: exporter,
    product: 'invoice',
    amount: usd(amount),
    lines: [{ document: { type: 'customs-declaration', number: declaration().number }, amount: usd(amount) }],
    dueDate: dateOf(ledger.now + 90 * day),
    ...more,
  };
}

/** Records one document by the authority of its type. */
export async function record(ledger: FakeLedger, fact: FactInput, person?: Person): Promise<FactView> {
  const recorder = person ?? people[recorderOf(fact)];
  const { answer } = await ledger.submit('recordFacts', recorder, { facts: [fact] });
  const [item] = answer.items;
  if (item?.status !== 'recorded') throw new Error('not recorded');
  return item.fact;
}

function recorderOf({ type }: FactInput): 'customs' | 'tax' | 'insurer' | 'carrier' | 'exporter' {
  const [kind] = catalogue[type].recordedBy;
  if (kind === 'customs' || kind === 'tax' || kind === 'insurer' || kind === 'carrier') return kind;
  return 'exporter';
}

/** Reserves one claim. */
export async function reserve(
  ledger: FakeLedger,
  input: ClaimInput,
  person: Person = people.bankA,
): Promise<ClaimView> {
  const { answer } = await ledger.submit('reserveClaims', person, { claims: [input] });
  return firstReserved(answer);
}

export function firstReserved({ items }: Output<'reserveClaims'>): ClaimView {
  const [item] = items;
  if (item?.status !== 'reserved') throw new Error('not reserved');
  return item.claim;
}

/** Reserved, accepted by the second person, paid out. */
export async function disburse(ledger: FakeLedger, input: ClaimInput): Promise<ClaimView> {
  const { id } = await reserve(ledger, input);
  await ledger.submit('acceptClaim', people.approverA, { id, idempotencyKey: freshKey() });
  const { answer } = await ledger.submit('disburseClaim', people.bankA, { id, idempotencyKey: freshKey() });
  return answer;
}

/** What a bank would be told is left of a document. */
export async function remainingOf(ledger: FakeLedger, fact: FactInput): Promise<string | undefined> {
  const { answer } = await ledger.endorse('verifyDocument', people.bankB, {
    document: { type: fact.type, number: fact.number },
    particulars: {
      enterprise: { scheme: fact.seller.scheme, id: fact.seller.id },
      total: fact.total,
      quantity: fact.quantity,
    },
  });
  return (answer.remaining ?? answer.remainingQuantity)?.amount;
}

/** The refusal of a call that must be refused, after making sure that it left nothing behind. */
export async function refusal(ledger: FakeLedger, attempt: () => Promise<unknown>): Promise<LedgerError> {
  const before = ledger.snapshot();
  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    expect(ledger.snapshot()).toEqual(before);
    return error;
  }
  throw new Error('the ledger did not refuse');
}

/** Expects a refusal with this code, and that it wrote nothing. */
export async function refuses(
  ledger: FakeLedger,
  code: ErrorCode,
  attempt: () => Promise<unknown>,
): Promise<void> {
  expect((await refusal(ledger, attempt)).code).toBe(code);
}
