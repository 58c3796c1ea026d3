import type { CitedType, FactType } from './api.js';
import type { OrganisationKind } from './permissions.js';
import { billNumber, type BillContext } from './rules/bill-numbers.js';
import { customsNumber, isImport, type DeclarationContext } from './rules/customs-numbers.js';
import { factTypes } from './schemas.js';

/** What a line of a draw is to the document that it names. */
export const lineRoles = ['receivable', 'cover', 'collateral', 'payment', 'mark'] as const;
export type LineRole = (typeof lineRoles)[number];

/** What a document says that a rule for its number may ask for. */
export type NumberContext = DeclarationContext & BillContext;

/**
 * What the amounts of several documents of one trade have in common. Within one trade, the types of one dimension limit
 * each other, and only the draws on them count: freight is owed beside the price of the goods, not out of it. An order is
 * what documents of the price come out of: see rules/evidence/orders.ts.
 */
export const dimensions = ['price', 'order', 'freight', 'cover', 'filing', 'goods'] as const;
export type Dimension = (typeof dimensions)[number];

/** The member of a document in which a type says what only it can say. */
export type Section = 'filing' | 'policy' | 'limit' | 'shipment' | 'transport' | 'letterOfCredit';

/** One type of trade document. A new scenario adds a row, not a contract. */
export interface FactRule {
  /** Documents of one family by the same issuer under the same number speak of the same trade. */
  readonly family: string;
  /** Kinds of organisation that may record it; the one that did is its authority from then on. */
  readonly recordedBy: readonly OrganisationKind[];
  /** Who gave the number: the seller, or the member that recorded it, of which there may be several. */
  readonly issuer: 'seller' | 'recorder';
  /** Whose document it is: a draw must name that enterprise. */
  readonly holder: 'seller' | 'buyer';
  /**
   * What the balance measures. `payable`: what is still to be paid. `freight`: the same, but a document that states no
   * freight is good too. `quantity`: goods. `none`: it states nothing and limits nothing. `lowers-corrected`: no
   * balance of its own, it lowers that of the invoice that it corrects.
   */
  readonly balance: 'payable' | 'freight' | 'quantity' | 'none' | 'lowers-corrected';
  readonly dimension: Dimension;
  /** As what a line may draw on it; nothing: no draw may name it. */
  readonly drawnAs: readonly LineRole[];
  /** Whether its citations join it to the trade of what it cites. A limit serves many trades. */
  readonly evidence: boolean;
  /** Whether whatever repayment restores the balance, as with a buyer limit. */
  readonly revolving: boolean;
  /** What it must say in a member of its own. */
  readonly section?: Section;
  /** Whether it says nothing unless it names the buyer. */
  readonly namesBuyer?: true;
  /** Whether it may say in which instalments it is paid. */
  readonly instalments?: true;
  /** Whether it is shown and drawn on only with the check code printed on it. */
  readonly checkCode?: true;
  /**
   * Whether one that cites another of its family speaks of what that one states already: a house bill of its master's
   * goods, a receipt of the lot that its parent receipt stands for.
   */
  readonly restates?: true;
  /** Whether the document with this number is a receivable at all: who imports owes, and is owed nothing. */
  readonly isReceivable?: (canonical: string) => boolean;
  /** The one spelling of its number, where there is more to it than the rule for all numbers. */
  readonly number?: (canonical: string, context: NumberContext, field: string) => string;
}

const receivable = {
  issuer: 'seller',
  holder: 'seller',
  balance: 'payable',
  dimension: 'price',
  drawnAs: ['receivable'],
  evidence: true,
  revolving: false,
} as const satisfies Partial<FactRule>;

const paidAgainst = {
  recordedBy: ['tax'],
  holder: 'buyer',
  balance: 'payable',
  dimension: 'filing',
  drawnAs: ['payment'],
  // One filing serves many payments, and the trade behind it is not on this ledger.
  evidence: false,
  revolving: false,
  checkCode: true,
} as const satisfies Partial<FactRule>;

const insurers = {
  recordedBy: ['insurer'],
  issuer: 'recorder',
  holder: 'seller',
  dimension: 'cover',
} as const satisfies Partial<FactRule>;

const carriers = {
  recordedBy: ['carrier'],
  issuer: 'recorder',
  holder: 'seller',
  dimension: 'freight',
  evidence: true,
  section: 'transport',
  restates: true,
} as const satisfies Partial<FactRule>;

