import { type Claim, claimVersions } from './records.js';
import type { Call } from '../ledger/call.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { portalsOf } from '../rules/accounts.js';
import { copyForExporter } from './copy.js';
import { debtorsAt, withDebtorsTold } from './notices.js';
import { nextVersion as next } from '../ledger/versions.js';

/**
 * Writes a version of a claim: the bank's record under a key of its own, the exporter's copy, the
 * notice to debtors whose account another portal serves, and the public line.
 */
export function writeClaim(work: UnitOfWork, claim: Claim): void {
  const portals = portalsOf(claim.account, work.places);
  const told = withDebtorsTold(work, claim, portals);
  const copyAt = (portal: string) =>
    copyForExporter(told, told.debtors && debtorsAt(portal, told.debtors, work.places));
  claimVersions.write(work, told, [claim.owner, ...portals], (holder) =>
    holder === claim.owner ? told : copyAt(holder),
  );
}

/** The next version of a claim, signed by the caller. */
export function nextVersion(call: Call, claim: Claim, changes: Partial<Claim>): Claim {
  const { mspId, person } = call.caller;
  return next(call, claim, { ...changes, by: { mspId, id: person } });
}
