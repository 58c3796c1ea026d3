import { z } from 'zod';

/** No machine approves or admits: the second pair of eyes is a person's. */
export const machineRoles = ['officer', 'auditor', 'viewer'] as const;
export const machineStates = ['proposed', 'active', 'revoked'] as const;

const coordinate = z.base64url().min(40).max(70);

/** A public key of a machine (RFC 7517), with nothing in it that is private. */
export const publicJwkSchema = z.discriminatedUnion('kty', [
  z.strictObject({
    kty: z.literal('EC'),
    crv: z.enum(['P-256', 'P-384']),
    x: coordinate,
    y: coordinate,
  }),
  z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: coordinate }),
  z.strictObject({ kty: z.literal('RSA'), n: z.base64url().max(1_500), e: z.base64url().max(20) }),
]);
export type PublicJwk = z.infer<typeof publicJwkSchema>;

export const machineKeySchema = z.strictObject({
  /** SHA-256 thumbprint of the key, RFC 7638. */
  kid: z.string(),
  jwk: publicJwkSchema,
  addedBy: z.string(),
  addedAt: z.iso.datetime(),
});
export type MachineKey = z.infer<typeof machineKeySchema>;

/** What one admin has asked for and a second has to confirm. */
const machineProposalSchema = z.strictObject({
  kind: z.enum(['creation', 'key']),
  by: z.string(),
  at: z.iso.datetime(),
  key: machineKeySchema.optional(),
});

/** One program of the organisation, as the gateway keeps it. */
export const machineRecordSchema = z.strictObject({
  /** OAuth 2 client id, and enrolment id of its certificate. */
  id: z.string(),
  role: z.enum(machineRoles),
  /** The enterprise that it acts for; only at the portal. */
  uscc: z.string().optional(),
  /** What it may ask for a token for; never more than its role may. */
  scopes: z.array(z.string()),
  keys: z.array(machineKeySchema),
  state: z.enum(machineStates),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  proposal: machineProposalSchema.optional(),
  /** Marks the identity at the certificate authority as made for this very machine. */
  admission: z.string(),
  /** From when on the certificate authority's list must have it, milliseconds; absent before that. */
  listedFrom: z.number().optional(),
  certificateEndsAt: z.iso.datetime().optional(),
  lastTokenAt: z.iso.datetime().optional(),
  /** The certificate authority has yet to be told that it is revoked. */
  toRevoke: z.boolean(),
});
export type MachineRecord = z.infer<typeof machineRecordSchema>;
