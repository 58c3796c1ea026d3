import { claimViewSchema } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import { receiptSchema } from '../evidence/receipt.js';

/** What the holder of a claim may show of it; its state, its owner and its times are always shown. */
export const claimParticulars = [
  'applicationNumber',
  'enterprise',
  'product',
  'amount',
  'outstanding',
  'dueDate',
  'documents',
] as const;
/** What somebody who has verified a document may show of that; the answer and its time are always shown. */
export const verificationParticulars = ['document', 'enterprise', 'total', 'remaining'] as const;

const issued = {
  id: z.string(),
  /** Whoever knows it sees the public page; it is not derived from anything that is known. */
  code: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
  /** From when on the public page shows nothing more. */
  endsAt: z.iso.datetime().optional(),
  withdrawnAt: z.iso.datetime().optional(),
};

/** A paper that an organisation hands out, as its gateway keeps it. */
export const certificateSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('claim'),
    ...issued,
    shows: z.array(z.enum(claimParticulars)),
    /** As it stood when the certificate was issued. */
    claim: claimViewSchema,
    registeredAt: z.iso.datetime(),
  }),
  z.strictObject({
    kind: z.literal('verification'),
    ...issued,
    shows: z.array(z.enum(verificationParticulars)),
    receipt: receiptSchema,
  }),
]);
export type Certificate = z.infer<typeof certificateSchema>;
export type ClaimCertificate = Extract<Certificate, { kind: 'claim' }>;
export type VerificationCertificate = Extract<Certificate, { kind: 'verification' }>;

/** Whether a certificate hides nothing: only then does it carry the private record along. */
export function showsAll({ kind, shows }: Certificate): boolean {
  const all: readonly string[] = kind === 'claim' ? claimParticulars : verificationParticulars;
  return all.every((one) => shows.some((shown) => shown === one));
}

/** Where the public page of a certificate stands in its life. */
export function standingOf({ withdrawnAt, endsAt }: Certificate, now: Date): 'valid' | 'withdrawn' | 'ended' {
  if (withdrawnAt !== undefined) return 'withdrawn';
  return endsAt !== undefined && Date.parse(endsAt) <= now.getTime() ? 'ended' : 'valid';
}
