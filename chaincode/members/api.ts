import { z } from 'zod';
import { memberKinds } from '../roles.js';
import { limits, mspId } from '../schemas.js';

const memberStates = ['admitted', 'suspended', 'removed'] as const;

const title = z.string().min(1).max(200);
const kind = z.enum(memberKinds);
/** PEM of the root certificate of a member's certificate authority, where it has no node. Public. */
const authority = z.string().min(1).max(4_000);
/** The member that acts for a removed one from then on. */
const successor = mspId;

/**
 * Of a portal that is not the first: how the accounts begin that it serves, whole ones among them. A USCC says in its third
 * to eighth character where the enterprise is registered, so `913302` and `923302` are those of one city. Public.
 */
export const portalAccounts = z
  .array(
    z
      .string()
      .regex(/^[0-9A-Z:]{2,60}$/, 'An account begins with 2 to 60 digits, capital letters and colons.'),
  )
  .max(limits.accountsPerPortal);

/** Who is on the register. */
export const memberSchema = z.strictObject({
  id: mspId,
  title,
  /** What it is for the registry; there may be several of each. It stays what it was admitted as. */
  kind,
  /** By which its people are known, where it has no node and no MSP of its own. */
  authority: authority.optional(),
  accounts: portalAccounts.optional(),
  /** Of one that was removed: who has its holdings. */
  successor: successor.optional(),
  /** Removed members whose holdings it has, with those that they had inherited in their time. */
  inherits: z.array(mspId).optional(),
  /** Undefined until two government organisations have said the same. */
  state: z.enum(memberStates).optional(),
  /** Since when it is in that state, RFC 3339. */
  since: z.string().optional(),
  /** What one government organisation has said, and no second one yet. */
  proposed: z
    .strictObject({
      title,
      kind,
      authority: authority.optional(),
      accounts: portalAccounts.optional(),
      successor: successor.optional(),
      state: z.enum(memberStates),
      by: z.array(z.string()),
      at: z.string(),
    })
    .optional(),
});
export type Member = z.infer<typeof memberSchema>;

export const memberInputs = {
  changeMember: z.strictObject({
    id: mspId,
    title,
    kind,
    /** Of a member without a node; where it is not said, it stays as it is. */
    authority: authority.optional(),
    /** Of a further portal; where it is not said, it stays as it is. */
    accounts: portalAccounts.optional(),
    /** Of one that is removed, and of no other. */
    successor: successor.optional(),
    state: z.enum(memberStates),
  }),
  readMember: z.strictObject({ id: mspId }),
};

export const memberOutputs = { changeMember: memberSchema, readMember: memberSchema };