export const catalogue: Readonly<Record<FactType, FactRule>> = {
  'customs-declaration': {
    ...receivable,
    family: 'declaration',
    recordedBy: ['customs'],
    issuer: 'recorder',
    number: customsNumber,
    isReceivable: (number) => !isImport(number),
  },
  'commercial-invoice': { ...receivable, family: 'invoice', recordedBy: ['enterprise'], instalments: true },
  'tax-invoice': { ...receivable, family: 'invoice', recordedBy: ['tax'], instalments: true },
  // The seller records it, and until its buyer has confirmed it, it allows and limits nothing.
  'purchase-order': {
    ...receivable,
    family: 'purchase-order',
    recordedBy: ['enterprise'],
    dimension: 'order',
    namesBuyer: true,
  },
  'credit-note': {
    ...receivable,
    family: 'credit-note',
    recordedBy: ['tax', 'enterprise'],
    balance: 'lowers-corrected',
    drawnAs: [],
  },
  'tax-filing': {
    ...paidAgainst,
    family: 'tax-filing',
    issuer: 'recorder',
    section: 'filing',
  },
  'freight-invoice': { ...paidAgainst, family: 'freight-invoice', issuer: 'seller' },
  'capital-account-document': {
    ...paidAgainst,
    family: 'capital-account-document',
    issuer: 'recorder',
    section: 'filing',
  },
  'insurance-policy': {
    ...insurers,
    family: 'insurance-policy',
    balance: 'none',
    drawnAs: [],
    evidence: false,
    revolving: false,
    section: 'policy',
  },
  'buyer-limit': {
    ...insurers,
    family: 'buyer-limit',
    balance: 'payable',
    drawnAs: ['cover'],
    evidence: false,
    revolving: true,
    section: 'limit',
    namesBuyer: true,
  },
  'declared-shipment': {
    ...insurers,
    family: 'declared-shipment',
    balance: 'payable',
    drawnAs: ['cover'],
    evidence: true,
    revolving: false,
    section: 'shipment',
    namesBuyer: true,
  },
  // A bank that advises it is a party to loans under it: it is named beside a receivable, and only limits what is drawn.
  'letter-of-credit': {
    family: 'letter-of-credit',
    recordedBy: ['bank'],
    issuer: 'recorder',
    holder: 'seller',
    balance: 'payable',
    dimension: 'cover',
    drawnAs: ['cover'],
    // Many shipments are presented under one credit.
    evidence: false,
    revolving: false,
    section: 'letterOfCredit',
  },
  'bill-of-lading': {
    ...carriers,
    family: 'bill-of-lading',
    balance: 'freight',
    drawnAs: ['receivable', 'mark'],
    revolving: false,
    number: billNumber,
  },
  'rail-waybill': {
    ...carriers,
    family: 'waybill',
    balance: 'freight',
    drawnAs: ['receivable', 'mark'],
    revolving: false,
  },
  'warehouse-receipt': {
    ...carriers,
    family: 'warehouse-receipt',
    balance: 'quantity',
    dimension: 'goods',
    drawnAs: ['collateral', 'mark'],
    // Goods that are pledged are free again once the loan is repaid; goods that leave are an amendment by the warehouse.
    revolving: true,
  },
};

/**
 * The family under which a cited paper joins trades. Framework contracts are missing: many trades share one. So may an
 * order, and to be ordered together is not to be the same goods: it joins no more documents than one trade can hold.
 */
export const joiningFamily: Readonly<Partial<Record<CitedType, string>>> = {
  ...Object.fromEntries(
    factTypes.filter((type) => isJoining(catalogue[type])).map((type) => [type, catalogue[type].family]),
  ),
  // Papers that nobody records.
  waybill: 'waybill',
  'despatch-advice': 'despatch-advice',
};

/** Evidence of a trade; who cites a credit note speaks of what it corrects. */
function isJoining({ evidence, balance }: FactRule): boolean {
  return evidence && balance !== 'lowers-corrected';
}

/** Whether the member that records a document of this type gives its number; not so for papers that nobody records. */
export function isRecordersNumber(type: CitedType): boolean {
  return isRecorded(type) && catalogue[type].issuer === 'recorder';
}

function isRecorded(type: CitedType): type is FactType {
  return Object.hasOwn(catalogue, type);
}

/** Whether every document of this type states a total. */
export function statesTotal({ balance }: Pick<FactRule, 'balance'>): boolean {
  return balance === 'payable' || balance === 'lowers-corrected';
}
