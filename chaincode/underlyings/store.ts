import { underlyingAt } from '../ledger/addresses.js';
import type { Underlying } from '../ledger/kinds.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { currenciesOf, type Draw, overdrawnFacts } from '../rules/balances.js';
import { ratesOf } from './rates.js';

/**
 * Stores a trade after something changed that may leave more drawn than is left, or clear that. Holders are alerted
 * when it begins and when it ends.
 *
 * @returns the trade as stored.
 */
export async function storeWithAlerts(work: UnitOfWork, trade: Underlying): Promise<Underlying> {
  const facts = overdrawnFacts(trade, await ratesOf(work, currenciesOf(trade)));
  const overdrawn = facts.length > 0;
  if (overdrawn !== trade.overdrawn) {
    work.alert({
      alert: overdrawn ? 'overdrawn' : 'overdrawn-cleared',
      ...holdersOf(trade),
      ...(overdrawn && { facts: [...facts] }),
    });
  }
  const stored = { ...trade, overdrawn };
  work.write(underlyingAt(trade.id), stored);
  return stored;
}

/** The claims and payments that draw on a trade, as an alert names them. */
export function holdersOf({ draws }: Pick<Underlying, 'draws'>): { claims?: string[]; payments?: string[] } {
  const distinct = (isWanted: (draw: Draw) => boolean) => [
    ...new Set(draws.filter(isWanted).map(({ claim }) => claim)),
  ];
  const claims = distinct(({ kind }) => kind === undefined);
  const payments = distinct(({ kind }) => kind !== undefined);
  return { ...(claims.length > 0 && { claims }), ...(payments.length > 0 && { payments }) };
}
