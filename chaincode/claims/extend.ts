import { limits } from '../api.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import type { Verb } from '../ledger/verb.js';
import type { Claim } from './records.js';
import { hoursAfter } from '../rules/dates.js';
import { stateAfter } from './change.js';
import { changeDraws } from '../draws/draws.js';
import { assertCoverTerm, assertDueDate } from './due-date.js';
import { isInsured } from './insured.js';
import { assertReasonIfPastDue } from './past-due.js';
import { type Apply, takeStep } from './take-step.js';

/** A reservation lives longer, or a loan falls due later; each a limited number of times. */
export const extendClaim: Verb<'extendClaim'> = (call, command) =>
  takeStep(call, 'extendClaim', command, extend);

/** What an extension changes of a claim. */
export const extend: Apply<'extendClaim'> = async (call, claim, command) => {
  const { hours, dueDate } = command;
  if ((hours === undefined) === (dueDate === undefined)) {
    throw new LedgerError('INPUT_INVALID', { detail: 'Give either hours or a due date.', field: 'hours' });
  }
  const state = stateAfter(claim, hours === undefined ? 'extend-term' : 'extend-reservation');
  if (claim.extensions >= limits.extensions) throw new LedgerError('EXTENSION_LIMIT');
  const extensions = claim.extensions + 1;
  if (dueDate === undefined)
    return { state, extensions, expiresAt: await laterExpiry(call, claim, hours ?? 0) };
  assertDueDate(dueDate, call.now, 'dueDate');
  if (isInsured(claim)) assertCoverTerm(dueDate, claim.createdAt.slice(0, 10));
  if (dueDate <= claim.dueDate) throw new LedgerError('DUE_DATE_INVALID', { field: 'dueDate' });
  const pastDueReason = command.pastDueReason ?? claim.pastDueReason;
  await assertReasonIfPastDue(call, { ...claim, dueDate, pastDueReason });
  return { state, extensions, dueDate, pastDueReason };
};

async function laterExpiry(call: Call, claim: Claim, hours: number): Promise<number> {
  const { expiresAt } = claim;
  if (expiresAt === undefined || call.now > expiresAt) throw new LedgerError('RESERVATION_EXPIRED');
  const until = hoursAfter(expiresAt, hours);
  if (until > hoursAfter(call.now, limits.reservationHours.most)) {
    throw new LedgerError('EXPIRY_INVALID', { field: 'hours' });
  }
  await changeDraws(call, claim.lines, (trade) => ({
    ...trade,
    draws: trade.draws.map((draw) => (draw.drawnBy === claim.id ? { ...draw, until } : draw)),
  }));
  return until;
}
