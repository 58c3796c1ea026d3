import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import { keyRingAt } from '../ledger/key-ring.js';
import { governmentMsps } from '../roles.js';
import { memberAt } from './records.js';

const government: readonly string[] = governmentMsps;

/**
 * Whoever is no government node has to be on the register: that the channel lets somebody in is not enough. Who is
 * suspended reads on and does nothing new.
 *
 * @throws LedgerError NOT_INITIALISED, NOT_A_MEMBER or MEMBER_SUSPENDED.
 */
export async function assertMember(
  { work, caller }: Pick<Call, 'work' | 'caller'>,
  access: 'submit' | 'evaluate',
): Promise<void> {
  if (government.includes(caller.mspId)) return;
  const member = await work.read(memberAt(caller.mspId));
  if (member?.state === 'admitted') return;
  if (member?.state === 'suspended') {
    if (access === 'evaluate') return;
    throw new LedgerError('MEMBER_SUSPENDED');
  }
  const ring = await work.read(keyRingAt);
  throw new LedgerError(ring === undefined ? 'NOT_INITIALISED' : 'NOT_A_MEMBER');
}
