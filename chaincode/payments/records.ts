import { z } from 'zod';
import { factTypes, partyIdSchema } from '../api.js';
import { drawnLine, linesWithRole, rememberedRequest } from '../draws/records.js';
import { at, registry } from '../ledger/addresses.js';
import { recordKind, storedMinor, storedPerson } from '../ledger/records.js';
import { Versions } from '../ledger/versions.js';
import { rateUsedSchema } from '../schemas.js';
import { paymentPurposeSchema, paymentStateSchema } from './api.js';

const paymentShape = z.strictObject({
  id: z.string(),
  seq: z.number(),
  state: paymentStateSchema,
  owner: z.string(),
  reference: z.string(),
  payer: partyIdSchema,
  /** Where the payer reads of it: its account at the portal. */
  account: z.string().optional(),
  payee: z.string(),
  purpose: paymentPurposeSchema,
  currency: z.string(),
  amount: storedMinor,
  paidOn: z.string(),
  /** The check of the papers of an offshore trade. */
  check: z.string().optional(),
  /** Under which names its marks lie. */
  marks: z.array(z.string()).optional(),
  /** The invoice, as a link text, against which it is held. */
  heldAgainst: z.string().optional(),
  lines: z.array(drawnLine),
  filingRequired: z.boolean(),
  /** What it counts against the threshold, where its purpose has one. */
  equivalent: z.strictObject({ amount: storedMinor, rate: rateUsedSchema.optional() }).optional(),
  reason: z.string().optional(),
  /** A reversal that waits for its second person. */
  awaiting: z
    .strictObject({
      reason: z.string(),
      proposedBy: storedPerson,
      proposedAt: z.string(),
      /** Milliseconds since 1970. */
      until: z.number(),
    })
    .optional(),
  /** The reversal that was returned last. */
  returned: z.strictObject({ reason: z.string(), at: z.string(), by: storedPerson }).optional(),
  by: storedPerson,
  requests: z.array(rememberedRequest),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export type Payment = z.infer<typeof paymentShape>;

/** One version of a payment abroad, never overwritten. */
export const payment = recordKind('payment', 'P', paymentShape, [
  (older) => ({ ...older, ...linesWithRole(older, 'payment') }),
]);

/** Of how many attempts is kept what came of them: more than ever meet. */
export const keptAttempts = 20;

const judgedAttempt = z.strictObject({
  request: z.string(),
  /** The version on which it was judged, 0 where there was none. */
  version: z.number(),
  /** With this one. */
  failures: z.number(),
  right: z.boolean(),
});

export type JudgedAttempt = z.infer<typeof judgedAttempt>;

const openingShape = z.strictObject({
  bank: z.string(),
  /** The document that is asked for, whether or not there is one. */
  document: z.strictObject({ type: z.enum(factTypes), issuer: partyIdSchema.optional(), number: z.string() }),
  /** The version on which the attempts before the last were judged, 0 where there was none; absent before the second. */
  version: z.number().optional(),
  /** Of the attempts before the last. */
  failures: z.number(),
  opened: z.boolean(),
  /** What came of the latest attempts before the last, for those who ask after somebody else has tried. */
  earlier: z.array(judgedAttempt).max(keptAttempts),
  attempt: z.strictObject({
    /** Digest of what was asked, to recognise the request when it comes again. */
    request: z.string(),
    payer: partyIdSchema,
    /** The code that was given, as keyed hashes. */
    given: z.array(z.string()),
    at: z.string(),
  }),
});

export type OpeningRecord = z.infer<typeof openingShape>;

/**
 * How often a bank has tried to open a document, and whether it did. The last attempt lies there unjudged: it is compared
 * when somebody reads it, so that an attempt that never reached the ledger says nothing.
 */
export const opening = recordKind('opening', 'V', openingShape);

/** What one payer has paid abroad without a filing, day by day. */
export const unfiledPayments = recordKind(
  'unfiled payments',
  'S',
  z.strictObject({
    days: z.array(
      z.strictObject({
        day: z.number(),
        count: z.number(),
        value: storedMinor,
        payments: z.array(z.string()),
      }),
    ),
  }),
);

/** For the regulator: with this payment, a payer's payments without a filing pass the threshold together. */
export const structuringReport = recordKind(
  'structuring report',
  'X',
  z.strictObject({
    payment: z.string(),
    payer: partyIdSchema,
    since: z.string(),
    count: z.number(),
    value: storedMinor,
    payments: z.array(z.string()),
  }),
);

export const paymentVersions = new Versions('payment', payment);

export const openingAt = (id: string) => at(registry, opening, id);

export const unfiledPaymentsAt = (id: string) => at(registry, unfiledPayments, id);

export const structuringReportAt = (payment: string) => at(registry, structuringReport, payment);
