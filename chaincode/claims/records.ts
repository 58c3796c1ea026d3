import { z } from 'zod';
import {
  claimStateSchema,
  debtorNoticeSchema,
  documentSchema,
  partyIdSchema,
  partySchema,
  productSchema,
  repaymentSourceSchema,
} from '../api.js';
import { drawnLine, rememberedRequest } from '../draws/records.js';
import { at, copyOf, registry } from '../ledger/addresses.js';
import { recordKind, storedMinor, storedPerson } from '../ledger/records.js';
import { Versions } from '../ledger/versions.js';
import { releaseReasons } from '../rules/claim-ends.js';
import { steps } from '../schemas.js';
import { takenOnSchema } from './api.js';

/** Which claim of a bank bears an application number. */
export const application = recordKind('application', 'AN', z.strictObject({ claim: z.string() }));

/** Who took an entry back, why, and who stood for it beside the one who proposed it. */
const reversalShape = z.strictObject({
  reason: z.string(),
  at: z.string(),
  proposedBy: storedPerson,
  confirmedBy: storedPerson,
});

/** Whom the notice of an assigned claim tells, and of which document. */
const toldDebtor = z.strictObject({
  account: z.string(),
  document: documentSchema,
  seller: partySchema,
  /** Its place among all debtors of the claim, where a copy leaves others out. */
  place: z.number().int().optional(),
});
export type ToldDebtor = z.infer<typeof toldDebtor>;

