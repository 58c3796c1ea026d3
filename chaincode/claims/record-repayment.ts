import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import type { Claim } from './records.js';
import { dateOf, instantText } from '../rules/dates.js';
import { parseMoney } from '../rules/money.js';
import { linesAfter } from '../rules/repayments.js';
import type { ReleaseReason } from '../rules/claim-ends.js';
import { lowerDraw, priceEffect, releaseEffect } from '../rules/trades.js';
import { stateAfter } from './change.js';
import { changeDraws } from '../draws/draws.js';
import { paidLines, type RepaymentInput } from './paid-lines.js';
import { consumeSurplus } from './surplus.js';

type Source = RepaymentInput['source'];

/**
 * What a repayment changes of a claim, and of the balances that it draws on. Proceeds repay the receivable that the
 * debtor paid; what comes after, or beyond, what the claim has lent on it is a surplus: it belongs to the seller, repays
 * nothing, and uses up what is left of that document, which has been paid. Of any other money the registry takes no more
 * than is owed.
 *
 * @returns the changes, for the next version of the claim.
 * @throws LedgerError what is wrong with the repayment; then nothing has changed.
 */
export async function recordRepayment(
  call: Call,
  claim: Claim,
  { amount, source, document, indemnity }: RepaymentInput,
): Promise<Partial<Claim>> {
  const money = parseMoney(amount, 'amount');
  if (money.currency !== claim.currency)
    throw new LedgerError('CURRENCY_MIXED', { field: 'amount.currency' });
  const paid = await paidLines(call, claim, { source, document, indemnity, money });
  const owed = paid?.reduce((sum, line) => sum + line.outstanding, 0n) ?? claim.outstanding;
  const repaid = money.minor < owed ? money.minor : owed;
  const surplus = money.minor - repaid;
  const outstanding = claim.outstanding - repaid;
  const state = stateAfter(claim, verbOf(source, repaid, outstanding));
  const [debt] = paid ?? [];
  if (surplus > 0n && (source !== 'proceeds' || debt === undefined)) {
    throw new LedgerError('OVERPAYMENT', { field: 'amount.amount' });
  }
  const reason = endedBy(claim) ?? releaseReason(source, dateOf(call.now) <= claim.firstDueDate);
  // What a dispute is about is not given back before it is over.
  const keeps = () => claim.dispute !== undefined && reason === 'own-funds';
  const released = linesAfter(claim, repaid, { paid, keeps });
  const touched = released.filter((line, index) => line.held !== claim.lines[index]?.held);
  await changeDraws(call, touched, (trade, line) => {
    // A loan that ends waits for nothing any more.
    const drawn = { ...line, waits: line.awaited === true && outstanding > 0n };
    return lowerDraw(trade, claim.id, drawn, line.held, releaseEffect(reason, line), priceEffect(reason));
  });
  const used = surplus > 0n && debt !== undefined ? await consumeSurplus(call, claim, debt, surplus) : 0n;
  const lines = released.map((line, place) => {
    const before = claim.lines[place];
    const gone = releaseEffect(reason, line) === 'consumed' ? (before?.held ?? 0n) - line.held : 0n;
    const more = before === debt ? gone + used : gone;
    return more > 0n ? { ...line, consumed: (line.consumed ?? 0n) + more } : line;
  });
  const repayment = {
    amount: money.minor,
    source,
    at: instantText(call.now),
    ...(paid?.length === 1 && { document: debt?.document }),
    ...(indemnity !== undefined && { indemnity }),
    ...(surplus > 0n && { surplus, used }),
    ...(paid !== undefined && { to: paid.map((line) => claim.lines.indexOf(line)) }),
    effect: reason,
    by: { mspId: call.caller.mspId, id: call.caller.person },
  };
  tellShares(call, claim);
  return { state, outstanding, lines, repayments: [...claim.repayments, repayment] };
}

/** Who has taken a share of the loan hears that money came in: what of it is theirs is passed on to them. */
function tellShares({ work }: Call, { shares }: Claim): void {
  if (shares !== undefined) work.alert({ alert: 'share-repaid', claims: shares.map(({ claim }) => claim) });
}

function verbOf(source: Source, repaid: bigint, outstanding: bigint) {
  if (repaid === 0n && source === 'proceeds') return 'book-surplus';
  return outstanding === 0n ? 'repay-all' : 'repay-part';
}

function releaseReason(source: Source, inTime: boolean): ReleaseReason {
  if (source === 'own-funds') return inTime ? 'own-funds' : 'own-funds-late';
  if (source === 'repurchase') return inTime ? 'repurchased' : 'repurchased-late';
  return source;
}

/** What has decided about the documents of a claim for good, so that money that still comes does nothing to them. */
export function endedBy({ state }: Pick<Claim, 'state'>): ReleaseReason | undefined {
  if (state === 'written-off') return 'written-off';
  return state === 'rejected' ? 'dispute-upheld' : undefined;
}
