import type { FactView, NearDuplicate } from '../api.js';
import type { Underlying } from '../underlyings/records.js';
import type { FactHead, FactVersion } from './records.js';

/** A fact as its authority and the regulator see it. */
export function factView(
  { id, underlying }: Pick<FactHead, 'id' | 'underlying'>,
  version: FactVersion,
  trade: Pick<Underlying, 'overdrawn'>,
  nearDuplicates: NearDuplicate[],
): FactView {
  const { content, by: _by, change: _change, ...rest } = version;
  return { ...rest, ...content, nearDuplicates, underlying, overdrawn: trade.overdrawn.includes(id) };
}
