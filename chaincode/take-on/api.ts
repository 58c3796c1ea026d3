import { z } from 'zod';
import { claimStateSchema, productSchema, securedPartySchema } from '../claims/api.js';
import {
  command,
  date,
  documentSchema,
  factTypes,
  idempotencyKey,
  instant,
  itemRefusalSchema,
  limits,
  lineLists,
  moneySchema,
  mspId,
  opaqueId,
  partyIdSchema,
  quantitySchema,
  reason,
  text,
} from '../schemas.js';

/** `proposed` waits for the regulator's second person; an open window whose last day is over is closed. */
export const windowStates = ['proposed', 'open', 'closed'] as const;

/** The time in which banks bring what they had lent before the registry began, as its reader may see it. */
export const takeOnWindowSchema = z.strictObject({
  /** Counts the windows, from 1. */
  number: z.number().int(),
  state: z.enum(windowStates),
  /** What was paid out on this day or later is no part of it. */
  cutOff: date,
  /** Its last day, in UTC. */
  until: date,
  /** For the regulator; a bank sees the windows that are its own. */
  banks: z.array(mspId).optional(),
  proposedAt: instant,
  openedAt: instant.optional(),
  closedAt: instant.optional(),
});
export type TakeOnWindow = z.infer<typeof takeOnWindowSchema>;

/** A claim's, but for what begins with the registry. */
const taken = productSchema.exclude(['reverse-factoring']);
/** A claim's, while it runs. */
export const takenStates = ['disbursed', 'partly-repaid', 'overdue'] as const;

/** What the bank knows of the paper beside its number: compared in a dry run, where it is said. */
const stated = { total: moneySchema.optional(), date: date.optional() };
const drawnLine = z.strictObject({ document: documentSchema, amount: moneySchema, ...stated });
const lines = (least: number) => z.array(drawnLine).min(least).max(limits.linesPerClaim);

/** One loan of a bank's book. */
export const takeOnLineSchema = z.strictObject({
  /** The bank's own number of the loan; it is the application number of the claim. */
  reference: text(64),
  enterprise: partyIdSchema,
  product: taken,
  /** What was lent, and what of it is still owed. */
  amount: moneySchema,
  outstanding: moneySchema,
  lines: lines(0),
  cover: lines(1).optional(),
  collateral: z
    .array(z.strictObject({ document: documentSchema, quantity: quantitySchema }))
    .min(1)
    .max(limits.linesPerClaim)
    .optional(),
  paidOutOn: date,
  dueDate: date,
  /** Follows from amounts and due date where the book does not say it. */
  state: z.enum(takenStates).optional(),
  parties: z.array(securedPartySchema).min(1).max(limits.partiesTakenOn).optional(),
});
export type TakeOnLine = z.infer<typeof takeOnLineSchema>;

/** What would become of a line. */
export const previewOutcomes = ['taken-on', 'unmatched', 'already-brought', 'refused'] as const;
/** In the order in which the first that is true of a line is its verdict. */
export const previewVerdicts = [
  'refused',
  'already-brought',
  'enterprise-unknown',
  'not-found',
  'differs',
  'rate-missing',
  'long-overdue',
  'found',
] as const;
export type PreviewVerdict = (typeof previewVerdicts)[number];

export const previewSchema = z.strictObject({
  index: z.number().int(),
  verdict: z.enum(previewVerdicts),
  outcome: z.enum(previewOutcomes),
  /** Of a refusal. */
  code: z.string().optional(),
  detail: z.string().optional(),
  field: z.string().optional(),
  /** Of each document that was asked for: in which of its particulars the book and the registry differ. */
  documents: z.array(
    z.strictObject({
      list: z.enum(lineLists),
      line: z.number().int(),
      result: z.enum(['found', 'not-found', 'mismatch']),
      mismatches: z.array(z.enum(['enterprise', 'currency', 'total', 'date', 'status'])),
    }),
  ),
});
export type Preview = z.infer<typeof previewSchema>;

