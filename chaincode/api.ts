import { z } from 'zod';
import { auditInputs, auditOutputs } from './audit/api.js';
import { authorisationInputs, authorisationOutputs } from './authorisations/api.js';
import { consentInputs, consentOutputs } from './consents/api.js';
import { creditInputs, creditOutputs } from './credit/api.js';
import { debtInputs, debtOutputs } from './debts/api.js';
import { firmInputs, firmOutputs } from './firms/api.js';
import { insuranceFactSections, insuranceInputs, insuranceOutputs } from './insurance/api.js';
import { exposureViewSchema, loanInputs, loanOutputs } from './loans/api.js';
import {
  type NearDuplicate,
  nearDuplicateInputs,
  nearDuplicateOutputs,
  nearDuplicateSchema,
  type NearReason,
  nearReasons,
  nearReasonSchema,
} from './near-duplicates/api.js';
import { memberInputs, memberOutputs } from './members/api.js';
import { objectionInputs, objectionOutputs } from './objections/api.js';
import { reconciliationInputs, reconciliationOutputs } from './reconciliations/api.js';
import { ownDocumentInputs, ownDrawSchema } from './own-documents/api.js';
import { offerInputs, offerOutputs } from './offers/api.js';
import { payeeInputs, payeeOutputs } from './payees/api.js';
import { paymentFactSections, paymentInputs, paymentOutputs } from './payments/api.js';
import { offshoreInputs, offshoreOutputs } from './offshore/api.js';
import type { LedgerFunction } from './permissions.js';
import {
  citationSchema,
  command,
  currency,
  date,
  documentSchema,
  factTypes,
  historySchema,
  idempotencyKey,
  instant,
  itemRefusalSchema,
  limitedBySchema,
  limits,
  moneySchema,
  mspId,
  numberingPeriod,
  opaqueId,
  outlet,
  partyIdSchema,
  partySchema,
  quantitySchema,
  rateUsedSchema,
  reason,
  steps,
  authoritySteps,
  text,
  yearlyRate,
} from './schemas.js';
import { takeOnInputs, takeOnOutputs, takenOnViewSchema } from './take-on/api.js';
import { transportFactSections } from './transport/api.js';

export { type NearDuplicate, nearDuplicateSchema, type NearReason, nearReasons, nearReasonSchema };

export {
  type CitedType,
  citedTypes,
  type DocumentReference,
  documentSchema,
  type FactType,
  factTypes,
  type HistoryVersion,
  limits,
  type Money,
  moneySchema,
  type Party,
  type PartyId,
  partyIdSchema,
  partySchema,
  partySchemes,
  type Quantity,
  quantitySchema,
} from './schemas.js';

/** What a document says beyond the fields that the rules use; kept and shown, and checked where a check exists. */
export const detailsSchema = z.strictObject({
  customsOffice: text(20).optional(),
  exportDate: date.optional(),
  tradeMode: text(40).optional(),
  transportMode: text(40).optional(),
  terms: text(40).optional(),
  destination: text(60).optional(),
  contractNumber: text(80).optional(),
  orderNumber: text(80).optional(),
  localReference: text(80).optional(),
  gross: moneySchema.optional(),
  prepaid: moneySchema.optional(),
  paymentDueDate: date.optional(),
  documentTypeCode: text(10).optional(),
  containers: z.array(text(20)).max(200).optional(),
  goods: z
    .array(
      z.strictObject({
        hsCode: z.string().regex(/^\d{4,13}$/),
        description: text(500).optional(),
        quantity: text(40).optional(),
        unit: text(20).optional(),
        amount: moneySchema.optional(),
      }),
    )
    .max(100)
    .optional(),
  note: text(500).optional(),
});
export type Details = z.infer<typeof detailsSchema>;

/** What only some types of documents say: the column `section` of the catalogue says which of them has to. */
const factSections = { ...paymentFactSections, ...insuranceFactSections, ...transportFactSections };

