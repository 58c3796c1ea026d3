import type { Input, PartyId } from '../api.js';
import { assertCoverTerm } from '../claims/due-date.js';
import { type PreparedClaim, prepareClaim } from '../draws/prepare.js';
import { LedgerError } from '../errors.js';
import { dateOf } from '../rules/dates.js';

type Need = Pick<Input<'postRequest'>, 'amount' | 'product' | 'lines' | 'cover' | 'tenorDays'>;

/**
 * Holds a need to the rules of the claim that may come of it, now rather than when the offers are there.
 *
 * @throws LedgerError what such a claim would be refused for by itself, whatever the ledger knows.
 */
export function assertNeed({ tenorDays, ...claimed }: Need, enterprise: PartyId, now: number): void {
  const prepared = prepareClaim({ ...claimed, enterprise });
  if (claimed.cover === undefined) return;
  assertCoverTerm(dateOf(now + tenorDays * 86_400_000), dateOf(now), 'tenorDays');
  assertCoverSum(prepared);
}

/** Limits and shipments each carry the whole amount, so that they carry a smaller offer, too. */
function assertCoverSum({ amount, lines }: PreparedClaim): void {
  for (const type of ['buyer-limit', 'declared-shipment'] as const) {
    const covering = lines.filter(({ list, key }) => list === 'cover' && key.type === type);
    const sum = covering.reduce((total, { minor }) => total + minor, 0n);
    if (sum !== amount.minor) throw new LedgerError('COVER_SUM', { field: 'cover' });
  }
}
