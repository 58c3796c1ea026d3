import type { FactView } from '../api.js';
import type { FactHead, FactVersion } from '../ledger/kinds.js';

/** A fact as its authority and the regulator see it. */
export function factView(
  head: Pick<FactHead, 'underlying'>,
  version: FactVersion,
  overdrawn: boolean,
): FactView {
  const { content, by: _by, ...rest } = version;
  return { ...rest, ...content, underlying: head.underlying, overdrawn };
}
