import type { ClaimState, ClaimView } from '../api.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import type { Claim } from './records.js';
import type { LedgerFunction } from '../permissions.js';
import { type ClaimPast, type ClaimVerb, nextState } from '../rules/claim-states.js';
import { withWaitingLaid } from './lay-waiting.js';
import { loadClaim } from './load.js';
import { keepOpenLoan } from './open-loans.js';
import { alreadyDone, remember, requestOf } from '../draws/requests.js';
import { claimView } from './view.js';
import { nextVersion, writeClaim } from './write.js';

/** A command on one claim. */
interface Command {
  readonly id: string;
  readonly idempotencyKey: string;
}

/**
 * Carries out a command on a claim and writes its next version. A command that was carried out before changes nothing
 * and gets the claim as it is now.
 *
 * @param apply what the command changes; it refuses by throwing.
 */
export async function changeClaim(
  call: Call,
  name: LedgerFunction,
  command: Command,
  owner: string,
  apply: (claim: Claim) => Promise<Partial<Claim>>,
): Promise<ClaimView> {
  const known = await loadClaim(call.work, owner, command.id);
  const request = requestOf(name, command);
  if (alreadyDone(known, request)) return claimView(known);
  const claim = await withWaitingLaid(call, known);
  const next = nextVersion(call, claim, { ...(await apply(claim)), requests: remember(claim, request) });
  writeClaim(call.work, next);
  await keepOpenLoan(call, claim, next);
  return claimView(next);
}

/**
 * The state of a claim after the verb.
 *
 * @throws LedgerError INVALID_STATE.
 */
export function stateAfter(claim: Claim, verb: ClaimVerb): ClaimState {
  const next = nextState(claim.state, verb, pastOf(claim));
  if (next === undefined) {
    throw new LedgerError('INVALID_STATE', {
      detail: `The claim is ${claim.state}, which does not allow this.`,
    });
  }
  return next;
}

function pastOf({ dispute, paidOutAt, outstanding, amount, collector }: Claim): ClaimPast {
  const repaid = outstanding === 0n ? 'all' : outstanding < amount ? 'part' : 'nothing';
  return {
    before: dispute?.before,
    paidOut: paidOutAt !== undefined,
    repaid,
    collected: collector !== undefined,
  };
}
