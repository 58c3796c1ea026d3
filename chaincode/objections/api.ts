import { z } from 'zod';
import {
  command,
  documentSchema,
  factTypes,
  idempotencyKey,
  instant,
  mspId,
  opaqueId,
  partyIdSchema,
  reason,
  text,
} from '../schemas.js';

/** `held`: the regulator lets nobody draw on the trade until it has decided for good. */
export const objectionStates = ['open', 'held', 'correction-ordered', 'dismissed', 'withdrawn'] as const;
const objectionOutcomes = ['hold', 'correct', 'dismiss'] as const;
/** SHA-256 of a paper that the party keeps. */
const evidence = z.string().regex(/^[0-9a-f]{64}$/, 'Evidence is a SHA-256 in 64 hexadecimal characters.');

/** An objection, with as much as its reader may know: a bank never learns which other bank objects or holds a claim. */
export const objectionViewSchema = z.strictObject({
  id: opaqueId,
  state: z.enum(objectionStates),
  seq: z.number().int(),
  document: z.strictObject({ type: z.enum(factTypes), number: z.string() }),
  /** Of what kind the organisation is that objects. */
  raisedBy: z.enum(['enterprise', 'bank', 'insurer', 'customs', 'tax', 'carrier']),
  objector: mspId.optional(),
  enterprise: partyIdSchema,
  reason: z.string(),
  evidence: z.string().optional(),
  /** Who recorded the document, and sets it right where the regulator orders it; for the regulator and itself. */
  authority: mspId.optional(),
  /** The banks that held claims on the trade when it was raised; for the regulator. */
  holders: z.array(mspId).optional(),
  answers: z.array(
    z.strictObject({
      bank: mspId.optional(),
      text: z.string(),
      evidence: z.string().optional(),
      at: instant,
    }),
  ),
  decision: z
    .strictObject({ outcome: z.enum(objectionOutcomes), reason: z.string(), at: instant })
    .optional(),
  createdAt: instant,
  updatedAt: instant,
});
export type ObjectionView = z.infer<typeof objectionViewSchema>;

export const objectionInputs = {
  raiseObjection: z.strictObject({
    idempotencyKey,
    document: documentSchema,
    /** The seller whose document it is. */
    enterprise: partyIdSchema,
    reason,
    evidence: evidence.optional(),
    /** Of an insurer: its own policy or buyer limit under which the trade falls. */
    cover: documentSchema.extend({ type: z.enum(['insurance-policy', 'buyer-limit']) }).optional(),
    /** Proofs of a bank's verifications: it seeks a claim. */
    verified: z.array(opaqueId).max(150).optional(),
  }),
  answerObjection: z.strictObject({ ...command, text: text(500), evidence: evidence.optional() }),
  decideObjection: z.strictObject({ ...command, outcome: z.enum(objectionOutcomes), reason }),
  withdrawObjection: z.strictObject({ ...command, reason }),
} as const;

export const objectionOutputs = {
  raiseObjection: objectionViewSchema,
  answerObjection: objectionViewSchema,
  decideObjection: objectionViewSchema,
  withdrawObjection: objectionViewSchema,
} as const;