export const factInputSchema = z.strictObject({
  type: z.enum(factTypes),
  number: text(80),
  date,
  /** Who is to be paid: the seller of an invoice, the exporter of a declaration. */
  seller: partySchema,
  buyer: partySchema.optional(),
  /** Required where the balance is an amount; a document of transport states one only if freight is owed on it. */
  total: moneySchema.optional(),
  /** The goods that a warehouse receipt stands for. */
  quantity: quantitySchema.optional(),
  /** What these goods weigh, where the receipt counts them in another unit, such as bags. */
  mass: quantitySchema.optional(),
  /** What is still to be paid, if that differs from the total; it may be zero. */
  payable: moneySchema.optional(),
  cites: z.array(citationSchema).max(limits.citesPerFact).optional(),
  /** Stated where the issuer restarts its numbers: the same number in another period is another document. */
  numberingPeriod: numberingPeriod.optional(),
  /** The buyer wrote it for the seller: the number is one of the buyer's, who is its issuer. */
  selfBilled: z.literal(true).optional(),
  /** The invoice of the same seller that a credit note lowers. */
  corrects: z.strictObject({ number: text(80) }).optional(),
  /** The document of the same type and seller whose place this one takes: one balance, never two. */
  replaces: z.strictObject({ number: text(80), numberingPeriod: numberingPeriod.optional() }).optional(),
  /** The payee that the document itself names because the receivable is assigned. */
  assignedTo: partySchema.optional(),
  details: detailsSchema.optional(),
  /** Kept only as a keyed hash. */
  checkCode: text(64).optional(),
  ...factSections,
});
export type FactInput = z.infer<typeof factInputSchema>;

export const factStatusSchema = z.enum(['active', 'amended', 'cancelled', 'replaced']);
export type FactStatus = z.infer<typeof factStatusSchema>;

/** The record of a document as its authority and the regulator see it. */
export const factViewSchema = z.strictObject({
  id: opaqueId,
  type: z.enum(factTypes),
  number: z.string(),
  /** The number as it was printed, where that is another spelling. */
  printedNumber: z.string().optional(),
  issuer: partyIdSchema,
  date,
  seller: partySchema,
  buyer: partySchema.optional(),
  total: moneySchema.optional(),
  payable: moneySchema.optional(),
  quantity: quantitySchema.optional(),
  mass: quantitySchema.optional(),
  cites: z.array(citationSchema),
  numberingPeriod: z.string().optional(),
  selfBilled: z.literal(true).optional(),
  corrects: z.strictObject({ number: z.string() }).optional(),
  replaces: z.strictObject({ number: z.string(), numberingPeriod: z.string().optional() }).optional(),
  assignedTo: partySchema.optional(),
  details: detailsSchema.optional(),
  ...factSections,
  status: factStatusSchema,
  version: z.number().int(),
  authority: mspId,
  underlying: opaqueId,
  nearDuplicates: z.array(nearDuplicateSchema),
  overdrawn: z.boolean(),
  /** A change that waits for its second person. */
  awaiting: z
    .strictObject({
      step: z.enum(['amendment', 'cancellation']),
      /** What was asked for. */
      request: z.record(z.string(), z.unknown()),
      proposedBy: z.string(),
      proposedAt: instant,
      /** When it lapses. */
      endsAt: instant,
    })
    .optional(),
  /** The change that was returned last, and why. */
  returned: z.strictObject({ reason: z.string(), at: instant }).optional(),
  recordedAt: z.string(),
  updatedAt: z.string(),
  reason: z.string().optional(),
  /** The day of an amendment or cancellation that is older than its record here. */
  changedOn: date.optional(),
});
export type FactView = z.infer<typeof factViewSchema>;

/** What an amendment may change of a document. */
export const factChangesSchema = factInputSchema
  .omit({
    type: true,
    number: true,
    numberingPeriod: true,
    selfBilled: true,
    seller: true,
    corrects: true,
    replaces: true,
  })
  .partial();

/** An item of an authority's past: a document, an amendment or a cancellation, each of the day on which it was made. */
export const pastItemSchemas = {
  records: z.strictObject({ records: factInputSchema }),
  amends: z.strictObject({ amends: documentSchema, changes: factChangesSchema, on: date, reason }),
  cancels: z.strictObject({ cancels: documentSchema, on: date, reason }),
} as const;

export const productSchema = z.enum([
  'discount',
  'factoring',
  'invoice',
  'order',
  'insured',
  'warehouse',
  'micro-loan',
  'reverse-factoring',
]);
export type Product = z.infer<typeof productSchema>;

