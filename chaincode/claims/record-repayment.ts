import type { Input, RepaymentSource } from '../api.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import type { Claim } from '../ledger/kinds.js';
import { dateOf, instantText } from '../rules/dates.js';
import { parseMoney } from '../rules/money.js';
import { linesAfter } from '../rules/repayments.js';
import { lowerDraw, type ReleaseReason, releaseEffect } from '../rules/trades.js';
import { stateAfter } from './change.js';
import { changeDraws } from './draws.js';
import { paidLine } from './paid-line.js';
import { consumeSurplus } from './surplus.js';

type Line = Claim['lines'][number];

/** A payment on a claim: how much, where it came from, and which of its documents was paid. */
export type RepaymentInput = Pick<Input<'repayClaim'>, 'amount' | 'source' | 'document'>;

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
  { amount, source, document }: RepaymentInput,
): Promise<Partial<Claim>> {
  const { minor, currency } = parseMoney(amount, 'amount');
  if (currency !== claim.currency) throw new LedgerError('CURRENCY_MIXED', { field: 'amount.currency' });
  const paid = await paidLine(call, claim, source, document);
  const owed = paid?.outstanding ?? claim.outstanding;
  const repaid = minor < owed ? minor : owed;
  const surplus = minor - repaid;
  const outstanding = claim.outstanding - repaid;
  const state = stateAfter(claim, verbOf(repaid, outstanding));
  if (surplus > 0n && (source !== 'proceeds' || paid === undefined)) {
    throw new LedgerError('OVERPAYMENT', { field: 'amount.amount' });
  }
  const effectOn = effects(source, dateOf(call.now) <= claim.firstDueDate);
  // What a dispute is about is not given back before it is over.
  const keeps = (line: Line) => claim.dispute !== undefined && effectOn(line) === 'restored';
  const lines = linesAfter(claim, repaid, { paid, keeps });
  const touched = lines.filter((line, index) => line.held !== claim.lines[index]?.held);
  await changeDraws(call, touched, (trade, line) =>
    lowerDraw(trade, claim.id, line.fact, line.held, effectOn(line)),
  );
  if (surplus > 0n && paid !== undefined) await consumeSurplus(call, claim, paid, surplus);
  const repayment = {
    amount: minor,
    source,
    at: instantText(call.now),
    ...(paid !== undefined && { document: paid.document }),
    ...(surplus > 0n && { surplus }),
  };
  return { state, outstanding, lines, repayments: [...claim.repayments, repayment] };
}

function verbOf(repaid: bigint, outstanding: bigint) {
  if (repaid === 0n) return 'book-surplus';
  return outstanding === 0n ? 'repay-all' : 'repay-part';
}

/** What the repayment does to what a line lets go of. */
function effects(source: RepaymentSource, inTime: boolean): (line: Line) => 'restored' | 'consumed' {
  const reason: ReleaseReason = source === 'own-funds' && !inTime ? 'own-funds-late' : source;
  return ({ role, revolving }) => releaseEffect(reason, { role, revolving });
}
