import type { Input } from '../api.js';
import { creditCategories, type CreditContent } from '../credit/api.js';
import { dateOf } from '../rules/dates.js';
import type { FakeLedger, Person } from './fake-ledger.js';
import { day, declaration, exporter, freshKey, openLedger, people, record, usd } from './story.js';
import type { LoanView, MandateView } from '../loans/api.js';

/** The identity of a bank's gateway. */
export const service: Person = { mspId: 'BankAMSP', role: 'service', id: 'clerk' };
export const rules = 'a'.repeat(64);
export const reasons = [{ rule: 'within-the-rules', detail: 'Class A.' }];
export const basic: CreditContent = {
  category: 'basic',
  name: 'Ningbo Harbour Tools',
  directoryStatus: 'listed',
  class: 'A',
};

/** A registry with a declaration of 100 and a credit record of the exporter. */
export async function ledgerForLoans(): Promise<FakeLedger> {
  const ledger = await openLedger();
  await record(ledger, declaration());
  await ledger.submit('recordCredit', people.regulator, { enterprise: exporter, content: basic });
  return ledger;
}

export async function authorise(ledger: FakeLedger, more: object = {}): Promise<string> {
  const { answer } = await ledger.submit('authoriseQuery', people.exporter, {
    idempotencyKey: freshKey(),
    bank: 'BankAMSP',
    categories: [...creditCategories],
    purpose: 'Micro loan',
    from: dateOf(ledger.now),
    to: dateOf(ledger.now + 30 * day),
    uses: 1,
    ...more,
  });
  return answer.id;
}

export function application(
  authorisation: string,
  more: Partial<Input<'applyForLoan'>> = {},
): Input<'applyForLoan'> {
  return {
    idempotencyKey: freshKey(),
    bank: 'BankAMSP',
    tenorDays: 90,
    purpose: 'Raw material',
    ...askingFor('60.00'),
    authorisation,
    ...more,
  };
}

/** The part of an application that says how much, and on which declaration. */
export function askingFor(
  amount: string,
  { number, total = usd('100.00') } = declaration(),
): Pick<Input<'applyForLoan'>, 'amount' | 'lines'> {
  const document = { type: 'customs-declaration', number } as const;
  return { amount: usd(amount), lines: [{ document, total, amount: usd(amount) }] };
}

export async function applied(
  ledger: FakeLedger,
  more: Partial<Input<'applyForLoan'>> = {},
): Promise<LoanView> {
  const input = application(await authorise(ledger), more);
  return (await ledger.submit('applyForLoan', people.exporter, input)).answer;
}

export async function granted(
  ledger: FakeLedger,
  more: Partial<Input<'proposeMandate'>> = {},
): Promise<MandateView> {
  const proposed = await ledger.submit('proposeMandate', people.bankA, {
    idempotencyKey: freshKey(),
    rules,
    largest: usd('80.00'),
    total: usd('100.00'),
    validUntil: dateOf(ledger.now + 30 * day),
    ...more,
  });
  const { answer } = await ledger.submit('grantMandate', people.approverA, {
    id: proposed.answer.id,
    idempotencyKey: freshKey(),
  });
  return answer;
}

/** What the gateway asks for when its rules say yes. */
export function approval(
  id: string,
  mandate: string,
  amount = '60.00',
  exposure = 0,
  advanceRate = 100,
): Input<'decideLoan'> {
  const terms = { amount: usd(amount), rate: '2.00' };
  return { id, rules, mandate, outcome: { decision: 'approved', terms, reasons, advanceRate, exposure } };
}

export const referral = (id: string): Input<'decideLoan'> => ({
  id,
  rules,
  outcome: { decision: 'referred', reasons: [{ rule: 'refer-from', detail: 'A person looks at it.' }] },
});
