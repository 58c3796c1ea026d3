import { underlyingAt } from '../ledger/addresses.js';
import type { Underlying } from '../ledger/kinds.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { currenciesOf, overdrawnFacts } from '../rules/balances.js';
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
    const holders = (kind: 'payment' | undefined) => [
      ...new Set(trade.draws.filter((draw) => draw.kind === kind).map(({ claim }) => claim)),
    ];
    const claims = holders(undefined);
    const payments = holders('payment');
    work.alert({
      alert: overdrawn ? 'overdrawn' : 'overdrawn-cleared',
      ...(claims.length > 0 && { claims }),
      ...(payments.length > 0 && { payments }),
      ...(overdrawn && { facts: [...facts] }),
    });
  }
  const stored = { ...trade, overdrawn };
  work.write(underlyingAt(trade.id), stored);
  return stored;
}
