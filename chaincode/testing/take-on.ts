import type { ClaimView, FactInput, Input } from '../api.js';
import type { ErrorCode } from '../errors.js';
import { dateOf } from '../rules/dates.js';
import type { TakeOnLine } from '../take-on/api.js';
import type { FakeLedger, Person } from './fake-ledger.js';
import { day, people, refuses, usd } from './story.js';

/** Opens a window for both banks, or on other terms. */
export async function openWindow(
  ledger: FakeLedger,
  terms: Partial<Input<'proposeTakeOnWindow'>> = {},
): Promise<void> {
  const { answer } = await ledger.submit('proposeTakeOnWindow', people.regulator, {
    cutOff: dateOf(ledger.now),
    until: dateOf(ledger.now + 30 * day),
    banks: ['BankAMSP', 'BankBMSP'],
    ...terms,
  });
  await ledger.submit('openTakeOnWindow', people.regulatorApprover, { number: answer.number });
}

export async function closeWindow(ledger: FakeLedger): Promise<void> {
  await ledger.submit('closeTakeOnWindow', people.regulatorApprover, { number: 1 });
}

let loans = 0;

/** A running loan of so much on one document, as a bank's book has it. */
export function loanOn(fact: FactInput, amount: string, more: Partial<TakeOnLine> = {}): TakeOnLine {
  return {
    reference: `LN-${++loans}`,
    enterprise: { scheme: fact.seller.scheme, id: fact.seller.id },
    product: 'invoice',
    amount: usd(amount),
    outstanding: usd(amount),
    lines: [{ document: { type: fact.type, number: fact.number }, amount: usd(amount) }],
    paidOutOn: '2026-03-15',
    dueDate: '2029-03-15',
    ...more,
  };
}

/** Brings one loan, and reads the claim that it became. */
export async function take(
  ledger: FakeLedger,
  line: TakeOnLine,
  person: Person = people.approverA,
): Promise<ClaimView> {
  const { answer } = await ledger.submit('takeOn', person, { lines: [line] });
  const [item] = answer.items;
  if (item?.status !== 'taken-on') throw new Error('not taken on');
  return (await ledger.endorse('readClaim', person, { id: item.claim.id })).answer;
}

export async function takeRefused(
  ledger: FakeLedger,
  code: ErrorCode,
  line: TakeOnLine,
  person: Person = people.approverA,
): Promise<void> {
  await refuses(ledger, code, () => ledger.submit('takeOn', person, { lines: [line] }));
}