export const claimInputSchema = z.strictObject({
  idempotencyKey,
  applicationNumber: text(64),
  enterprise: partyIdSchema,
  product: productSchema,
  amount: moneySchema,
  /** The receivables; they add up to the amount. Empty when the goods alone secure the loan. */
  lines: z.array(z.strictObject({ document: documentSchema, amount: moneySchema })).max(limits.linesPerClaim),
  /** The insurer's limits and declared shipments that cover the claim. */
  cover: z
    .array(z.strictObject({ document: documentSchema, amount: moneySchema }))
    .min(1)
    .max(limits.linesPerClaim)
    .optional(),
  /** The goods that are pledged until the loan is settled. */
  collateral: z
    .array(z.strictObject({ document: documentSchema, quantity: quantitySchema }))
    .min(1)
    .max(limits.linesPerClaim)
    .optional(),
  dueDate: date,
  /** Why a document is financed so long after it was due; the regulator reads it. */
  pastDueReason: reason.optional(),
  /** What the loan costs; the bank, the exporter and the regulator read it. */
  price: z.strictObject({ rate: yearlyRate, fees: moneySchema.optional() }).optional(),
  /** The bank's branch or outlet that makes it. */
  outlet: outlet.optional(),
  expiresInHours: z.number().int().min(1).max(limits.reservationHours.most).optional(),
  /** Proofs of the bank's verifications of the documents: of a refusal it is told no more than it has verified. */
  verified: z
    .array(opaqueId)
    .max(3 * limits.linesPerClaim)
    .optional(),
});
export type ClaimInput = z.infer<typeof claimInputSchema>;

export const claimStates = [
  'reserved',
  'accepted',
  'disbursed',
  'partly-repaid',
  'settled',
  'withdrawn',
  'rejected',
  'expired',
  'overdue',
  'disputed',
  'transferred',
  'assigned-to-collector',
  'repurchased',
  'written-off',
] as const;
export const claimStateSchema = z.enum(claimStates);
export type ClaimState = (typeof claimStates)[number];

/** Where money came from. A repurchase has a step of its own. */
export const repaymentSourceSchema = z.enum(['proceeds', 'own-funds', 'recourse', 'indemnity']);
export type RepaymentSource = z.infer<typeof repaymentSourceSchema>;

/** When and how the debtor was told that the receivable is assigned. */
export const debtorNoticeSchema = z.strictObject({
  /** Whom the letter tells the debtor to pay: after a transfer still the bank before, until the new one has written. */
  bank: mspId,
  date,
  how: z.string(),
  recordedAt: instant,
});
export type DebtorNotice = z.infer<typeof debtorNoticeSchema>;

/** Why an entry was taken back. */
const reversalSchema = z.strictObject({ reason: z.string(), at: instant });

/** What has been entered on a claim and can be taken back by two people. */
export const claimEntrySchema = z.enum(['disbursement', 'repayment', 'debtor-notice']);

const amountLineSchema = z.strictObject({
  document: documentSchema,
  fact: opaqueId,
  amount: moneySchema,
  /** What of it the line still stands for. */
  outstanding: moneySchema,
  /** What the line uses up of its document, in the currency of the document. */
  drawn: moneySchema,
  rate: rateUsedSchema.optional(),
  /** No authority has recorded the document yet: the line waits for it, and \`fact\` is where. */
  unmatched: z.literal(true).optional(),
});

