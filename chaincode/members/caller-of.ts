import { LedgerError } from '../errors.js';
import { authorise, type Caller, type Certificate } from '../ledger/call.js';
import { keyRingAt } from '../ledger/key-ring.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { governmentKind, membersMsp, type Permission } from '../roles.js';
import type { Member } from './api.js';
import { memberBehind } from './authorities.js';
import { memberAt } from './records.js';

/**
 * Who calls, and whether they may: what their organisation is stands in the register of members, in one public record. That
 * the channel lets somebody in is not enough. Who is suspended reads on and does nothing new; who was removed does neither.
 * From here on a caller belongs to the member, whichever MSP they signed under; and who calls in the place of a member that
 * they have succeeded belongs to that one, so that no other rule of the ledger has to know of successors.
 *
 * @param inPlaceOf the removed member for which its successor acts.
 * @throws LedgerError NOT_INITIALISED, NOT_A_MEMBER, MEMBER_REMOVED, PERMISSION_DENIED, WRONG_ORGANISATION, NOT_SUCCESSOR,
 *   OWN_NAME_ONLY or MEMBER_SUSPENDED.
 */
export async function callerOf(
  work: UnitOfWork,
  permission: Permission,
  certificate: Certificate,
  inPlaceOf?: string,
): Promise<Caller> {
  const government = governmentKind(certificate.mspId);
  if (government !== undefined) {
    if (inPlaceOf !== undefined) throw notSuccessor();
    return authorise(permission, certificate, { kind: government, isGovernment: true });
  }
  const member = await memberOf(work, certificate);
  if (member?.state === undefined) {
    const ring = await work.read(keyRingAt);
    throw new LedgerError(ring === undefined ? 'NOT_INITIALISED' : 'NOT_A_MEMBER');
  }
  const { id: mspId, kind, state, inherits = [] } = member;
  if (state === 'removed') throw new LedgerError('MEMBER_REMOVED');
  const names = [mspId, ...inherits];
  const caller = authorise(permission, { ...certificate, mspId }, { kind, isGovernment: false, names });
  if (state === 'suspended' && permission.access === 'submit') throw new LedgerError('MEMBER_SUSPENDED');
  if (inPlaceOf === undefined) return caller;
  if (!inherits.includes(inPlaceOf)) throw notSuccessor();
  if (permission.succeeds !== true) throw new LedgerError('OWN_NAME_ONLY');
  // Both organisations may have somebody of this enrolment id, and they are two people.
  return { ...caller, mspId: inPlaceOf, person: `${caller.person}@${mspId}` };
}

/** A member signs in one way: under its own MSP, or under that of all who have no node. */
async function memberOf(work: UnitOfWork, { mspId, pem }: Certificate): Promise<Member | undefined> {
  if (mspId === membersMsp) return memberBehind(work, pem);
  const member = await work.read(memberAt(mspId));
  return member?.authority === undefined ? member : undefined;
}

function notSuccessor(): LedgerError {
  return new LedgerError('NOT_SUCCESSOR', { field: 'inPlaceOf' });
}
