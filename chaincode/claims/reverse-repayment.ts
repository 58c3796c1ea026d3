import { changeDraws } from '../draws/draws.js';
import { pricedPart } from '../draws/priced-part.js';
import { LedgerError } from '../errors.js';
import { giveBackIndemnity } from '../insurance/indemnities/give-back.js';
import type { Call } from '../ledger/call.js';
import { keepOpenLoan } from '../loans/exposure.js';
import { balanceEffect } from '../rules/claim-ends.js';
import { type Standing, standingAfter } from '../rules/standing.js';
import { priceEffect, withDrawAgain } from '../rules/trades.js';
import { stateAfter } from './change.js';
import { endedBy } from './record-repayment.js';
import type { Claim } from './records.js';
import type { Reversal } from './reverse-entry.js';

type Line = Claim['lines'][number];

/**
 * A repayment never came: the claim stands, and draws on its documents, as if it had not been recorded. Others may have
 * drawn meanwhile on what it gave back. That is not a reason to leave a wrong record: the documents are overdrawn then, and
 * everybody concerned is told.
 *
 * @param place of the repayment in the list, from 0.
 * @throws LedgerError ENTRY_NOT_FOUND, INVALID_STATE.
 */
export async function reverseRepayment(
  call: Call,
  claim: Claim,
  reversal: Reversal,
  place: number,
): Promise<Partial<Claim>> {
  const entry = claim.repayments[place];
  // What another bank recorded before the transfer is not this one's to take back.
  if (entry === undefined || entry.reversed !== undefined || entry.by.mspId !== claim.owner) {
    throw new LedgerError('ENTRY_NOT_FOUND', { field: 'repayment' });
  }
  const standing = claim.repayments.filter(({ reversed }) => reversed === undefined);
  const others = standing.filter((one) => one !== entry);
  const [before, after] = [standingAfter(claim, standing), standingAfter(claim, others)];
  const outstanding = claim.outstanding + after.outstanding - before.outstanding;
  const state = stateAfter({ ...claim, outstanding }, 'reverse-repayment');
  const lines = await drawAsIfNever(call, claim, before, after);
  if (entry.indemnity !== undefined) await giveBackIndemnity(call, entry.indemnity, entry.amount, claim);
  await keepOpenLoan(call, claim);
  const repayments = claim.repayments.map((one) => {
    if (one === entry) return { ...one, reversed: reversal };
    const now = after.surpluses[others.indexOf(one)];
    return now === undefined || one.surplus === undefined ? one : { ...one, ...now };
  });
  return { state, outstanding, lines, repayments };
}

/** Puts the draws of a claim, and what it has used up of its documents, to where they would be. */
async function drawAsIfNever(
  call: Call,
  claim: Claim,
  before: Standing<Line>,
  after: Standing<Line>,
): Promise<Line[]> {
  const end = endedBy(claim);
  const priced = pricedPart(claim);
  const sold =
    end === undefined &&
    after.outstanding > 0n &&
    before.settledBy !== undefined &&
    priceEffect(before.settledBy) === 'consumed';
  const change = (place: number) => {
    const more = heldAt(after, place) - heldAt(before, place);
    const consumed = (after.consumed[place] ?? 0n) - (before.consumed[place] ?? 0n);
    const line = claim.lines[place];
    // What has ended holds nothing: what it would hold again went the way of the rest.
    if (end === undefined || line === undefined) return { more, consumed };
    return { more: 0n, consumed: balanceEffect(end, line) === 'consumed' ? consumed + more : consumed };
  };
  const lines = claim.lines.map((line, place) => ({
    ...line,
    held: line.held + change(place).more,
    outstanding:
      line.outstanding + outstandingAt(after, place) - outstandingAt(before, place),
  }));
  await changeDraws(call, claim.lines, (trade, line) => {
    const place = claim.lines.indexOf(line as Line);
    const { id, owner } = claim;
    const { fact, through } = line;
    const price = line.role === 'collateral' ? priced : undefined;
    const draw = { claim: id, owner, fact, ...(through && { through }), ...(price && { priced: price }) };
    const amount = lines[place]?.held ?? 0n;
    return withDrawAgain(trade, { ...draw, amount }, change(place).consumed, sold ? price : undefined);
  });
  return lines;
}

function heldAt({ lines }: Standing<Line>, place: number): bigint {
  return lines[place]?.held ?? 0n;
}

function outstandingAt({ lines }: Standing<Line>, place: number): bigint {
  return lines[place]?.outstanding ?? 0n;
}
