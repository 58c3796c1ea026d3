import { type Underlying, underlyingAt } from './records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { currenciesOf, type Draw, overdrawnFacts, type Trade } from '../rules/balances.js';
import { ratesOf } from './rates.js';

/**
 * Stores a trade after something changed that may leave draws without a document that carries them, or clear that.
 * Those whose draws are concerned are alerted when it begins and when it ends.
 *
 * @param added the claim that draws anew; where the trade was overdrawn already, its holder is told too.
 * @returns the trade as stored.
 */
export async function storeWithAlerts(
  work: UnitOfWork,
  trade: Underlying,
  added?: string,
): Promise<Underlying> {
  const facts = overdrawnFacts(trade, await ratesOf(work, currenciesOf(trade)));
  const [before, now] = [concerned(trade, trade.overdrawn), concerned(trade, facts)];
  const begun = now.filter((draw) => draw.drawnBy === added || !before.includes(draw));
  const isCleared = trade.overdrawn.length > 0 && facts.length === 0;
  if (begun.length > 0) {
    work.alert({ alert: 'overdrawn', ...holdersOf({ draws: begun }), facts: [...facts] });
  }
  if (isCleared) work.alert({ alert: 'overdrawn-cleared', ...holdersOf(trade) });
  const stored = { ...trade, overdrawn: facts };
  work.write(underlyingAt(trade.id), stored);
  return stored;
}

/** The claims and payments that draw on a trade, as an alert names them. */
export function holdersOf({ draws }: Pick<Trade, 'draws'>): { claims?: string[]; payments?: string[] } {
  const distinct = (isWanted: (draw: Draw) => boolean) => [
    ...new Set(draws.filter(isWanted).map(({ drawnBy }) => drawnBy)),
  ];
  const claims = distinct(({ kind }) => kind === undefined);
  const payments = distinct(({ kind }) => kind !== undefined);
  return { ...(claims.length > 0 && { claims }), ...(payments.length > 0 && { payments }) };
}

function concerned({ draws }: Trade, facts: readonly string[]): readonly Draw[] {
  return draws.filter(({ fact }) => facts.includes(fact));
}