/** A claim as its owner and the regulator see it. */
export const claimViewSchema = z.strictObject({
  id: opaqueId,
  state: claimStateSchema,
  /** Counts the versions from 1. */
  seq: z.number().int(),
  owner: mspId,
  applicationNumber: z.string(),
  enterprise: partyIdSchema,
  product: productSchema,
  amount: moneySchema,
  outstanding: moneySchema,
  lines: z.array(amountLineSchema),
  cover: z.array(amountLineSchema).optional(),
  collateral: z
    .array(
      z.strictObject({
        document: documentSchema,
        fact: opaqueId,
        quantity: quantitySchema,
        /** What of it is still pledged: all of it until the loan is settled. */
        pledged: quantitySchema,
        /** As of an amount: no authority has recorded the document yet. */
        unmatched: z.literal(true).optional(),
      }),
    )
    .optional(),
  dueDate: date,
  /** When it was first due: own funds that come later do not restore the balance. */
  firstDueDate: date,
  pastDueReason: z.string().optional(),
  price: z
    .strictObject({
      /** Yearly, in per cent. */
      rate: z.string(),
      fees: moneySchema.optional(),
      /** Interest and fees by the year, in per cent, from the reservation to the day on which it was first due. */
      allIn: z.string(),
    })
    .optional(),
  outlet: z.string().optional(),
  /** When the reservation lapses; of an accepted claim, until when it has to be paid out. */
  expiresAt: instant.optional(),
  paidOutAt: instant.optional(),
  /** The loan was running when the registry began, and was taken on as it was. */
  takenOn: takenOnViewSchema.optional(),
  extensions: z.number().int(),
  repayments: z.array(
    z.strictObject({
      amount: moneySchema,
      source: z.enum([...repaymentSourceSchema.options, 'repurchase']),
      at: instant,
      /** The receivable that was paid. */
      document: documentSchema.optional(),
      indemnity: opaqueId.optional(),
      /** What of the amount came after, or beyond, what the claim had lent on the document. */
      surplus: moneySchema.optional(),
      /** Entered by mistake: it counts no more. */
      reversed: reversalSchema.optional(),
    }),
  ),
  /** Payouts and notices to debtors that were entered by mistake. */
  reversals: z
    .array(
      z.strictObject({
        entry: claimEntrySchema.exclude(['repayment']),
        paidOutAt: instant.optional(),
        reference: z.string().optional(),
        debtorNotice: debtorNoticeSchema.optional(),
        ...reversalSchema.shape,
      }),
    )
    .optional(),
  /** Who collects the debt. */
  collector: partySchema.optional(),
  /** A step that waits for its second person. */
  awaiting: z
    .strictObject({
      step: z.enum(steps),
      /** What was asked for. */
      request: z.record(z.string(), z.unknown()),
      proposedBy: z.string(),
      proposedAt: instant,
      /** When it lapses. */
      endsAt: instant,
    })
    .optional(),
  /** The step that was returned last, and why. */
  returned: z.strictObject({ step: z.enum(steps), reason: z.string(), at: instant }).optional(),
  dispute: z
    .strictObject({
      openedBy: mspId,
      openedAt: instant,
      /** When it lapses undecided. */
      endsAt: instant,
      reason: z.string(),
      /** The state that the claim goes back to. */
      before: claimStateSchema,
    })
    .optional(),
  debtorNotice: debtorNoticeSchema.optional(),
  /** The bank to which the claim is on offer. */
  offeredTo: mspId.optional(),
  transferredFrom: opaqueId.optional(),
  transferredTo: opaqueId.optional(),
  reason: z.string().optional(),
  reference: z.string().optional(),
  createdAt: instant,
  updatedAt: instant,
});
export type ClaimView = z.infer<typeof claimViewSchema>;

const rateSchema = z.strictObject({
  currency,
  /** Units of the base currency for one unit of this currency, decimal text. */
  rate: z.string().max(40),
});

/** A rate as it was published. */
export const publishedRateSchema = z.strictObject({
  ...rateSchema.shape,
  base: currency,
  date,
  publishedAt: instant,
});
export type PublishedRate = z.infer<typeof publishedRateSchema>;

/** Only the regulator needs to say whose claim it means; a bank always means its own. */
const claimReference = { id: opaqueId, owner: mspId.optional() };

const fingerprintKey = z.strictObject({
  /** 32 random bytes in base64, made by the regulator's gateway so that all endorsers receive the same. */
  fingerprintKey: z.base64().length(44),
});

/** What the consortium decides on. */
export const policySchema = z.strictObject({
  /** Whether a claim may rest on what only the seller has recorded; the bank that verifies it is warned. */
  ownDocuments: z.enum(['refused', 'allowed']),
  /** How many days an accepted claim holds its documents without being paid out. */
  payoutDays: z.number().int().min(1).max(limits.payoutDays.most),
  /**
   * Steps that take two people, by kind of organisation or MSP id: of a bank those of a claim, of an authority the amendment
   * and cancellation of its documents, of the regulator the rates. Reversals, write-offs, repurchases and assignments to a
   * collector always do.
   */
  twoPeople: z.record(
    z.string().regex(/^(bank|customs|tax|regulator|insurer|carrier|[A-Za-z][A-Za-z0-9]{0,60}MSP)$/),
    z.array(z.enum([...steps, ...authoritySteps])).max(20),
  ),
  /**
   * Banks that need the exporter's consent before they reserve, by `bank` for all or by MSP id, which goes before: one for
   * the bank, or one for each document. Where none is needed the exporter is told at once.
   */
  consent: z.record(
    z.string().regex(/^(bank|[A-Za-z][A-Za-z0-9]{0,60}MSP)$/),
    z.enum(['none', 'bank', 'document']),
  ),
});
export type Policy = z.infer<typeof policySchema>;

const nothing = z.strictObject({});

