import { clockToleranceMs } from '../clock.js';
import type { Output } from '../api.js';
import type { Verb } from '../ledger/verb.js';
import { currenciesOf } from '../rules/balances.js';
import { type Overdraft, overdrafts } from '../rules/evidence/limit.js';
import { shownBalance } from '../rules/shown-balance.js';
import type { Trade } from '../rules/trade.js';
import { withoutLapsed } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { ratesOf } from '../underlyings/rates.js';
import { holdersOf } from '../underlyings/store.js';
import { amend } from './amend.js';
import { readableFact } from './read.js';
import { cancel } from './cancel.js';

/** A reason is needed where something is changed; this changes nothing. */
const reason = 'Preview.';

/**
 * What an amendment, or, where no changes are named, a cancellation of a document would leave without a document that carries
 * it: how many claims and payments, and by how much. Nothing is written, and nobody is named.
 *
 * @throws LedgerError why the document cannot be changed so.
 */
export const previewFactChange: Verb<'previewFactChange'> = async (call, { id, changes }) => {
  const { now } = call;
  const work = call.work.part();
  const within = { ...call, work };
  if (changes === undefined) await cancel(within, { id, reason });
  else await amend(within, { id, changes, reason });
  const { underlying } = await readableFact(within, id);
  const trade = withoutLapsed(await loadUnderlying(work, underlying), now, clockToleranceMs);
  const lacking = overdrafts(trade, await ratesOf(work, currenciesOf(trade)));
  const drawn = new Set(lacking.flatMap((one) => one.drawn));
  const { claims = [], payments = [] } = holdersOf({
    draws: trade.draws.filter(({ fact }) => drawn.has(fact)),
  });
  return {
    claims: claims.length,
    payments: payments.length,
    overdrawn: lacking.map((one) => excessOf(trade, one, id)),
  };
};

/** How much is not carried, as the document itself would show it where it is concerned. */
function excessOf(
  { rows }: Trade,
  { drawn, documents, excess, measure }: Overdraft,
  id: string,
): Output<'previewFactChange'>['overdrawn'][number] {
  const concerned = new Set([...drawn, ...documents]);
  const row =
    rows.find(({ fact }) => fact === id && concerned.has(fact)) ??
    rows.find(({ fact }) => concerned.has(fact));
  if (row === undefined) return {};
  const by = shownBalance(row.type, measure.amount(row, excess) ?? 0n, row.currency);
  return {
    ...(by.remaining && { by: by.remaining }),
    ...(by.remainingQuantity && { byQuantity: by.remainingQuantity }),
  };
}
