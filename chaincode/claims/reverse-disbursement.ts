import { changeDraws } from '../draws/draws.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import { isDrawOf } from '../rules/trades.js';
import { stateAfter } from './change.js';
import { payoutEnds } from './payout-time.js';
import type { Claim, Reversal } from './records.js';
import { withoutOffer } from './transfer.js';

/**
 * The payout never took place: the claim is a promise again, which holds its documents until it is paid out or lapses.
 *
 * @throws LedgerError ENTRY_IN_USE while repayments stand on it, or shares that other banks have taken.
 */
export async function reverseDisbursement(
  call: Call,
  claim: Claim,
  reversal: Reversal,
): Promise<Partial<Claim>> {
  const isRepaid = claim.repayments.some(({ reversed }) => reversed === undefined);
  if (isRepaid || claim.shares !== undefined) {
    throw new LedgerError('ENTRY_IN_USE', { field: 'entry' });
  }
  const state = stateAfter(claim, 'reverse-payout');
  const { paidOutAt, reference } = claim;
  // Who took the loan over has paid for it, and entered no payout.
  if ((claim.transferredFrom ?? claim.shareOf) !== undefined)
    throw new LedgerError('ENTRY_NOT_FOUND', { field: 'entry' });
  const expiresAt = await payoutEnds(call, claim.dueDate);
  await changeDraws(call, claim.lines, (trade, line) => ({
    ...trade,
    draws: trade.draws.map((draw) => (isDrawOf(draw, claim.id, line) ? { ...draw, until: expiresAt } : draw)),
  }));
  const taken = { entry: 'disbursement' as const, paidOutAt, reference, ...reversal };
  return {
    state,
    expiresAt,
    paidOutAt: undefined,
    reference: undefined,
    reversals: [...(claim.reversals ?? []), taken],
    ...withoutOffer(call, claim),
  };
}