/** Input of every function, in the transient field `input` as JSON. */
export const inputSchemas = {
  initialise: z.strictObject({
    ...fingerprintKey.shape,
    /** Who is a member from the beginning. */
    members: z.array(memberInputs.changeMember.pick({ id: true, title: true })).max(limits.membersAtOnce),
  }),
  rotateFingerprintKey: fingerprintKey,
  /** Entries of the registry by their keys. */
  rekeyEntries: z.strictObject({
    keys: z
      .array(z.string().regex(/^[A-Z]{1,2}~[0-9a-f]{64}$/))
      .min(1)
      .max(limits.rekeyedPerTransaction),
  }),
  retireFingerprintKeys: z.strictObject({ before: z.number().int().min(1) }),
  /** What is not named stays as it was. */
  setPolicy: policySchema.partial(),
  readPolicy: z.strictObject({}),
  publishRates: z.strictObject({ base: currency, date, rates: z.array(rateSchema).min(1).max(200) }),
  confirmRates: z.strictObject({ currencies: z.array(currency).min(1).max(200) }),
  returnRates: z.strictObject({ currencies: z.array(currency).min(1).max(200), reason }),
  recheckRates: z.strictObject({
    claims: z.array(z.strictObject(claimReference)).min(1).max(limits.sweptPerTransaction),
  }),
  recordFacts: z.strictObject({
    idempotencyKey: idempotencyKey.optional(),
    /** Facts, or items of an authority's past. Each is parsed by itself, so that a malformed one does not refuse its neighbours. */
    facts: z.array(z.unknown()).min(1).max(limits.itemsPerBatch),
  }),
  amendFact: z.strictObject({
    id: opaqueId,
    expectedVersion: z.int32().min(1).optional(),
    changes: factChangesSchema,
    reason,
  }),
  cancelFact: z.strictObject({ id: opaqueId, expectedVersion: z.int32().min(1).optional(), reason }),
  confirmFactStep: z.strictObject({ id: opaqueId }),
  returnFactStep: z.strictObject({ id: opaqueId, reason }),
  reserveClaims: z.strictObject({ claims: z.array(z.unknown()).min(1).max(limits.itemsPerBatch) }),
  acceptClaim: z.strictObject(command),
  disburseClaim: z.strictObject({ ...command, reference: text(80).optional() }),
  repayClaim: z.strictObject({
    ...command,
    amount: moneySchema,
    source: repaymentSourceSchema,
    /** The receivable that was paid; proceeds have to name it where the claim has several. */
    document: documentSchema.optional(),
    /** What the insurer confirms to have paid; an indemnity, and no other money, quotes it. */
    indemnity: opaqueId.optional(),
  }),
  withdrawClaim: z.strictObject({ ...command, reason: reason.optional() }),
  rejectClaim: z.strictObject({ ...command, reason }),
  disputeClaim: z.strictObject({ ...command, owner: mspId.optional(), reason }),
  resolveDispute: z.strictObject({
    ...command,
    owner: mspId.optional(),
    /** withdrawn by who opened it, or dismissed: the claim goes on as before; upheld: it falls. */
    outcome: z.enum(['withdrawn', 'dismissed', 'upheld']),
    reason,
  }),
  extendClaim: z.strictObject({
    ...command,
    /** Longer life of a reservation, counted from its present expiry. */
    hours: z.number().int().min(1).max(limits.reservationHours.most).optional(),
    /** Later due date of a claim that is disbursed. */
    dueDate: date.optional(),
    /** Needed where the new date is long after a document was due. */
    pastDueReason: reason.optional(),
  }),
  /** The exporter takes the claim back for all that is owed. */
  repurchaseClaim: z.strictObject({ ...command, reference: text(80).optional(), reason }),
  writeOffClaim: z.strictObject({ ...command, reason }),
  assignToCollector: z.strictObject({ ...command, collector: partySchema, reason }),
  reverseEntry: z.strictObject({
    ...command,
    entry: claimEntrySchema,
    /** Of a repayment its place in the list, from 1. */
    repayment: z.int32().min(1).optional(),
    reason,
  }),
  confirmStep: z.strictObject(command),
  returnStep: z.strictObject({ ...command, reason }),
  recordDebtorNotice: z.strictObject({
    ...command,
    /** The day on which the debtor was told. */
    date,
    /** By what: a registered letter, the platform of the buyer, a line on the invoice. */
    how: text(200),
  }),
  offerTransfer: z.strictObject({ ...command, to: mspId }),
  acceptTransfer: z.strictObject({ ...command, applicationNumber: text(64) }),
  declineTransfer: z.strictObject({ ...command, reason: reason.optional() }),
  sweepClaims: z.strictObject({
    claims: z.array(z.strictObject(claimReference)).min(1).max(limits.sweptPerTransaction),
  }),
  readFact: z.strictObject({ id: opaqueId }),
  readFacts: z.strictObject({ ids: z.array(opaqueId).max(limits.factsPerReading) }),
  readFactHistory: z.strictObject({ id: opaqueId }),
  verifyDocument: z.strictObject({
    document: documentSchema,
    particulars: z.strictObject({
      enterprise: partyIdSchema,
      total: moneySchema.optional(),
      quantity: quantitySchema.optional(),
      date: date.optional(),
    }),
  }),
  readClaim: z.strictObject(claimReference),
  readClaimHistory: z.strictObject(claimReference),
  readOwnRecords: z.strictObject({
    keys: z
      .array(z.string().regex(/^[A-Z]{1,2}~[0-9a-f]{64}~\d{1,9}$/))
      .min(1)
      .max(limits.recordsPerReading),
  }),
  readAddresseeKey: nothing,
  readRates: z.strictObject({ currencies: z.array(currency).min(1).max(200).optional() }),
  ...authorisationInputs,
  ...creditInputs,
  ...firmInputs,
  ...loanInputs,
  ...offerInputs,
  ...offshoreInputs,
  ...insuranceInputs,
  ...nearDuplicateInputs,
  ...paymentInputs,
  ...payeeInputs,
  ...ownDocumentInputs,
  ...objectionInputs,
  ...memberInputs,
  ...takeOnInputs,
  ...consentInputs,
  ...debtInputs,
  ...reconciliationInputs,
  ...auditInputs,
} as const satisfies Record<LedgerFunction, z.ZodType>;

