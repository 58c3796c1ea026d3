import { clockToleranceMs } from '../clock.js';
import { type Call, isOwnName } from '../ledger/call.js';
import type { FactHead } from '../facts/records.js';
import { withoutLapsed } from '../rules/trades.js';
import { limits } from '../schemas.js';
import { loadUnderlying } from '../underlyings/load.js';

/**
 * Whether the bank holds as many claims on the trade of a document that are not paid out as one bank may: a handful of
 * them would otherwise fill a trade for everybody else.
 */
export async function holdsTooMany(
  { work, caller, now }: Pick<Call, 'work' | 'caller' | 'now'>,
  { underlying }: Pick<FactHead, 'underlying'>,
): Promise<boolean> {
  const { draws } = withoutLapsed(await loadUnderlying(work, underlying), now, clockToleranceMs);
  const waiting = draws.filter(({ owner, until }) => isOwnName(caller, owner) && until !== undefined);
  return new Set(waiting.map(({ drawnBy }) => drawnBy)).size >= limits.reservationsPerBank;
}
