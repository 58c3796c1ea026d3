import { z } from 'zod';
import { memberKinds } from '../roles.js';
import { mspId } from '../schemas.js';

const memberStates = ['admitted', 'suspended'] as const;

const title = z.string().min(1).max(200);
const kind = z.enum(memberKinds);

/** Who is on the register. */
export const memberSchema = z.strictObject({
  id: mspId,
  title,
  /** What it is for the registry; there may be several of each. It stays what it was admitted as. */
  kind,
  /** Undefined until two government organisations have said the same. */
  state: z.enum(memberStates).optional(),
  /** Since when it is in that state, RFC 3339. */
  since: z.string().optional(),
  /** What one government organisation has said, and no second one yet. */
  proposed: z
    .strictObject({ title, kind, state: z.enum(memberStates), by: z.array(z.string()), at: z.string() })
    .optional(),
});
export type Member = z.infer<typeof memberSchema>;

export const memberInputs = {
  changeMember: z.strictObject({ id: mspId, title, kind, state: z.enum(memberStates) }),
  readMember: z.strictObject({ id: mspId }),
};

export const memberOutputs = { changeMember: memberSchema, readMember: memberSchema };