const factRecordedSchema = z.strictObject({
  index: z.number().int(),
  status: z.literal('recorded'),
  fact: factViewSchema,
});
const claimReservedSchema = z.strictObject({
  index: z.number().int(),
  status: z.literal('reserved'),
  claim: claimViewSchema,
});

const claimTakenOnSchema = z.strictObject({
  index: z.number().int(),
  status: z.literal('taken-on'),
  claim: claimViewSchema,
});

export const mismatchFields = ['enterprise', 'total', 'currency', 'quantity', 'date'] as const;

export const verificationSchema = z.strictObject({
  result: z.enum(['match', 'mismatch', 'not-found', 'cancelled', 'replaced']),
  mismatches: z.array(z.enum(mismatchFields)),
  /** Only on a match: what the debtor has confirmed to pay, and to whom. */
  confirmedByDebtor: z.strictObject({ amount: moneySchema, payTo: mspId.optional(), at: instant }).optional(),
  /** Only on a match: how its recorder printed the number, where that is another spelling. */
  printedNumber: z.string().optional(),
  /** Only on a match: what can still be claimed, in the currency of the document. */
  remaining: moneySchema.optional(),
  /** The same of a document whose balance is a quantity. */
  remainingQuantity: quantitySchema.optional(),
  /** The documents because of which no more is left. */
  limitedBy: limitedBySchema.optional(),
  liveDraws: z.number().int().optional(),
  /** Proves the verification to a claim of the same organisation. */
  proof: opaqueId.optional(),
  warnings: z.array(
    z.discriminatedUnion('warning', [
      /** Only the seller itself has recorded the document; no authority speaks of the sale, or several do. */
      z.strictObject({ warning: z.literal('not-corroborated') }),
      z.strictObject({ warning: z.literal('several-authorities') }),
      /** Documents of the same goods count them in different units. */
      z.strictObject({ warning: z.literal('units-incomparable') }),
      z.strictObject({ warning: z.literal('assigned'), assignedTo: partySchema }),
      /** Others resemble it; `checked` once a second person has looked at all of them. */
      z.strictObject({
        warning: z.literal('near-duplicate'),
        reasons: z.array(nearReasonSchema),
        checked: z.boolean(),
      }),
      /** Another document lists the same containers for the same time, and neither cites the other. */
      z.strictObject({ warning: z.literal('same-containers') }),
      z.strictObject({ warning: z.literal('overdrawn') }),
      /** The regulator lets nobody draw on the trade anew. */
      z.strictObject({ warning: z.literal('on-hold') }),
      z.strictObject({ warning: z.literal('rate-missing') }),
      z.strictObject({ warning: z.literal('rate-stale') }),
      /** An insured claim on it would be refused, with this code. */
      z.strictObject({ warning: z.literal('not-covered'), code: z.string() }),
    ]),
  ),
});
export type Verification = z.infer<typeof verificationSchema>;

