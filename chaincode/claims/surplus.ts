import type { Call } from '../ledger/call.js';
import type { Claim } from './records.js';
import { available, currenciesOf, remaining, type Trade, used } from '../rules/balances.js';
import { shareDrawn } from '../rules/repayments.js';
import { ratesOf } from '../underlyings/rates.js';
import { changeDraws } from '../draws/draws.js';

type Line = Claim['lines'][number];

/**
 * Uses up what is left of a document that its debtor has paid beyond what the claim stands for: that part of the
 * receivable does not exist any more. One bank's word lowers nobody else's draws; where they hold what has been paid here,
 * their banks are told.
 *
 * @param surplus in the currency of the claim; it counts at the rate that the line was drawn at.
 * @returns what of the document it has used up, in the document's currency.
 */
export async function consumeSurplus(
  { work }: Pick<Call, 'work'>,
  claim: Claim,
  paid: Line,
  surplus: bigint,
): Promise<bigint> {
  const { fact } = paid;
  let usedUp = 0n;
  await changeDraws({ work }, [paid], async (trade) => {
    const row = trade.rows.find((one) => one.fact === fact);
    if (row === undefined) throw new Error(`fact ${fact} has no balance`);
    const left =
      remaining(trade, row, await ratesOf(work, currenciesOf(trade))) ??
      available(trade, row) - used(trade, row);
    const gone = shareDrawn(paid, surplus);
    if (gone > left) alertOthers({ work }, claim, trade, fact);
    const consumed = gone < left ? gone : left;
    usedUp = consumed > 0n ? consumed : 0n;
    return usedUp > 0n ? withConsumed(trade, fact, usedUp) : trade;
  });
  return usedUp;
}

function withConsumed(trade: Trade, fact: string, amount: bigint): Trade {
  return {
    ...trade,
    rows: trade.rows.map((row) => (row.fact === fact ? { ...row, consumed: row.consumed + amount } : row)),
  };
}

/** Whoever else has lent on a trade of which more was paid to this bank than nobody else had lent on. */
function alertOthers({ work }: Pick<Call, 'work'>, claim: Claim, { draws }: Trade, fact: string): void {
  const others = draws.filter((draw) => draw.drawnBy !== claim.id && draw.kind === undefined);
  const claims = [...new Set(others.map((draw) => draw.drawnBy))];
  if (claims.length > 0) work.alert({ alert: 'paid-elsewhere', claims, facts: [fact] });
}
