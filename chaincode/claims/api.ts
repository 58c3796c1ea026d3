import { z } from 'zod';
import {
  command,
  date,
  documentSchema,
  idempotencyKey,
  instant,
  itemRefusalSchema,
  limits,
  moneySchema,
  mspId,
  opaqueId,
  outlet,
  partyIdSchema,
  partySchema,
  quantitySchema,
  rateUsedSchema,
  reason,
  steps,
  text,
  yearlyRate,
} from '../schemas.js';

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

/** When and how the debtor was told that the receivable is assigned. */
export const debtorNoticeSchema = z.strictObject({
  /** Whom the letter tells the debtor to pay: after a transfer still the bank before, until the new one has written. */
  bank: mspId,
  date,
  how: z.string(),
  recordedAt: instant,
});

/** Why an entry was taken back. */
const reversalSchema = z.strictObject({ reason: z.string(), at: instant });

/** What has been entered on a claim and can be taken back by two people. */
const claimEntrySchema = z.enum(['disbursement', 'repayment', 'debtor-notice']);

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

/** Who else has a part in the security, as the bank's book names them. */
export const securedPartySchema = z.strictObject({
  name: text(200),
  id: text(64).optional(),
  share: text(40).optional(),
});

/** Of a claim that was taken on: what the bank declared, beside what the registry has recorded. */
export const takenOnSchema = z.strictObject({
  /** When the money was paid out, as the bank declares. */
  paidOutOn: date,
  /** When it came on record. */
  recordedAt: instant,
  window: z.number().int(),
  /** The correction by which it came after the window. */
  correction: opaqueId.optional(),
  /** Enterprise and documents as the book prints them, in the order of the claim's lines, cover and collateral. */
  printed: z.strictObject({ enterprise: z.string(), documents: z.array(z.string()) }),
  parties: z.array(securedPartySchema).optional(),
});

/** The same as its owner sees it. */
const takenOnViewSchema = takenOnSchema.extend({
  /** How many of its documents no authority has recorded yet: they wait, without effect on any balance. */
  unmatched: z.number().int(),
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
        /** What of it is still pledged. What the bank has released is in neither of the two. */
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
  /** What was lent on orders, and lies on what was invoiced of them since. */
  moves: z
    .array(
      z.strictObject({
        /** The number of the order. */
        order: z.string(),
        document: documentSchema,
        amount: moneySchema,
        at: instant,
      }),
    )
    .optional(),
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
  /** Goods that the bank has let go of before the end; without a reason with a repayment. */
  releases: z
    .array(
      z.strictObject({
        document: documentSchema,
        quantity: quantitySchema,
        at: instant,
        reason: z.string().optional(),
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
  /** What of it is on offer; without it the whole. */
  offeredShare: moneySchema.optional(),
  /** The shares that other banks have taken of it: their claims, and how much of this one each took and when. */
  shares: z
    .array(z.strictObject({ claim: opaqueId, bank: mspId, amount: moneySchema, at: instant }))
    .optional(),
  /** The claim of which this one is a share, and the bank that sold it. */
  shareOf: z.strictObject({ claim: opaqueId, bank: mspId }).optional(),
  transferredFrom: opaqueId.optional(),
  transferredTo: opaqueId.optional(),
  reason: z.string().optional(),
  reference: z.string().optional(),
  createdAt: instant,
  updatedAt: instant,
});
export type ClaimView = z.infer<typeof claimViewSchema>;

/** A part of the goods in one line. */
const goodsReleased = z.strictObject({ document: documentSchema, quantity: quantitySchema });

/** Only the regulator needs to say whose claim it means; a bank always means its own. */
export const claimReference = { id: opaqueId, owner: mspId.optional() };

export const claimInputs = {
  recheckRates: z.strictObject({
    claims: z.array(z.strictObject(claimReference)).min(1).max(limits.sweptPerTransaction),
  }),
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
    /** Goods that the bank lets go of with it, before the loan is settled. */
    release: goodsReleased.optional(),
  }),
  releaseGoods: z.strictObject({ ...command, ...goodsReleased.shape, reason }),
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
  recordDebtorNotice: z.strictObject({
    ...command,
    /** The day on which the debtor was told. */
    date,
    /** By what: a registered letter, the platform of the buyer, a line on the invoice. */
    how: text(200),
  }),
  /** What was invoiced of an order carries the claim in the place of the order. */
  moveClaim: z.strictObject({
    ...command,
    lines: z
      .array(
        z.strictObject({
          order: documentSchema.omit({ type: true, numberingPeriod: true }),
          /** The invoice or declaration: it cites the order, or one beside it does. */
          document: documentSchema,
          /** So much of what is outstanding on the order. */
          amount: moneySchema,
        }),
      )
      .min(1)
      .max(limits.linesPerClaim),
    /** Proofs of the bank's verifications of the documents, as of a reservation. */
    verified: z
      .array(opaqueId)
      .max(3 * limits.linesPerClaim)
      .optional(),
  }),
  reverseEntry: z.strictObject({
    ...command,
    entry: claimEntrySchema,
    /** Of a repayment its place in the list, from 1. */
    repayment: z.int32().min(1).optional(),
    reason,
  }),
  writeOffClaim: z.strictObject({ ...command, reason }),
  /** The exporter takes the claim back for all that is owed. */
  repurchaseClaim: z.strictObject({ ...command, reference: text(80).optional(), reason }),
  assignToCollector: z.strictObject({ ...command, collector: partySchema, reason }),
  confirmStep: z.strictObject(command),
  returnStep: z.strictObject({ ...command, reason }),
  offerTransfer: z.strictObject({
    ...command,
    to: mspId,
    /** A share of what is outstanding; without it the whole claim is on offer. */
    share: moneySchema.optional(),
  }),
  acceptTransfer: z.strictObject({ ...command, applicationNumber: text(64) }),
  declineTransfer: z.strictObject({ ...command, reason: reason.optional() }),
  sweepClaims: z.strictObject({
    claims: z.array(z.strictObject(claimReference)).min(1).max(limits.sweptPerTransaction),
  }),
  readClaim: z.strictObject(claimReference),
} as const;

const claimReservedSchema = z.strictObject({
  index: z.number().int(),
  status: z.literal('reserved'),
  claim: claimViewSchema,
});

export const claimOutputs = {
  recheckRates: z.strictObject({
    items: z.array(
      z.discriminatedUnion('status', [
        z.strictObject({ index: z.number().int(), status: z.literal('alerted'), id: opaqueId }),
        itemRefusalSchema,
      ]),
    ),
  }),
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
  moveClaim: claimViewSchema,
  reverseEntry: claimViewSchema,
  writeOffClaim: claimViewSchema,
  repurchaseClaim: claimViewSchema,
  assignToCollector: claimViewSchema,
  releaseGoods: claimViewSchema,
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
  readClaim: claimViewSchema,
} as const;
