import { dueOn } from '../draws/draw.js';
import { changeDraws } from '../draws/draws.js';
import { pricedPart } from '../draws/priced-part.js';
import { LedgerError } from '../errors.js';
import { giveBackIndemnity } from '../insurance/indemnities/give-back.js';
import type { Call } from '../ledger/call.js';
import {
  available,
  currenciesOf,
  type Draw,
  type Priced,
  remaining,
  type Trade,
  used,
} from '../rules/balances.js';
import { balanceEffect } from '../rules/claim-ends.js';
import { withinTime } from '../rules/owed-in-time.js';
import { type Standing, standingAfter } from '../rules/standing.js';
import { priceEffect, withDraw, withUsedUp } from '../rules/trades.js';
import { ratesOf } from '../underlyings/rates.js';
import { stateAfter } from './change.js';
import { endedBy } from './record-repayment.js';
import type { Claim, Reversal } from './records.js';

type Line = Claim['lines'][number];

/**
 * A repayment never came: the claim stands, and draws on its documents, as if it had not been recorded. Others may have
 * drawn meanwhile on what it had given back, and they could rely on the record: nothing is taken from them. The claim draws
 * what is left, and its bank and the regulator are told where that is less than it should be.
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
  const repayments = claim.repayments.map((one) => {
    if (one === entry) return { ...one, reversed: reversal };
    const now = after.surpluses[others.indexOf(one)];
    return now === undefined || one.surplus === undefined ? one : { ...one, ...now };
  });
  return { state, outstanding, lines, repayments };
}

/** What a line is to hold more, and what it has used up of its document more than before; both may be negative. */
interface Change {
  readonly more: bigint;
  readonly consumed: bigint;
}

/** Puts the draws of a claim, and what it has used up of its documents, to where they would be, as far as something is left. */
async function drawAsIfNever(
  call: Call,
  claim: Claim,
  before: Standing<Line>,
  after: Standing<Line>,
): Promise<Line[]> {
  const whole = pricedPart(claim);
  const sold = isPriceFreed(claim, before, after);
  const held = claim.lines.map((line) => line.held);
  const consumed = claim.lines.map((line) => line.consumed ?? 0n);
  await changeDraws(call, claim.lines, async (trade, line) => {
    const place = claim.lines.indexOf(line);
    const { more, consumed: wanted } = changeOf(claim, before, after, place);
    // No more comes back than this claim has used up, and no more goes than others have left.
    const usedUp = consumed[place] ?? 0n;
    const change =
      wanted < 0n ? (usedUp < -wanted ? -usedUp : wanted) : await lowerOfLeft(call, trade, line, wanted);
    consumed[place] = usedUp + change;
    const price = line.role === 'collateral' ? priceOf(line, whole) : undefined;
    const freed = withUsedUp(trade, line.fact, change, sold ? price : undefined);
    const due = dueOn(trade, line, claim.firstDueDate);
    const given = more > 0n ? await lowerOfLeft(call, freed, { ...line, due }, more) : more;
    if (given < more) call.work.alert({ alert: 'uncovered-again', claims: [claim.id], facts: [line.fact] });
    const amount = line.held + given;
    held[place] = amount;
    const { fact, through } = line;
    const draw = { drawnBy: claim.id, owner: claim.owner, fact, amount, ...(through && { through }) };
    const waits = line.awaited === true && endedBy(claim) === undefined;
    return withDraw(freed, { ...draw, ...(price && { priced: price }), ...(due && { due }) }, waits);
  });
  return claim.lines.map((line, place) => ({
    ...line,
    held: held[place] ?? line.held,
    consumed: consumed[place],
    outstanding: line.outstanding + outstandingAt(after, place) - outstandingAt(before, place),
  }));
}

/** What goods that secure the loan alone use of the price beside them; of a loan that is shared each line says it. */
function priceOf({ priced }: Line, whole: Priced | undefined): Priced | undefined {
  return whole && { ...whole, amount: priced ?? whole.amount };
}

function changeOf(claim: Claim, before: Standing<Line>, after: Standing<Line>, place: number): Change {
  const more = heldAt(after, place) - heldAt(before, place);
  const consumed = (after.consumed[place] ?? 0n) - (before.consumed[place] ?? 0n);
  const end = endedBy(claim);
  const line = claim.lines[place];
  if (end === undefined || line === undefined) return { more, consumed };
  // What has ended holds nothing: what it would hold again went the way of the rest.
  return { more: 0n, consumed: balanceEffect(end, line) === 'consumed' ? consumed + more : consumed };
}

/** Whether the loan, on goods alone, had used up their price by being settled, and is owed again. */
function isPriceFreed(claim: Claim, { settledBy }: Standing<Line>, { outstanding }: Standing<Line>): boolean {
  return (
    endedBy(claim) === undefined &&
    outstanding > 0n &&
    settledBy !== undefined &&
    priceEffect(settledBy) === 'consumed'
  );
}

async function lowerOfLeft(
  { work }: Call,
  trade: Trade,
  on: Pick<Draw, 'fact' | 'through' | 'due'>,
  wanted: bigint,
): Promise<bigint> {
  const row = trade.rows.find(({ fact }) => fact === on.fact);
  if (row === undefined) return 0n;
  const rates = await ratesOf(work, currenciesOf(trade));
  const most = remaining(trade, row, rates) ?? available(trade, row) - used(trade, row);
  const left = withinTime(trade, on, most, rates);
  if (left <= 0n) return 0n;
  return left < wanted ? left : wanted;
}

function heldAt({ lines }: Standing<Line>, place: number): bigint {
  return lines[place]?.held ?? 0n;
}

function outstandingAt({ lines }: Standing<Line>, place: number): bigint {
  return lines[place]?.outstanding ?? 0n;
}
