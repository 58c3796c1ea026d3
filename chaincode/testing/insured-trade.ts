import type { AssignmentView } from '../insurance/api.js';
import type { ClaimInput, FactInput, FactView } from '../api.js';
import { dateOf } from '../rules/dates.js';
import type { FakeLedger } from './fake-ledger.js';
import { claim, day, exporter, freshKey, openLedger, people, record, usd } from './story.js';

export const buyer = { scheme: 'VAT', id: 'DE123456789' } as const;
const seller = { ...exporter, name: 'Ningbo Harbour Tools' };

/** An invoice of 100, its declared shipment, and a limit of 200 under a policy that bears 80 per cent. */
export interface InsuredTrade {
  readonly ledger: FakeLedger;
  readonly invoice: FactInput;
  readonly policy: FactView;
  readonly limit: FactView;
  readonly shipment: FactView;
}

export interface Changes {
  readonly invoice?: Partial<FactInput>;
  readonly policy?: Partial<FactInput>;
  readonly limit?: Partial<FactInput>;
  readonly shipment?: Partial<FactInput>;
}

/** Records everything that an insured claim needs but the assignment. */
export async function insuredTrade(changes: Changes = {}): Promise<InsuredTrade> {
  const ledger = await openLedger();
  const date = dateOf(ledger.now);
  const [from, to] = [dateOf(ledger.now - 100 * day), dateOf(ledger.now + 200 * day)];
  const policy = await record(ledger, {
    type: 'insurance-policy',
    number: 'POL-1',
    date,
    seller,
    policy: { insuredShare: 80, from, to },
    ...changes.policy,
  });
  const limit = await record(ledger, {
    type: 'buyer-limit',
    number: 'LIM-1',
    date,
    seller,
    buyer,
    total: usd('200.00'),
    limit: { policy: 'pol 1', validUntil: to },
    ...changes.limit,
  });
  const invoice: FactInput = {
    type: 'tax-invoice',
    number: 'INV-1',
    date,
    seller,
    buyer,
    total: usd('100.00'),
    ...changes.invoice,
  };
  await record(ledger, invoice);
  const shipment = await record(ledger, {
    type: 'declared-shipment',
    number: 'SHP-1',
    date,
    seller,
    buyer,
    total: usd('100.00'),
    shipment: { policy: 'POL-1', premiumPaid: true },
    cites: [{ type: 'tax-invoice', number: 'INV-1', issuer: exporter }],
    ...changes.shipment,
  });
  return { ledger, invoice, policy, limit, shipment };
}

/** The exporter proposes, the insurer confirms. */
export async function assign(
  ledger: FakeLedger,
  bank = 'BankAMSP',
  limit = 'LIM-1',
): Promise<AssignmentView> {
  const proposal = { idempotencyKey: freshKey(), bank, limit };
  const { answer } = await ledger.submit('proposeAssignment', people.exporter, proposal);
  return (await ledger.submit('confirmAssignment', people.insurerApprover, { id: answer.id })).answer;
}

/** Everything that an insured claim needs. */
export async function assignedTrade(changes: Changes = {}): Promise<InsuredTrade> {
  const trade = await insuredTrade(changes);
  await assign(trade.ledger);
  return trade;
}

/** A claim on the invoice, covered by shipment and limit in the same amount. */
export function insuredClaim(
  ledger: FakeLedger,
  amount: string,
  changes: Partial<ClaimInput> = {},
): ClaimInput {
  return claim(ledger, amount, {
    product: 'insured',
    lines: [{ document: { type: 'tax-invoice', number: 'INV-1' }, amount: usd(amount) }],
    cover: [
      { document: { type: 'buyer-limit', number: 'LIM-1' }, amount: usd(amount) },
      { document: { type: 'declared-shipment', number: 'SHP-1' }, amount: usd(amount) },
    ],
    ...changes,
  });
}
