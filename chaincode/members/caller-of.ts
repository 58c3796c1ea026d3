import { LedgerError } from '../errors.js';
import { authorise, type Caller, type Certificate } from '../ledger/call.js';
import { keyRingAt } from '../ledger/key-ring.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { governmentKind, type Permission } from '../roles.js';
import { memberAt } from './records.js';

/**
 * Who calls, and whether they may: what their organisation is stands in the register of members, in one public record. That
 * the channel lets somebody in is not enough. Who is suspended reads on and does nothing new.
 *
 * @throws LedgerError NOT_INITIALISED, NOT_A_MEMBER, PERMISSION_DENIED, WRONG_ORGANISATION or MEMBER_SUSPENDED.
 */
export async function callerOf(
  work: UnitOfWork,
  permission: Permission,
  certificate: Certificate,
): Promise<Caller> {
  const { mspId } = certificate;
  const government = governmentKind(mspId);
  if (government !== undefined)
    return authorise(permission, certificate, { kind: government, isGovernment: true });
  const member = await work.read(memberAt(mspId));
  if (member?.state === undefined) {
    const ring = await work.read(keyRingAt);
    throw new LedgerError(ring === undefined ? 'NOT_INITIALISED' : 'NOT_A_MEMBER');
  }
  const caller = authorise(permission, certificate, { kind: member.kind, isGovernment: false });
  if (member.state === 'suspended' && permission.access === 'submit')
    throw new LedgerError('MEMBER_SUSPENDED');
  return caller;
}
