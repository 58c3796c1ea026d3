import { catalogue } from '../catalogue.js';
import type { BalanceRow, Trade } from '../rules/trade.js';

/**
 * What is left of a document, worked out slowly and in another way than the ledger does: what has to be carried can be
 * carried if and only if no set of documents has more drawn on it than all who carry for it state (Hall's condition), so
 * what is left is found by looking at every subset. Written from the words of the rule, for trades in one currency.
 */
export function leftByHall(trade: Trade, row: BalanceRow): bigint {
  if (!row.self) return leftOfBelieved(trade, row);
  const stated = row.ceiling - usedOn(trade, row);
  const beside = trade.rows.filter((other) => !other.self && areNeighbours(row, other));
  const [only] = beside;
  if (only === undefined) return least(positive(stated), leftOfBelieved(trade, row));
  return beside.length > 1 ? 0n : least(positive(stated), leftOfBelieved(trade, only));
}

function leftOfBelieved(trade: Trade, row: BalanceRow): bigint {
  const families = [...new Set(trade.rows.map(family))];
  return families
    .map((one) => leftInFamily(trade, row, one))
    .filter((left) => left !== undefined)
    .reduce(least);
}

/** Undefined: the family limits nothing. */
function leftInFamily(trade: Trade, asking: BalanceRow, named: string): bigint | undefined {
  if (carriersOf(trade, asking, named).length === 0) return undefined;
  const drawn = trade.rows.filter(
    (row) => row === asking || (usedOn(trade, row) > 0n && carriersOf(trade, row, named).length > 0),
  );
  const most = trade.rows.reduce((sum, row) => sum + row.ceiling + usedOn(trade, row), 1n);
  const carried = (extra: bigint) =>
    subsets(drawn)
      .map((some) => {
        const carriers = new Set(some.flatMap((row) => carriersOf(trade, row, named)));
        const states = [...carriers].reduce((sum, { ceiling }) => sum + ceiling, 0n);
        const others = drawn.filter((row) => !some.includes(row));
        return others.reduce((sum, row) => sum + usedOn(trade, row) + (row === asking ? extra : 0n), states);
      })
      .reduce(least);
  return carried(most) - carried(0n);
}

function carriersOf(trade: Trade, row: BalanceRow, named: string): readonly BalanceRow[] {
  if (family(row) === named) return [row];
  const beside = trade.rows.filter((other) => family(other) === named && areNeighbours(row, other));
  const believed = beside.filter(({ self }) => !self);
  return believed.length > 0 ? believed : beside;
}

function areNeighbours(one: BalanceRow, other: BalanceRow): boolean {
  if (family(one) === family(other)) return false;
  if (one.cites.includes(other.link) || other.cites.includes(one.link)) return true;
  const cites = (row: BalanceRow, of: BalanceRow) =>
    row.cites.some((text) => text.startsWith(`${family(of)}\n`));
  if (cites(one, other) || cites(other, one)) return false;
  return one.cites.some((text) => text.startsWith('bill-of-lading\n') && other.cites.includes(text));
}

function usedOn({ draws }: Trade, { fact, consumed }: BalanceRow): bigint {
  return draws.reduce((sum, draw) => (draw.fact === fact ? sum + draw.amount : sum), consumed);
}

function family({ type }: BalanceRow): string {
  return catalogue[type].family;
}

function subsets<T>([first, ...others]: readonly T[]): (readonly T[])[] {
  if (first === undefined) return [[]];
  const rest = subsets(others);
  return [...rest, ...rest.map((some) => [first, ...some])];
}

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
