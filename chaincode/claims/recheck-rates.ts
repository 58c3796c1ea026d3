import { drawnToday } from './drawn-today.js';
import { LineRefusal } from '../draws/line-refusal.js';
import { loadClaim, ownerMeant } from './load.js';
import { LedgerError } from '../errors.js';
import type { Claim } from './records.js';
import type { Verb } from '../ledger/verb.js';
import type { Underlying } from '../underlyings/records.js';
import { rateBeforeAt } from '../registry/records.js';
import { eachItem } from '../ledger/batch.js';
import type { Call } from '../ledger/call.js';
import { currenciesOf, remaining } from '../rules/balances.js';
import { dateOf } from '../rules/dates.js';
import type { RateTable } from '../rules/rates.js';
import { loadUnderlying } from '../underlyings/load.js';
import { ratesOf } from '../underlyings/rates.js';

type Line = Claim['lines'][number];

/**
 * Looks at claims again after a rate was published: the holders of those that their documents carried at the rate before,
 * and do not carry at the one in force, are alerted, and so is the regulator. What was drawn stays as it is. Each claim
 * with its own verdict.
 */
export const recheckRates: Verb<'recheckRates'> = async (call, { claims }) => ({
  items: await eachItem(call, claims, async (call, { id, owner }, index) => {
    const claim = await loadClaim(call.work, await ownerMeant(call, owner), id);
    const facts: string[] = [];
    for (const line of claim.lines) if (await isUncovered(call, claim, line)) facts.push(line.fact);
    if (facts.length === 0) throw new LedgerError('STILL_CARRIED');
    call.work.alert({ alert: 'rate-uncovers', claims: [id], facts });
    return { index, status: 'alerted' as const, id };
  }),
});

async function isUncovered(call: Call, claim: Claim, line: Line): Promise<boolean> {
  if (line.currency === claim.currency || line.role === 'collateral' || line.held === 0n) return false;
  const trade = await loadUnderlying(call.work, line.underlying);
  const inForce = await ratesOf(call.work, [claim.currency, ...currenciesOf(trade)]);
  const before = await ratesBefore(call, inForce);
  const isCarried = (rates: RateTable) => isCarriedAt(call, claim, line, trade, rates);
  return isCarried(before) && !isCarried(inForce);
}

/** Whether what the line stands for is within what it holds and what is left beside. */
function isCarriedAt(
  { now }: Pick<Call, 'now'>,
  claim: Claim,
  line: Line,
  trade: Underlying,
  rates: RateTable,
): boolean {
  const row = trade.rows.find(({ fact }) => fact === line.fact);
  if (row === undefined) return false;
  try {
    const standing = { ...line, amount: line.outstanding };
    const { drawn } = drawnToday(claim, standing, rates, dateOf(now));
    return drawn - line.held <= (remaining(trade, row, rates) ?? 0n);
  } catch (error) {
    if (!(error instanceof LineRefusal)) throw error;
    return false;
  }
}

/** The same currencies at the rates that were in force before, where there were any. */
async function ratesBefore({ work }: Pick<Call, 'work'>, inForce: RateTable): Promise<RateTable> {
  const before = await Promise.all(
    [...inForce].map(async ([currency, rate]) => {
      const earlier = await work.read(rateBeforeAt(currency));
      return [currency, earlier === undefined ? rate : { ...earlier, date: rate.date }] as const;
    }),
  );
  return new Map(before);
}
