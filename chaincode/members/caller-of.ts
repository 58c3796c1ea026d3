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
 * the channel lets somebody in is not enough. Who is suspended reads on and does nothing new. From here on a caller belongs
 * to the member, whichever MSP they signed under.
 *
 * @throws LedgerError NOT_INITIALISED, NOT_A_MEMBER, PERMISSION_DENIED, WRONG_ORGANISATION or MEMBER_SUSPENDED.
 */
export async function callerOf(
  work: UnitOfWork,
  permission: Permission,
  certificate: Certificate,
): Promise<Caller> {
  const government = governmentKind(certificate.mspId);
  if (government !== undefined)
    return authorise(permission, certificate, { kind: government, isGovernment: true });
  const member = await memberOf(work, certificate);
  if (member?.state === undefined) {
    const ring = await work.read(keyRingAt);
    throw new LedgerError(ring === undefined ? 'NOT_INITIALISED' : 'NOT_A_MEMBER');
  }
  const { id: mspId, kind, state } = member;
  const caller = authorise(permission, { ...certificate, mspId }, { kind, isGovernment: false });
  if (state === 'suspended' && permission.access === 'submit') throw new LedgerError('MEMBER_SUSPENDED');
  return caller;
}

/** A member signs in one way: under its own MSP, or under that of all who have no node. */
async function memberOf(work: UnitOfWork, { mspId, pem }: Certificate): Promise<Member | undefined> {
  if (mspId === membersMsp) return memberBehind(work, pem);
  const member = await work.read(memberAt(mspId));
  return member?.authority === undefined ? member : undefined;
}
