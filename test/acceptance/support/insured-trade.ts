import { randomInt } from 'node:crypto';
import type { ClaimInput, FactInput, Money, PartyId } from '@pledgeonce/chaincode/api.js';
import { textAt } from '@pledgeonce/scripts/rest/json.js';
import { customsOfficer, person, taxOfficer } from './consortium.js';
import { cite, claim, declaration, inDays, record, reference, taxInvoice, usd } from './documents.js';

export const insurer = () => person('InsurerMSP', 'officer');
export const insurerApprover = () => person('InsurerMSP', 'approver');
export const exporterPerson = () => person('EnterpriseMSP', 'exporter-1');

/** A sale with a declaration and an invoice, the policy, the limit of its buyer and the declared shipment. */
export interface InsuredTrade {
  readonly declaration: FactInput;
  readonly invoice: FactInput;
  readonly policy: FactInput;
  readonly limit: FactInput;
  readonly shipment: FactInput;
  /** Facts of the insurer by their ids. */
  readonly ids: { readonly policy: string; readonly limit: string; readonly shipment: string };
}

export interface Amounts {
  readonly declared?: string;
  readonly invoiced?: string;
  readonly shipped?: string;
  readonly limit?: string;
  readonly insuredShare?: number;
  /** Changes of the insurer's documents. */
  readonly shipment?: Partial<FactInput>;
  readonly limitDocument?: Partial<FactInput>;
  readonly policy?: Partial<FactInput>;
}

const fresh = (prefix: string) => `${prefix}${randomInt(1e12)}`;

/** Records a trade of 1000 that nobody has used: insured share 90 per cent, limit 2000. */
export async function insuredTrade(amounts: Amounts = {}): Promise<InsuredTrade> {
  const [customs, tax, cover] = [await customsOfficer(), await taxOfficer(), await insurer()];
  const buyer: PartyId = { scheme: 'VAT', id: `DE${String(randomInt(1e8, 1e9))}` };
  const invoice = taxInvoice({ buyer, total: usd(amounts.invoiced ?? '1000.00') });
  const declared = declaration({ buyer, total: usd(amounts.declared ?? '1000.00'), cites: [cite(invoice)] });
  const { seller, date } = invoice;
  const policy: FactInput = {
    type: 'insurance-policy',
    number: fresh('POL'),
    date,
    seller,
    policy: { insuredShare: amounts.insuredShare ?? 90, from: inDays(-30), to: inDays(300) },
    ...amounts.policy,
  };
  const limit: FactInput = {
    type: 'buyer-limit',
    number: fresh('LIM'),
    date,
    seller,
    buyer,
    total: usd(amounts.limit ?? '2000.00'),
    limit: { policy: policy.number, validUntil: inDays(300) },
    ...amounts.limitDocument,
  };
  const shipment: FactInput = {
    type: 'declared-shipment',
    number: fresh('SHP'),
    date,
    seller,
    buyer,
    total: usd(amounts.shipped ?? '1000.00'),
    shipment: { policy: policy.number, premiumPaid: true },
    cites: [cite(invoice)],
    ...amounts.shipment,
  };
  await record(tax, invoice);
  await record(customs, declared);
  const ids = {
    policy: await record(cover, policy),
    limit: await record(cover, limit),
    shipment: await record(cover, shipment),
  };
  return { declaration: declared, invoice, policy, limit, shipment, ids };
}

/** The exporter proposes the bank, the insurer confirms it; returns the id of the assignment. */
export async function assign(limit: FactInput, bank = 'BankAMSP'): Promise<string> {
  const proposed = await (await exporterPerson()).post('/assignments', { bank, limit: limit.number });
  const id = textAt(proposed.body, 'id');
  const confirmed = await (await insurerApprover()).post(`/assignments/${id}/confirmation`, {});
  if (confirmed.status !== 200) throw new Error(`Not confirmed: ${JSON.stringify(confirmed.body)}`);
  return id;
}

/** The body of a claim on the invoice, covered by shipment and limit. */
export function insuredClaim(
  { invoice, limit, shipment }: InsuredTrade,
  amount: Money,
  changes: Partial<ClaimInput> = {},
): Omit<ClaimInput, 'idempotencyKey'> {
  return claim(reference(invoice), amount, {
    product: 'insured',
    cover: [limit, shipment].map((fact) => ({ document: reference(fact), amount })),
    ...changes,
  });
}
