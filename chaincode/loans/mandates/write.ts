import type { Call } from '../../ledger/call.js';
import { nextVersion } from '../../ledger/versions.js';
import { type Mandate, mandateVersions } from './records.js';

/** Writes a version of a mandate, which its bank holds. */
export function storeMandate({ work }: Call, mandate: Mandate): void {
  mandateVersions.write(work, mandate, [mandate.bank]);
}

/** Writes the next version. */
export function changeMandate(call: Call, mandate: Mandate, changes: Partial<Mandate>): Mandate {
  const next = nextVersion(call, mandate, changes);
  storeMandate(call, next);
  return next;
}