/** An enterprise's own document, with what draws on its trade. */
const ownDocumentSchema = z.strictObject({
  id: opaqueId,
  document: documentSchema,
  status: factStatusSchema,
  date,
  total: moneySchema.optional(),
  ...verificationSchema.pick({
    printedNumber: true,
    confirmedByDebtor: true,
    remaining: true,
    remainingQuantity: true,
    limitedBy: true,
    warnings: true,
  }).shape,
  liveDraws: z.number().int().optional(),
  /** Live claims and payments on the documents of its trade. */
  draws: z.array(ownDrawSchema),
});

/** Answer of every function, after unsealing. */
export const outputSchemas = {
  initialise: nothing,
  rotateFingerprintKey: nothing,
  rekeyEntries: z.strictObject({ rekeyed: z.number().int() }),
  /** How many keys every look-up tries. */
  retireFingerprintKeys: z.strictObject({ inUse: z.number().int() }),
  setPolicy: policySchema,
  readPolicy: policySchema,
  publishRates: z.strictObject({
    published: z.number().int(),
    /** Currencies whose rate is so far from the one in force that a second person has to confirm it. */
    awaiting: z.array(z.string()),
  }),
  confirmRates: z.strictObject({ published: z.number().int() }),
  returnRates: z.strictObject({ returned: z.number().int() }),
  recheckRates: z.strictObject({
    items: z.array(
      z.discriminatedUnion('status', [
        z.strictObject({ index: z.number().int(), status: z.literal('alerted'), id: opaqueId }),
        itemRefusalSchema,
      ]),
    ),
  }),
  recordFacts: z.strictObject({
    items: z.array(z.discriminatedUnion('status', [factRecordedSchema, itemRefusalSchema])),
  }),
  amendFact: factViewSchema,
  cancelFact: factViewSchema,
  confirmFactStep: factViewSchema,
  returnFactStep: factViewSchema,
  reserveClaims: z.strictObject({
    items: z.array(z.discriminatedUnion('status', [claimReservedSchema, itemRefusalSchema])),
  }),
  acceptClaim: claimViewSchema,
  disburseClaim: claimViewSchema,
  repayClaim: claimViewSchema,
  withdrawClaim: claimViewSchema,
  rejectClaim: claimViewSchema,
  disputeClaim: claimViewSchema,
  resolveDispute: claimViewSchema,
  extendClaim: claimViewSchema,
  recordDebtorNotice: claimViewSchema,
  repurchaseClaim: claimViewSchema,
  writeOffClaim: claimViewSchema,
  assignToCollector: claimViewSchema,
  reverseEntry: claimViewSchema,
  confirmStep: claimViewSchema,
  returnStep: claimViewSchema,
  offerTransfer: claimViewSchema,
  /** The new claim of the accepting bank. */
  acceptTransfer: claimViewSchema,
  /** Nothing but the id: the claim stays another bank's. */
  declineTransfer: z.strictObject({ id: opaqueId }),
  sweepClaims: z.strictObject({
    items: z.array(
      z.discriminatedUnion('status', [
        z.strictObject({
          index: z.number().int(),
          status: z.literal('swept'),
          id: opaqueId,
          state: claimStateSchema,
        }),
        itemRefusalSchema,
      ]),
    ),
  }),
  readFact: factViewSchema,
  /** In the order of the ids; null where the caller may not see the document. */
  readFacts: z.strictObject({ facts: z.array(factViewSchema.nullable()) }),
  readFactHistory: historySchema,
  verifyDocument: z.strictObject({
    ...verificationSchema.shape,
    /** Digest of the question, so that the nodes' signatures on the answer hold for this question only. */
    asked: opaqueId.optional(),
  }),
  readClaim: claimViewSchema,
  readClaimHistory: historySchema,
  /** In the order of the keys; null where there is none. */
  readOwnRecords: z.strictObject({ records: z.array(z.string().nullable()) }),
  /** Hexadecimal. */
  readAddresseeKey: z.strictObject({ key: z.string() }),
  readRates: z.strictObject({
    rates: z.array(publishedRateSchema),
    /** For the regulator: what waits for its second person. */
    awaiting: z
      .array(
        z.strictObject({
          ...publishedRateSchema.omit({ publishedAt: true }).shape,
          proposedBy: z.string(),
          proposedAt: instant,
        }),
      )
      .optional(),
  }),
  ...authorisationOutputs,
  ...creditOutputs,
  ...firmOutputs,
  ...loanOutputs,
  assessLoan: z.strictObject({
    /** What the registry says of each document, in the order of the application. */
    documents: z.array(
      z.strictObject({
        ...verificationSchema.shape,
        /** What can still be lent on it, where the rate of the bank was given. */
        lendable: moneySchema.optional(),
      }),
    ),
    /** What the query for this application opened; absent before it, and when it was refused. */
    report: creditOutputs.readCreditReport.optional(),
    exposure: exposureViewSchema,
  }),
  ...offerOutputs,
  ...offshoreOutputs,
  ...insuranceOutputs,
  ...nearDuplicateOutputs,
  ...paymentOutputs,
  ...payeeOutputs,
  ...objectionOutputs,
  ...memberOutputs,
  ...takeOnOutputs,
  takeOn: z.strictObject({
    items: z.array(z.discriminatedUnion('status', [claimTakenOnSchema, itemRefusalSchema])),
  }),
  ...consentOutputs,
  ...debtOutputs,
  readOwnDocuments: z.strictObject({ documents: z.array(ownDocumentSchema.nullable()) }),
  readOwnDocument: ownDocumentSchema,
  ...reconciliationOutputs,
  ...auditOutputs,
} as const satisfies Record<LedgerFunction, z.ZodType>;

