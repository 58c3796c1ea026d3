import { LedgerError } from '../errors.js';
import { findFirst } from '../ledger/find-first.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { limits } from '../schemas.js';
import { type Assignment, assignedLimitsAt } from './records.js';

/** The assigned limit joins those of its policy. @throws LedgerError TOO_MANY_ASSIGNMENTS. */
export async function addAssignedLimit(
  work: UnitOfWork,
  keys: Fingerprints,
  { insurer, policy, fact }: Assignment,
): Promise<void> {
  const { id, facts } = await found(work, keys, insurer, policy);
  if (facts.length >= limits.assignmentsPerPolicy) throw new LedgerError('TOO_MANY_ASSIGNMENTS');
  work.write(assignedLimitsAt(id), { facts: [...facts.filter((one) => one !== fact), fact] });
}

/** After it no insured claim may rest on this limit of the policy. */
export async function removeAssignedLimit(
  work: UnitOfWork,
  keys: Fingerprints,
  { insurer, policy, fact }: Assignment,
): Promise<void> {
  const { id, facts } = await found(work, keys, insurer, policy);
  work.write(assignedLimitsAt(id), { facts: facts.filter((one) => one !== fact) });
}

/** The limits of a policy on which insured claims may rest, as facts: no claim does without an assignment. */
export async function assignedLimitsOf(
  work: UnitOfWork,
  keys: Fingerprints,
  insurer: string,
  policy: string,
): Promise<readonly string[]> {
  return (await found(work, keys, insurer, policy)).facts;
}

/** @param policy its number, which the insurer gives once. */
async function found(work: UnitOfWork, keys: Fingerprints, insurer: string, policy: string) {
  const ids = keys.candidates('assigned-limits', `${insurer}\n${policy}`);
  const { id, record } = await findFirst(work, ids, assignedLimitsAt);
  return { id, facts: record?.facts ?? [] };
}