const claimShape = z.strictObject({
  id: z.string(),
  seq: z.number(),
  state: claimStateSchema,
  owner: z.string(),
  applicationNumber: z.string(),
  enterprise: partyIdSchema,
  /** Where the exporter reads of it: its account at the portal. */
  account: z.string().optional(),
  product: productSchema,
  currency: z.string(),
  amount: storedMinor,
  /** What is still to be repaid. */
  outstanding: storedMinor,
  lines: z.array(drawnLine),
  dueDate: z.string(),
  /** When the loan was first due. Own funds that come later do not restore, whoever has extended it since. */
  firstDueDate: z.string(),
  /** Why it is financed so long after its documents are due. */
  pastDueReason: z.string().optional(),
  /** What it costs: in per cent by the year, fees in the currency of the claim. */
  price: z.strictObject({ rate: z.string(), fees: storedMinor.optional(), allIn: z.string() }).optional(),
  outlet: z.string().optional(),
  /** Milliseconds since 1970: when the reservation lapses, and once accepted, when it should have been paid out. */
  expiresAt: z.number().optional(),
  paidOutAt: z.string().optional(),
  /** What the bank declared of a loan that was running when the registry began. */
  takenOn: takenOnSchema.optional(),
  extensions: z.number(),
  repayments: z.array(
    z.strictObject({
      amount: storedMinor,
      source: z.enum([...repaymentSourceSchema.options, 'repurchase']),
      at: z.string(),
      document: documentSchema.optional(),
      indemnity: z.string().optional(),
      /** What of it came after, or beyond, what the document stood for. */
      surplus: storedMinor.optional(),
      /** What that used up of the document, in the document's currency. */
      used: storedMinor.optional(),
      /** The places of the lines that it was for; without them all receivables in their order. */
      to: z.array(z.number().int()).optional(),
      /** What it did to the balances. */
      effect: z.enum(releaseReasons),
      by: storedPerson,
      reversed: reversalShape.optional(),
    }),
  ),
  /** What was drawn on orders and lies on what was invoiced of them, in the currency of the claim. */
  moves: z
    .array(
      z.strictObject({
        order: z.string(),
        document: documentSchema,
        amount: storedMinor,
        at: z.string(),
        by: storedPerson,
      }),
    )
    .optional(),
  /** Payouts and notices that were entered by mistake. */
  reversals: z
    .array(
      z.strictObject({
        entry: z.enum(['disbursement', 'debtor-notice']),
        /** What was taken back. */
        paidOutAt: z.string().optional(),
        reference: z.string().optional(),
        debtorNotice: debtorNoticeSchema.optional(),
        ...reversalShape.shape,
      }),
    )
    .optional(),
  /** Goods that the bank has let go of before the end. */
  releases: z
    .array(
      z.strictObject({
        document: documentSchema,
        quantity: storedMinor,
        unit: z.string(),
        at: z.string(),
        reason: z.string().optional(),
        by: storedPerson,
      }),
    )
    .optional(),
  /** The collector that has the debt. */
  collector: partySchema.optional(),
  /** A step that waits for its second person. */
  awaiting: z
    .strictObject({
      step: z.enum(steps),
      /** What was asked for, to be carried out as it stands when it is confirmed. */
      command: z.record(z.string(), z.unknown()),
      proposedBy: storedPerson,
      proposedAt: z.string(),
      /** Milliseconds since 1970 when it lapses. */
      until: z.number(),
    })
    .optional(),
  /** The step that was last returned to the one who proposed it. */
  returned: z
    .strictObject({ step: z.enum(steps), reason: z.string(), at: z.string(), by: storedPerson })
    .optional(),
  debtorNotice: debtorNoticeSchema.optional(),
  /** Whom the notice told at the portal, and of which document. */
  debtors: z.array(toldDebtor).optional(),
  /** The portals of debtors that hold no copy of the claim, each with a digest of what the notice says there. */
  noticesAt: z.array(z.strictObject({ portal: z.string(), says: z.string() })).optional(),
  offeredTo: z.string().optional(),
  /** What of it is on offer; without it the whole. */
  offeredShare: storedMinor.optional(),
  /** The shares that other banks have taken of it, by their claims. */
  shares: z
    .array(z.strictObject({ claim: z.string(), bank: z.string(), amount: storedMinor, at: z.string() }))
    .optional(),
  /** The claim of which this one is a share, and the bank that sold it. */
  shareOf: z.strictObject({ claim: z.string(), bank: z.string() }).optional(),
  transferredFrom: z.string().optional(),
  /** When the loan was first registered, where it was taken over since. */
  registeredAt: z.string().optional(),
  transferredTo: z.string().optional(),
  dispute: z
    .strictObject({
      openedBy: storedPerson,
      openedAt: z.string(),
      /** Milliseconds since 1970 when it lapses undecided. */
      until: z.number(),
      reason: z.string(),
      before: claimStateSchema,
    })
    .optional(),
  /** The tender that the claim won. */
  tender: z.strictObject({ request: z.string(), offer: z.string(), owner: z.string() }).optional(),
  reason: z.string().optional(),
  reference: z.string().optional(),
  reservedBy: storedPerson,
  by: storedPerson,
  requests: z.array(rememberedRequest),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export type Claim = z.infer<typeof claimShape>;
/** Why an entry was taken back, and the two people who stand for it. */
export type Reversal = z.infer<typeof reversalShape>;

/** One version of a claim, never overwritten. */
export const claim = recordKind('claim', 'C', claimShape);

/** A claim on offer, for the bank that may take it over; written with the version of the claim that its key names. */
export const transferOffer = recordKind(
  'transfer offer',
  'T',
  z.strictObject({ claim: z.string(), from: z.string(), open: z.boolean(), terms: claimShape.optional() }),
);

/**
 * What the bank's notice says to debtors whose portal holds no copy of the claim: whom to pay for which document, and nothing
 * of what was lent. Written with the version of the claim that its key names; without debtors the notice was a mistake.
 */
export const debtorNotice = recordKind(
  'notice to debtors',
  'DN',
  z.strictObject({
    claim: z.string(),
    seq: z.number(),
    state: z.enum(['pay-the-bank', 'over']),
    notice: debtorNoticeSchema.optional(),
    debtors: z.array(toldDebtor),
  }),
);
export type DebtorNotice = z.infer<typeof debtorNotice.shape>;

export const claimVersions = new Versions('claim', claim);

export const applicationAt = (id: string) => at(registry, application, id);

export const debtorNoticeAt = (portal: string, id: string, seq: number) =>
  copyOf(portal, debtorNotice, id, seq);

export const transferOfferAt = (to: string, id: string, seq: number) => copyOf(to, transferOffer, id, seq);
