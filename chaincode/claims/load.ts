import { LedgerError } from '../errors.js';
import { type Claim, claimVersions } from './records.js';
import { bankMeant } from '../members/bank-meant.js';
import type { Call } from '../ledger/call.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';

/**
 * The latest version of an organisation's claim.
 *
 * @throws LedgerError CLAIM_NOT_FOUND, also when the claim is another organisation's.
 */
export async function loadClaim(work: UnitOfWork, owner: string, id: string): Promise<Claim> {
  const claim = await claimVersions.latest(work, owner, id);
  if (claim === undefined) throw new LedgerError('CLAIM_NOT_FOUND', { field: 'id' });
  return claim;
}

/**
 * Whose claim a call means: a bank's own, or the one that a government node names.
 *
 * @throws LedgerError CLAIM_NOT_FOUND when a government node names no bank.
 */
export async function ownerMeant(call: Call, named: string | undefined): Promise<string> {
  const bank = await bankMeant(call, named);
  if (bank === undefined) {
    throw new LedgerError('CLAIM_NOT_FOUND', { detail: 'Say which bank owns the claim.', field: 'owner' });
  }
  return bank;
}
