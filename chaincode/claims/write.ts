import { type Claim, claimVersions } from './records.js';
import type { Call } from '../ledger/call.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { portalsOf } from '../rules/accounts.js';
import { copyForExporter } from './copy.js';
import { nextVersion as next } from '../ledger/versions.js';

/** Writes a version of a claim: the bank's record under a key of its own, the exporter's copy, and the public line. */
export function writeClaim(work: UnitOfWork, claim: Claim): void {
  const holders = [claim.owner, ...portalsOf(claim.account, work.places)];
  claimVersions.write(work, claim, holders, (holder) =>
    holder === claim.owner ? claim : copyForExporter(claim),
  );
}

/** The next version of a claim, signed by the caller. */
export function nextVersion(call: Call, claim: Claim, changes: Partial<Claim>): Claim {
  const { mspId, person } = call.caller;
  return next(call, claim, { ...changes, by: { mspId, id: person } });
}
