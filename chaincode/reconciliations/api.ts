import { z } from 'zod';
import {
  date,
  documentSchema,
  idempotencyKey,
  instant,
  limits,
  moneySchema,
  mspId,
  opaqueId,
} from '../schemas.js';

/** In what a bank's book and the registry differ; `document-lowered` is what both sides have, on less than before. */
export const differenceKinds = [
  'only-book',
  'only-registry',
  'state',
  'outstanding',
  'due-date',
  'document-lowered',
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 has 64 hexadecimal characters.');
const moment = z.iso.datetime('Write the moment as 2026-11-30T16:00:00Z.');
const count = z.number().int().min(0).max(10_000_000);

/** What the reconciliation came to; its details are kept by the bank's gateway and proved by the hash. */
const outcome = {
  /** The day as of which the two are compared, and the moment at which it ended for the bank. */
  asOf: date,
  until: moment,
  /** Lines of the bank's book. */
  lines: count,
  /** Claims that the registry had as live on that day. */
  claims: count,
  /** Lines that the registry has in every particular as the book does. */
  agreed: count,
  differences: z.strictObject({
    'only-book': count,
    'only-registry': count,
    state: count,
    outstanding: count,
    'due-date': count,
    'document-lowered': count,
  }),
  /**
   * By currency, what is outstanding by the book and by the registry, and what of it is open: all that one side alone has,
   * and by how much the two differ on the rest.
   */
  totals: z.array(z.strictObject({ book: moneySchema, registry: moneySchema, open: moneySchema })).max(200),
  /** SHA-256 of the book's lines as they were compared, and of the result with every difference. */
  book: sha256,
  result: sha256,
} as const;

/** A reconciliation as the bank that made it and the regulator see it. */
export const reconciliationViewSchema = z.strictObject({
  id: opaqueId,
  /** One word for all: whether a bank's book is in order is nobody's who reads the public line. */
  state: z.literal('recorded'),
  seq: z.number().int(),
  bank: mspId,
  verdict: z.enum(['agreed', 'open']),
  ...outcome,
  /** Who stands for it. */
  recordedBy: z.string(),
  createdAt: instant,
});
export type ReconciliationView = z.infer<typeof reconciliationViewSchema>;

export const documentChanges = ['lowered', 'cancelled', 'replaced'] as const;

export const reconciliationInputs = {
  recordReconciliation: z.strictObject({ idempotencyKey, ...outcome }),
  readLoweredDocuments: z.strictObject({
    claims: z.array(opaqueId).min(1).max(limits.claimsPerReading),
    /** Later changes do not count. */
    until: moment,
  }),
} as const;

export const reconciliationOutputs = {
  recordReconciliation: reconciliationViewSchema,
  /** In the order of the claims; of each the documents that allow less than when it was made. */
  readLoweredDocuments: z.strictObject({
    claims: z.array(
      z.array(z.strictObject({ document: documentSchema, change: z.enum(documentChanges), at: instant })),
    ),
  }),
} as const;
