import { factAt } from '../facts/records.js';
import type { Call } from '../ledger/call.js';
import { loadUnderlying } from '../underlyings/load.js';
import { storeWithAlerts } from '../underlyings/store.js';
import type { Objection } from './records.js';

/** Holds the trade of an objection, so that nobody draws on it anew, or lets it go. What is drawn stays drawn. */
export async function putOnHold({ work }: Call, { id, fact }: Objection, isHeld: boolean): Promise<void> {
  const head = await work.read(factAt(fact));
  if (head === undefined) throw new Error(`fact ${fact} is missing`);
  const trade = await loadUnderlying(work, head.underlying);
  const others = (trade.holds ?? []).filter((one) => one !== id);
  const holds = isHeld ? [...others, id] : others;
  if (holds.length === (trade.holds ?? []).length) return;
  await storeWithAlerts(work, { ...trade, holds: holds.length > 0 ? holds : undefined });
}
