import type { PartyId } from '../api.js';
import { firmIdAt } from './records.js';
import { findFirst } from '../ledger/find-first.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { partyText } from '../rules/parties.js';

/** Where the directory keeps a registered id. */
export function firmIds(keys: Fingerprints, party: PartyId): [newest: string, ...older: string[]] {
  return keys.candidates('firm', partyText(party));
}

/**
 * The one id that stands for a firm, whichever of its registered ids is given: the regulator's directory says which ids
 * are one firm. An id that the directory does not know stands for itself.
 */
export async function firmOf(work: UnitOfWork, keys: Fingerprints, party: PartyId): Promise<PartyId> {
  const { record } = await findFirst(work, firmIds(keys, party), firmIdAt);
  return record?.firm ?? party;
}

/** Every id of a firm that the directory knows; the one that stands for it first. */
export async function idsOf(work: UnitOfWork, keys: Fingerprints, party: PartyId): Promise<PartyId[]> {
  const firm = await firmOf(work, keys, party);
  const { record } = await findFirst(work, firmIds(keys, firm), firmIdAt);
  return record?.ids ?? [firm];
}

/** Whether an id is one of these, or the directory says that it is the same firm. */
export async function isSameFirm(
  work: UnitOfWork,
  keys: Fingerprints,
  ids: readonly PartyId[],
  other: PartyId,
): Promise<boolean> {
  if (ids.some((id) => partyText(id) === partyText(other))) return true;
  const [theirs, ...own] = await Promise.all([other, ...ids].map((id) => firmOf(work, keys, id)));
  return theirs !== undefined && own.some((id) => partyText(id) === partyText(theirs));
}
