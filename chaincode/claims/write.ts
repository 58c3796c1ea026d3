import { type Claim, claimAt, publicClaimAt } from './records.js';
import type { Call } from '../ledger/call.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { instantText } from '../rules/dates.js';

/** Writes a version of a claim: the private record under a key of its own, and the public line. */
export function writeClaim(work: UnitOfWork, claim: Claim): void {
  const { owner, id, seq, state } = claim;
  work.write(claimAt(owner, id, seq), claim);
  work.write(publicClaimAt(id), { state, seq });
  work.changed({ kind: 'claim', id, state, seq });
}

/** The next version of a claim, signed by the caller. */
export function nextVersion(call: Call, claim: Claim, changes: Partial<Claim>): Claim {
  const { caller, now } = call;
  const by = { mspId: caller.mspId, id: caller.person };
  return { ...claim, ...changes, seq: claim.seq + 1, by, updatedAt: instantText(now) };
}
