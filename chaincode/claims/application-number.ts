import { LedgerError } from '../errors.js';
import { applicationAt, type Claim } from './records.js';
import type { Call } from '../ledger/call.js';
import { findFirst } from '../ledger/find-first.js';
import { isOver } from '../rules/claim-states.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { loadClaim } from './load.js';

/**
 * Gives a claim its bank's application number, in whatever spelling. It names one loan: it can be used again only once
 * the claim that bore it has ended without having been paid out.
 *
 * @throws LedgerError APPLICATION_EXISTS.
 */
export async function takeApplicationNumber(
  { work }: Pick<Call, 'work'>,
  keys: Fingerprints,
  { id: claim, owner, applicationNumber }: Pick<Claim, 'id' | 'owner' | 'applicationNumber'>,
): Promise<void> {
  const spelled = applicationNumber.normalize('NFKC').replace(/\s/gu, '').toUpperCase();
  const ids = keys.candidates('application', `${owner}\n${spelled}`);
  const { id, record } = await findFirst(work, ids, applicationAt);
  if (record !== undefined) {
    const { state, paidOutAt } = await loadClaim(work, owner, record.claim);
    if (!isOver(state) || paidOutAt !== undefined) {
      throw new LedgerError('APPLICATION_EXISTS', { field: 'applicationNumber' });
    }
  }
  work.write(applicationAt(id), { claim });
}
