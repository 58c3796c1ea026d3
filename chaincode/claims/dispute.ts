import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import type { Verb } from '../ledger/verb.js';
import type { Claim } from './records.js';
import { awardFalls } from '../offers/award.js';
import { instantText } from '../rules/dates.js';
import { limits } from '../schemas.js';
import { changeClaim, stateAfter } from './change.js';
import { releaseDraws, settleHeld } from '../draws/draws.js';
import { ownerMeant } from './load.js';

const day = 86_400_000;

/**
 * The bank or the regulator puts a claim in dispute. Its times run on, and what it holds is not given back meanwhile. A
 * dispute of the regulator takes the place of the bank's own, so that nobody is kept out by opening one first.
 */
export const disputeClaim: Verb<'disputeClaim'> = async (call, command) =>
  changeClaim(call, 'disputeClaim', command, await ownerMeant(call, command.owner), (claim) => {
    const { caller, now } = call;
    const { dispute: earlier } = claim;
    const state = stateAfter(claim, 'dispute');
    if (earlier !== undefined && (caller.kind !== 'regulator' || earlier.openedBy.mspId === caller.mspId)) {
      throw new LedgerError('INVALID_STATE', { detail: 'The claim is in dispute already.' });
    }
    const days = caller.kind === 'regulator' ? limits.disputeDays.regulator : limits.disputeDays.bank;
    const dispute = {
      openedBy: { mspId: caller.mspId, id: caller.person },
      openedAt: instantText(now),
      until: now + days * day,
      reason: command.reason,
      before: earlier?.before ?? claim.state,
    };
    return Promise.resolve({ state, dispute, reason: command.reason });
  });

/**
 * The dispute ends. Who opened it may withdraw it; the regulator decides it, its own and a bank's, by another person than
 * the one who opened it. Dismissed or withdrawn: the claim goes on as before. Upheld: it falls.
 */
export const resolveDispute: Verb<'resolveDispute'> = async (call, command) =>
  changeClaim(call, 'resolveDispute', command, await ownerMeant(call, command.owner), async (claim) => {
    const { outcome, reason } = command;
    const state = stateAfter(claim, outcome === 'upheld' ? 'uphold-dispute' : 'end-dispute');
    assertMayResolve(call, claim, outcome);
    const changes = outcome === 'upheld' ? await fall(call, claim) : await settleHeld(call, claim);
    return { state, ...changes, dispute: undefined, reason };
  });

/** @throws LedgerError DISPUTE_NOT_YOURS or FOUR_EYES. */
function assertMayResolve(
  { caller }: Call,
  { dispute }: Claim,
  outcome: 'withdrawn' | 'dismissed' | 'upheld',
): void {
  const isOpener = dispute?.openedBy.mspId === caller.mspId;
  if (outcome === 'withdrawn' ? !isOpener : caller.kind !== 'regulator') {
    throw new LedgerError('DISPUTE_NOT_YOURS', { field: 'outcome' });
  }
  if (isOpener && dispute.openedBy.id === caller.person) throw new LedgerError('FOUR_EYES');
}

/**
 * Before the money was paid out an upheld dispute undoes a promise: the balance is restored, nothing is owed. Afterwards
 * the loan is still owed, and its receivables, on which money has been lent, carry nothing for anybody any more.
 */
async function fall(call: Call, claim: Claim): Promise<Partial<Claim>> {
  if (claim.paidOutAt === undefined) {
    await awardFalls(call, claim);
    return { ...(await releaseDraws(call, claim, 'never-disbursed')), expiresAt: undefined };
  }
  const { lines } = await releaseDraws(call, claim, 'dispute-upheld');
  const opened = claim.dispute?.openedAt ?? '';
  return {
    // What came from own funds meanwhile was held, and falls with the rest.
    repayments: claim.repayments.map((one) =>
      one.effect === 'own-funds' && one.at >= opened ? { ...one, effect: 'dispute-upheld' } : one,
    ),
    lines: lines.map((line, index) => ({ ...line, outstanding: claim.lines[index]?.outstanding ?? 0n })),
  };
}
