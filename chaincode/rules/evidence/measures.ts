import { massOf } from '../quantities.js';
import { commonBase, type RateTable, unitValue } from '../rates.js';
import type { BalanceRow } from '../trade.js';

/** Brings what several documents state to one measure in which it can be compared exactly. */
export interface Measure {
  /** Rounded up: a fraction counts against the borrower. Undefined where the record cannot be compared. */
  value(row: Measured, amount: bigint): bigint | undefined;
  /** The other way round, rounded down. */
  amount(row: Measured, value: bigint): bigint | undefined;
}

/** Of a record, what says in which unit it counts. */
export type Measured = Pick<BalanceRow, 'currency' | 'ceiling' | 'mass'>;

/** Amounts of money at the published rates; one currency by itself needs none. */
export function moneyMeasure(currencies: readonly string[], rates: RateTable): Measure {
  const base = commonBase(currencies, rates);
  const unit = ({ currency }: Measured) =>
    base === undefined ? undefined : unitValue(currency, base, rates);
  return {
    value: (row, amount) => times(unit(row), amount),
    amount: (row, value) => through(unit(row), value),
  };
}

/** Quantities by weight, or in the one unit that all of them have. */
export function goodsMeasure(rows: readonly Measured[]): Measure {
  const units = new Set(rows.map(({ currency }) => currency));
  if (units.size === 1) return { value: (_, amount) => amount, amount: (_, value) => value };
  return {
    value: (row, amount) => {
      const own = massOf(row.currency);
      if (own !== undefined) return own * amount;
      const whole = wholeMass(row);
      return whole === undefined ? undefined : ceilDivide(whole * amount, row.ceiling);
    },
    amount: (row, value) => {
      const own = massOf(row.currency);
      if (own !== undefined) return value / own;
      const whole = wholeMass(row);
      return whole === undefined ? undefined : (value * row.ceiling) / whole;
    },
  };
}

/** What all goods of a document weigh that counts in another unit but states their weight too. */
function wholeMass({ mass, ceiling }: Measured): bigint | undefined {
  const unit = mass && massOf(mass.unit);
  if (mass === undefined || unit === undefined || mass.amount === 0n || ceiling === 0n) return undefined;
  return mass.amount * unit;
}

function times(unit: bigint | undefined, amount: bigint): bigint | undefined {
  return unit === undefined ? undefined : unit * amount;
}

function through(unit: bigint | undefined, value: bigint): bigint | undefined {
  return unit === undefined ? undefined : value / unit;
}

function ceilDivide(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
