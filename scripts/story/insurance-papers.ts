import { randomInt } from 'node:crypto';
import type { DocumentReference, FactInput, Money } from '@pledgeonce/chaincode/api.js';
import { daysFromNow } from './claims.js';
import type { PricedFact } from './samples.js';

/** What an insurer records of one sale. */
export interface InsurancePapers {
  readonly policy: FactInput;
  readonly limit: FactInput;
  readonly shipment: FactInput;
}

/** A policy that bears 90 per cent, the limit of its buyer, and the shipment with its premium still to be paid. */
export function insurancePapers(invoice: PricedFact, limit: Money): InsurancePapers {
  const { seller, buyer, date, total } = invoice;
  const serial = String(randomInt(1e9)).padStart(9, '0');
  const policy = `POL-${serial}`;
  const common = { date, seller };
  return {
    policy: {
      ...common,
      type: 'insurance-policy',
      number: policy,
      policy: { insuredShare: 90, from: daysFromNow(-30), to: daysFromNow(335) },
    },
    limit: {
      ...common,
      type: 'buyer-limit',
      number: `LIM-${serial}`,
      buyer,
      total: limit,
      limit: { policy, validUntil: daysFromNow(335) },
    },
    shipment: {
      ...common,
      type: 'declared-shipment',
      number: `SHP-${serial}`,
      buyer,
      total,
      shipment: { policy, premiumPaid: false },
      cites: [
        { type: 'tax-invoice', number: invoice.number, issuer: { scheme: seller.scheme, id: seller.id } },
      ],
    },
  };
}

/** How a claim names a document of the insurer. */
export function coverBy({ type, number }: FactInput): DocumentReference {
  return { type, number };
}
