import type { FactType } from '../api.js';
import type { LineRole } from '../catalogue.js';
import type { MinorMoney } from '../rules/money.js';
import { filingThreshold } from '../rules/payment-threshold.js';
import type { PaymentPurpose } from './api.js';

/** What a payment abroad for one purpose must show. A new purpose adds a row. */
export interface PurposeRule {
  /** Types of documents that back it. */
  readonly documents: readonly FactType[];
  /** Whether it uses up what they state, or marks them: a marked document says nothing of what the payment is worth. */
  readonly drawnAs: Extract<LineRole, 'payment' | 'mark'>;
  /** Up to the equivalent of this it needs none. */
  readonly exemptUpTo?: MinorMoney;
}

export const purposes: Readonly<Record<PaymentPurpose, PurposeRule>> = {
  'service-trade': { documents: ['tax-filing'], drawnAs: 'payment', exemptUpTo: filingThreshold },
  freight: { documents: ['freight-invoice'], drawnAs: 'payment' },
  'capital-account': { documents: ['capital-account-document'], drawnAs: 'payment' },
  'offshore-trade': { documents: ['bill-of-lading', 'rail-waybill', 'warehouse-receipt'], drawnAs: 'mark' },
};
