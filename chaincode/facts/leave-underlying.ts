import type { FactHead } from './records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { used } from '../rules/balances.js';
import { loadUnderlying } from '../underlyings/load.js';
import { storeWithAlerts } from '../underlyings/store.js';
import { withoutFact } from './with-fact.js';

/**
 * A document that turns out to be another seller's leaves the trade in which it was. What was drawn on it there stays
 * there, without cover: its holders are alerted.
 *
 * @param present the trade in which the document is from now on.
 */
export async function leaveUnderlying(
  work: UnitOfWork,
  { id, underlying }: Pick<FactHead, 'id' | 'underlying'>,
  present: string,
): Promise<void> {
  const trade = await loadUnderlying(work, underlying);
  if (trade.id === present) return;
  const row = trade.rows.find(({ fact }) => fact === id);
  const isUsed = row !== undefined && (used(trade, row) > 0n || row.consumedPrice !== undefined);
  const isMarked = trade.draws.some(({ fact }) => fact === id);
  const left =
    isUsed || isMarked
      ? withoutFact(trade, id)
      : {
          ...trade,
          rows: trade.rows.filter(({ fact }) => fact !== id),
          credits: trade.credits.filter(({ fact }) => fact !== id),
          twins: trade.twins?.filter((pair) => !pair.includes(id)),
        };
  await storeWithAlerts(work, left);
}
