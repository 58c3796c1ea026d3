import type { CitedType, FactType, PartyId } from './api.js';
import type { OrganisationKind } from './permissions.js';
import { customsNumber, type DeclarationContext } from './rules/customs-numbers.js';

/** One type of trade document. A new scenario adds a row, not a contract. */
export interface FactRule {
  /** Documents of one family by the same issuer under the same number speak of the same trade. */
  readonly family: string;
  /** Kinds of organisation that may record it; the one that did is its authority from then on. */
  readonly recordedBy: readonly OrganisationKind[];
  /** Who gave the number: the seller, or an organisation whatever the seller. */
  readonly issuer: 'seller' | PartyId;
  /**
   * What the balance measures. `payable`: what is still to be paid limits the draws on the document and on its trade.
   * `lowers-corrected`: no balance of its own, it lowers that of the invoice that it corrects.
   */
  readonly balance: 'payable' | 'lowers-corrected';
  /** Whether claims may name it. */
  readonly financeable: boolean;
  /** Whether whatever repayment restores the balance, as with a buyer limit. */
  readonly revolving: boolean;
  /** The one spelling of its number, where there is more to it than the rule for all numbers. */
  readonly number?: (canonical: string, context: DeclarationContext, field: string) => string;
}

const customs: PartyId = { scheme: 'MSP', id: 'CustomsMSP' };

export const catalogue: Readonly<Record<FactType, FactRule>> = {
  'customs-declaration': {
    family: 'declaration',
    recordedBy: ['customs'],
    issuer: customs,
    balance: 'payable',
    financeable: true,
    revolving: false,
    number: customsNumber,
  },
  'commercial-invoice': {
    family: 'invoice',
    recordedBy: ['enterprise'],
    issuer: 'seller',
    balance: 'payable',
    financeable: true,
    revolving: false,
  },
  'tax-invoice': {
    family: 'invoice',
    recordedBy: ['tax'],
    issuer: 'seller',
    balance: 'payable',
    financeable: true,
    revolving: false,
  },
  'credit-note': {
    family: 'credit-note',
    recordedBy: ['tax', 'enterprise'],
    issuer: 'seller',
    balance: 'lowers-corrected',
    financeable: false,
    revolving: false,
  },
};

/**
 * The family under which a cited paper joins trades. Orders and framework contracts are missing: many trades share one,
 * and to be ordered together is not to be the same goods.
 */
export const joiningFamily: Readonly<Partial<Record<CitedType, string>>> = {
  'customs-declaration': 'declaration',
  'commercial-invoice': 'invoice',
  'tax-invoice': 'invoice',
  'bill-of-lading': 'bill-of-lading',
  waybill: 'waybill',
  'despatch-advice': 'despatch-advice',
};