export const correctionStates = ['proposed', 'approved', 'refused'] as const;

/** A loan that was forgotten until the window had closed. */
export const correctionViewSchema = z.strictObject({
  id: opaqueId,
  state: z.enum(correctionStates),
  seq: z.number().int(),
  owner: mspId,
  line: takeOnLineSchema,
  reason: z.string(),
  /** The claim that it has become. */
  claim: opaqueId.optional(),
  /** Why the regulator refuses it. */
  refusal: z.string().optional(),
  createdAt: instant,
  updatedAt: instant,
});
export type CorrectionView = z.infer<typeof correctionViewSchema>;

/** A document on which more is drawn than it allows, and by how much; never whose draws. */
export const overdrawnDocumentSchema = z.strictObject({
  family: z.string(),
  /** The documents of the claim that are concerned, and those that should carry what is drawn. */
  documents: z.array(z.strictObject({ type: z.enum(factTypes), number: z.string() })),
  by: moneySchema.optional(),
  byQuantity: quantitySchema.optional(),
  /** For the regulator: every claim and payment that draws on these documents. */
  draws: z
    .array(
      z.strictObject({
        owner: mspId,
        claim: opaqueId,
        document: z.strictObject({ type: z.enum(factTypes), number: z.string() }),
        amount: moneySchema.optional(),
        quantity: quantitySchema.optional(),
      }),
    )
    .optional(),
});

export const takeOnInputs = {
  proposeTakeOnWindow: z.strictObject({
    cutOff: date,
    until: date,
    banks: z.array(mspId).min(1).max(limits.banksPerWindow),
  }),
  openTakeOnWindow: z.strictObject({ number: z.number().int().min(1) }),
  closeTakeOnWindow: z.strictObject({ number: z.number().int().min(1) }),
  readTakeOnWindows: z.strictObject({}),
  takeOn: z.strictObject({ lines: z.array(z.unknown()).min(1).max(limits.itemsPerBatch) }),
  previewTakeOn: z.strictObject({ lines: z.array(z.unknown()).min(1).max(limits.itemsPerBatch) }),
  readOverdraft: z.strictObject({ id: opaqueId, owner: mspId.optional() }),
  proposeCorrection: z.strictObject({ idempotencyKey, line: takeOnLineSchema, reason }),
  approveCorrection: z.strictObject(command),
  refuseCorrection: z.strictObject({ ...command, reason }),
} as const;

const windows = z.strictObject({ windows: z.array(takeOnWindowSchema) });

/**
 * The claim that a line became, as far as its verdict tells of it. The answer to a transaction stands in its block, which every
 * member keeps: the whole claim would be more than half of what a line leaves there, and its bank has it anyway.
 */
export const broughtClaimSchema = z.strictObject({
  id: opaqueId,
  state: claimStateSchema,
  seq: z.number().int(),
  /** How many of its documents wait for their authority. */
  unmatched: z.number().int(),
  /** The line was on the ledger already, and nothing is written for it. */
  unchanged: z.literal(true).optional(),
});
export type BroughtClaim = z.infer<typeof broughtClaimSchema>;

const claimTakenOnSchema = z.strictObject({
  index: z.number().int(),
  status: z.literal('taken-on'),
  claim: broughtClaimSchema,
});

export const takeOnOutputs = {
  proposeTakeOnWindow: takeOnWindowSchema,
  openTakeOnWindow: takeOnWindowSchema,
  closeTakeOnWindow: takeOnWindowSchema,
  readTakeOnWindows: windows,
  takeOn: z.strictObject({
    items: z.array(z.discriminatedUnion('status', [claimTakenOnSchema, itemRefusalSchema])),
  }),
  previewTakeOn: z.strictObject({ items: z.array(previewSchema) }),
  readOverdraft: z.strictObject({ id: opaqueId, overdrawn: z.array(overdrawnDocumentSchema) }),
  proposeCorrection: correctionViewSchema,
  approveCorrection: correctionViewSchema,
  refuseCorrection: correctionViewSchema,
} as const;
