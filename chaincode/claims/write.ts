import { type Claim, claimVersions } from './records.js';
import type { Call } from '../ledger/call.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { nextVersion as next } from '../ledger/versions.js';

/** Writes a version of a claim: the private record under a key of its own, and the public line. */
export function writeClaim(work: UnitOfWork, claim: Claim): void {
  claimVersions.write(work, claim, [claim.owner]);
}

/** The next version of a claim, signed by the caller. */
export function nextVersion(call: Call, claim: Claim, changes: Partial<Claim>): Claim {
  const { mspId, person } = call.caller;
  return next(call, claim, { ...changes, by: { mspId, id: person } });
}
