import { z } from 'zod';

export const personStates = ['invited', 'active', 'locked', 'suspended', 'removed'] as const;
/** How a person stands at the gateway, before anybody else is asked. */
export type PersonState = (typeof personStates)[number];

export const personRoles = ['officer', 'approver', 'auditor', 'viewer', 'admin'] as const;

/** How somebody comes in: by a secret of their own, for which they get a code, or by the organisation's provider. */
export const ways = ['secret', 'provider'] as const;
export type Way = (typeof ways)[number];

/** What an admin has asked for and a second one has to confirm. */
const proposalSchema = z.strictObject({
  kind: z.enum(['admission', 'invitation', 'role']),
  /** The new role, where it is about one. */
  role: z.enum(personRoles).optional(),
  door: z.literal('provider').optional(),
  by: z.string(),
  at: z.iso.datetime(),
});
export type Proposal = z.infer<typeof proposalSchema>;

/** A proposal that was returned, and why; it stands until there is another. */
const returnedSchema = z.strictObject({
  ...proposalSchema.shape,
  /** Who returned it, and when: `at` is not that of the proposal. */
  returnedBy: z.string(),
  reason: z.string(),
});

const invitationSchema = z.strictObject({
  /** The code follows from it and the host's key, so that no code lies on the disk. */
  nonce: z.string(),
  expiresAt: z.iso.datetime(),
  by: z.string(),
  /** Taken up by the first sign-in at the provider; no code takes it up. */
  door: z.literal('provider').optional(),
});
export type Invitation = z.infer<typeof invitationSchema>;

/** What the certificate authority has yet to be told. */
const errands = ['register', 'revoke', 'attributes', 'secret'] as const;
export type Errand = (typeof errands)[number];

/** One person of the organisation as the gateway keeps them. */
export const personRecordSchema = z.strictObject({
  id: z.string(),
  role: z.enum(personRoles),
  /** The enterprise that the person acts for; only at the portal. */
  uscc: z.string().optional(),
  state: z.enum(personStates),
  since: z.iso.datetime(),
  /** Who brought the person into this state; absent when it was the certificate authority. */
  by: z.string().optional(),
  /** What opens the door: the secret that the certificate authority keeps, the person's own, or the provider's word. */
  secretAt: z.enum(['authority', 'gateway', 'provider']),
  /** The account at the provider, by which the person came first. */
  account: z.strictObject({ issuer: z.string(), subject: z.string() }).optional(),
  /** Goes up with every change that an attempt to sign in must not outlive. */
  version: z.number().int(),
  /** Marks the identity at the certificate authority as made by this very admission. */
  admission: z.string().optional(),
  proposal: proposalSchema.optional(),
  returned: returnedSchema.optional(),
  invitation: invitationSchema.optional(),
  /** Told to the certificate authority as soon as it answers. */
  errands: z.array(z.enum(errands)),
  /** From when on the certificate authority's list must have the person, milliseconds; absent before that. */
  listedFrom: z.number().optional(),
  /** Since when the certificate authority has the person no more, though it once had. */
  unlistedSince: z.iso.datetime().optional(),
  /** The latest sign-in. */
  signedInAt: z.iso.datetime().optional(),
  /** The end of a certificate of which the organisation has been warned. */
  warnedOf: z.iso.datetime().optional(),
  /** How near the end was at the last warning, days. */
  warnedAt: z.number().optional(),
  certificateEndsAt: z.iso.datetime().optional(),
  /** Wrong secrets that went to the certificate authority since the last right one. */
  wrongAtAuthority: z.number().int(),
  /** The latest requests of admins about this person: a repetition gets the same answer, without any code on the disk. */
  requests: z.array(z.strictObject({ key: z.string(), digest: z.string() })),
});
export type PersonRecord = z.infer<typeof personRecordSchema>;
