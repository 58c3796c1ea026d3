import type { FactType } from '../api.js';
import type { MinorMoney } from '../rules/money.js';
import { filingThreshold } from '../rules/payment-threshold.js';
import type { PaymentPurpose } from './api.js';

/** What a payment abroad for one purpose must show. A new purpose adds a row. */
export interface PurposeRule {
  /** Types of documents that back it. */
  readonly documents: readonly FactType[];
  /** Up to the equivalent of this it needs none. */
  readonly exemptUpTo?: MinorMoney;
}

export const purposes: Readonly<Record<PaymentPurpose, PurposeRule>> = {
  'service-trade': { documents: ['tax-filing'], exemptUpTo: filingThreshold },
  freight: { documents: ['freight-invoice'] },
  'capital-account': { documents: ['capital-account-document'] },
};
