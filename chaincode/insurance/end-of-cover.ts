import type { Call } from '../ledger/call.js';
import type { FactVersion } from '../ledger/kinds.js';
import { loadUnderlying } from '../underlyings/load.js';

type Content = Pick<FactVersion['content'], 'limit' | 'shipment'>;

/** Tells every bank with a claim on a limit or shipment, and the regulator, that the insurer has just ended its cover. */
export async function alertEndOfCover(
  { work }: Call,
  { id, underlying }: { readonly id: string; readonly underlying: string },
  before: Content,
  after: Content,
): Promise<void> {
  const alert = endOf(before, after);
  if (alert === undefined) return;
  const { draws } = await loadUnderlying(work, underlying);
  const claims = [...new Set(draws.filter(({ fact }) => fact === id).map(({ claim }) => claim))];
  work.alert({ alert, facts: [id], ...(claims.length > 0 && { claims }) });
}

function endOf(before: Content, after: Content): 'limit-lapsed' | 'cover-declined' | undefined {
  const isNew = (was: string | undefined, is: string | undefined) => is !== undefined && was === undefined;
  if (isNew(before.limit?.lapsedOn, after.limit?.lapsedOn)) return 'limit-lapsed';
  return isNew(before.shipment?.declinedOn, after.shipment?.declinedOn) ? 'cover-declined' : undefined;
}
