import { z } from 'zod';
import type { PartyId } from '../api.js';
import { at, registry } from '../ledger/addresses.js';
import { recordKind } from '../ledger/records.js';
import { Versions } from '../ledger/versions.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { partyText } from '../rules/parties.js';
import { assignmentViewSchema, type AssignmentView } from './api.js';

const assignmentShape = z.strictObject({
  ...assignmentViewSchema.shape,
  /** The buyer limit as a fact. */
  fact: z.string(),
  /** Digest of what was proposed. */
  request: z.string(),
});
export type Assignment = z.infer<typeof assignmentShape>;
/** One version of an assignment, never overwritten. */
export const assignment = recordKind('assignment', 'AG', assignmentShape);

const assigneeShape = z.strictObject({
  assignment: z.string(),
  bank: z.string(),
  fact: z.string(),
  live: z.boolean(),
});
/** Who is the one assignee of a policy and buyer: what every insured claim reads. */
export const assignee = recordKind('assignee', 'AE', assigneeShape);

const assignedLimitsShape = z.strictObject({ facts: z.array(z.string()) });
/** The limits of a policy that are assigned: the claims on them are whom the end of the policy concerns. */
export const assignedLimits = recordKind('assigned limits', 'AL', assignedLimitsShape);

/** Held by the portal, the insurer and the bank: its three parties. */
export const assignmentVersions = new Versions('assignment', assignment);

export const assigneeAt = (id: string) => at(registry, assignee, id);

export const assignedLimitsAt = (id: string) => at(registry, assignedLimits, id);

/** The ids under which the assignee of an insurer's policy and a buyer may lie. */
export function assigneeIds(
  keys: Fingerprints,
  { insurer, policy, buyer }: { readonly insurer: string; readonly policy: string; readonly buyer: PartyId },
): readonly [string, ...string[]] {
  return keys.candidates('assignee', `${insurer}\n${policy}\n${partyText(buyer)}`);
}

/** What the parties read of an assignment: without the keys by which the ledger finds it again. */
export function assignmentView({ fact: _fact, request: _request, ...view }: Assignment): AssignmentView {
  return view;
}