export type Input<F extends LedgerFunction> = z.infer<(typeof inputSchemas)[F]>;
export type Output<F extends LedgerFunction> = z.infer<(typeof outputSchemas)[F]>;

/** Name of the one chaincode event per transaction. */
export const eventName = 'pledgeonce';

/** The public event: opaque ids and states, nothing that identifies a document, a firm or a bank. */
export const eventSchema = z.strictObject({
  schema: z.literal(1),
  changes: z.array(
    z.strictObject({
      kind: z.enum([
        'fact',
        'claim',
        'payment',
        'authorisation',
        'query',
        'credit',
        'request',
        'offer',
        'check',
        'loan',
        'mandate',
        'assignment',
        'indemnity',
        'objection',
        'correction',
        'consent',
        'debt',
        'reconciliation',
      ]),
      id: opaqueId,
      state: z.string(),
      seq: z.number().int(),
    }),
  ),
  alerts: z.array(
    z.strictObject({
      alert: z.enum([
        'overdrawn',
        'overdrawn-cleared',
        'near-duplicate',
        /** A second person has looked at both papers. */
        'near-duplicate-checked',
        'same-containers',
        'transfer-offered',
        'expired',
        'overdue',
        /** A dispute that nobody has decided is over; the claim goes on as before. */
        'dispute-lapsed',
        /** A repayment was taken back, and what it had given back is drawn by others: the claim holds less than it should. */
        'uncovered-again',
        /** A party to the trade objects; the banks that hold claims on it answer. */
        'objection-raised',
        'objection-decided',
        /** A step that nobody has confirmed in time is not taken. */
        'step-lapsed',
        /** A claim ends long after one of its documents was due. */
        'past-due-financing',
        /** The debtor of documents on which others have lent has paid this much to one bank. */
        'paid-elsewhere',
        /** At a rate that was published the documents do not carry these claims any more. */
        'rate-uncovers',
        /** A document on which payments stand was taken back. */
        'red-letter',
        /** An authority has recorded what its recorder had stated before. */
        'taken-over',
        'limit-lapsed',
        'cover-declined',
        'premium-unpaid',
        'policy-cancelled',
        /** The policy ends sooner, begins later or pays a smaller share. */
        'policy-reduced',
        /** The insurer's promise to pay the bank has ended before the bank paid out. */
        'assignment-released',
        /** The regulator has taken the marks of a payment away. */
        'mark-lifted',
        /** An authority has recorded a document for which loans that were taken on have waited. */
        'taken-on-matched',
      ]),
      claims: z.array(opaqueId).optional(),
      payments: z.array(opaqueId).optional(),
      facts: z.array(opaqueId).optional(),
    }),
  ),
});
export type LedgerEvent = z.infer<typeof eventSchema>;

/** Names of the transient fields of a proposal. */
export const transientFields = { input: 'input', responseKey: 'responseKey' } as const;
