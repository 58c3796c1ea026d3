import { z } from 'zod';
import {
  command,
  date,
  documentSchema,
  idempotencyKey,
  instant,
  limits,
  moneySchema,
  mspId,
  opaqueId,
  partyIdSchema,
  reason,
  tenorDays,
  text,
  yearlyRate,
} from '../schemas.js';

/** awarded: the enterprise has chosen, and the bank has not confirmed its claim yet. */
export const requestStates = ['open', 'closed', 'awarded', 'accepted', 'withdrawn', 'lapsed'] as const;
/** let-go: it was chosen, and the bank did not go through with it. */
const offerStates = ['sealed', 'opened', 'accepted', 'lapsed', 'let-go'] as const;
/** The claim's product names, without the ledger's whole API. */
const product = z.enum(['discount', 'factoring', 'invoice', 'order', 'insured']);
const lines = z
  .array(z.strictObject({ document: documentSchema, amount: moneySchema }))
  .min(1)
  .max(limits.linesPerClaim);

const need = {
  amount: moneySchema,
  tenorDays,
  product,
  purpose: text(200),
  /** Yearly, in per cent. */
  highestRate: yearlyRate.optional(),
  lines,
  /** The buyer limits and declared shipments that cover an insured claim, in the order of the lines. */
  cover: lines.optional(),
  /** Why documents are financed that were due long ago. */
  pastDueReason: reason.optional(),
  /** An authorisation to query the enterprise's records, for the banks that are asked. */
  authorisations: z.array(opaqueId).max(limits.banksPerRequest).optional(),
  /** Until when offers can be sealed, RFC 3339. */
  deadline: z.iso.datetime({ offset: true }),
};

/** A request as the enterprise sees it; a bank sees only itself among the banks. */
export const requestViewSchema = z.strictObject({
  id: opaqueId,
  state: z.enum(requestStates),
  seq: z.number().int(),
  owner: mspId,
  enterprise: partyIdSchema,
  banks: z.array(mspId),
  ...need,
  /** The claim that came of it, for the enterprise and the bank that holds it. */
  claim: opaqueId.optional(),
  reason: z.string().optional(),
  createdAt: instant,
  updatedAt: instant,
});
export type RequestView = z.infer<typeof requestViewSchema>;

/** What a bank offers; hidden until it is opened. */
export const termsSchema = z.strictObject({
  amount: moneySchema,
  rate: yearlyRate,
  fees: moneySchema.optional(),
  /** Last day on which the enterprise can accept. */
  validUntil: date,
});
export type OfferTerms = z.infer<typeof termsSchema>;

export const offerViewSchema = z.strictObject({
  id: opaqueId,
  state: z.enum(offerStates),
  seq: z.number().int(),
  request: opaqueId,
  bank: mspId,
  /** Hexadecimal SHA-256 over salt and terms. */
  commitment: opaqueId,
  terms: termsSchema.optional(),
  claim: opaqueId.optional(),
  createdAt: instant,
  updatedAt: instant,
});
export type OfferView = z.infer<typeof offerViewSchema>;

export const offerInputs = {
  postRequest: z.strictObject({
    idempotencyKey,
    banks: z.array(mspId).min(1).max(limits.banksPerRequest),
    ...need,
  }),
  closeRequest: z.strictObject({ id: opaqueId }),
  withdrawRequest: z.strictObject({ ...command, reason: reason.optional() }),
  sealOffer: z.strictObject({ request: opaqueId, commitment: opaqueId }),
  openOffer: z.strictObject({
    id: opaqueId,
    /** 32 random bytes, base64. */
    salt: z.base64().length(44),
    terms: termsSchema,
  }),
  acceptOffer: z.strictObject(command),
} as const;

export const offerOutputs = {
  postRequest: requestViewSchema,
  closeRequest: requestViewSchema,
  withdrawRequest: requestViewSchema,
  sealOffer: offerViewSchema,
  openOffer: offerViewSchema,
  acceptOffer: offerViewSchema,
} as const;
