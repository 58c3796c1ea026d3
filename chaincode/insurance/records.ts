import { z } from 'zod';
import type { PartyId } from '../api.js';
import { type Address, partyCollection, registry } from '../ledger/addresses.js';
import { publicState, type RecordKind } from '../ledger/records.js';
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
export const assignment: RecordKind<Assignment> = {
  name: 'assignment',
  shape: assignmentShape,
  upgrades: [],
};

const assigneeShape = z.strictObject({
  assignment: z.string(),
  bank: z.string(),
  fact: z.string(),
  live: z.boolean(),
});
/** Who is the one assignee of a policy and buyer: what every insured claim reads. */
export const assignee: RecordKind<z.infer<typeof assigneeShape>> = {
  name: 'assignee',
  shape: assigneeShape,
  upgrades: [],
};

const assignedLimitsShape = z.strictObject({ facts: z.array(z.string()) });
/** The limits of a policy that are assigned: the claims on them are whom the end of the policy concerns. */
export const assignedLimits: RecordKind<z.infer<typeof assignedLimitsShape>> = {
  name: 'assigned limits',
  shape: assignedLimitsShape,
  upgrades: [],
};

/** @param mspId the portal, the insurer or the bank: each of the three parties holds a copy. */
export const assignmentAt = (mspId: string, id: string, seq: number): Address<Assignment> => ({
  collection: partyCollection(mspId),
  key: `AG~${id}~${seq}`,
  kind: assignment,
});
export const publicAssignmentAt = (id: string) => ({
  collection: undefined,
  key: `assignment~${id}`,
  kind: publicState,
});
export const assigneeAt = (id: string): Address<z.infer<typeof assigneeShape>> => ({
  collection: registry,
  key: `AE~${id}`,
  kind: assignee,
});

export const assignedLimitsAt = (id: string): Address<z.infer<typeof assignedLimitsShape>> => ({
  collection: registry,
  key: `AL~${id}`,
  kind: assignedLimits,
});

/** The ids under which the assignee of a policy and buyer may lie. */
export function assigneeIds(
  keys: Fingerprints,
  { policy, buyer }: { readonly policy: string; readonly buyer: PartyId },
): readonly [string, ...string[]] {
  return keys.candidates('assignee', `${policy}\n${partyText(buyer)}`);
}

export function assignmentView({ fact: _fact, request: _request, ...view }: Assignment): AssignmentView {
  return view;
}
