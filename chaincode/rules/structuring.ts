import { filingThreshold } from './payment-threshold.js';

/** The payments without a filing that were marked on one day for one payer. */
export interface UnfiledDay {
  /** Days since 1970. */
  readonly day: number;
  readonly count: number;
  /** Their value in cents of the threshold's currency. */
  readonly value: bigint;
  /** The latest of them, by id; value and count are those of all. */
  readonly payments: readonly string[];
}

/** One payment without a filing. */
export interface UnfiledPayment {
  readonly payment: string;
  readonly day: number;
  readonly value: bigint;
}

/** Days over which payments of one payer are seen together. */
export const structuringDays = 30;
const namedPerDay = 10;

/** The days that still count today. */
export function recentDays(days: readonly UnfiledDay[], today: number): UnfiledDay[] {
  return days.filter(({ day }) => day > today - structuringDays);
}

/** The days with one more payment. There is one entry per day, so the record stays small whatever is paid. */
export function withPayment(
  days: readonly UnfiledDay[],
  { payment, day, value }: UnfiledPayment,
): UnfiledDay[] {
  const before = days.find((one) => one.day === day) ?? { day, count: 0, value: 0n, payments: [] };
  const after = {
    day,
    count: before.count + 1,
    value: before.value + value,
    payments: [...before.payments, payment].slice(-namedPerDay),
  };
  return [...days.filter((one) => one !== before), after].sort((left, right) => left.day - right.day);
}

/** The days without a payment that was reversed. */
export function withoutPayment(
  days: readonly UnfiledDay[],
  { payment, day, value }: UnfiledPayment,
): UnfiledDay[] {
  return days
    .map((one) =>
      one.day === day
        ? {
            day,
            count: one.count - 1,
            value: one.value - value,
            payments: one.payments.filter((id) => id !== payment),
          }
        : one,
    )
    .filter(({ count }) => count > 0);
}

/** Value of all payments of these days. */
export function valueOf(days: readonly UnfiledDay[]): bigint {
  return days.reduce((sum, { value }) => sum + value, 0n);
}

/**
 * Whether the latest payment is worth a look: with it, what was paid without a filing passes the threshold, or the
 * next multiple of it. So a payer who splits is reported again and again, and one who goes a little over it once.
 */
export function passesThreshold(before: bigint, after: bigint): boolean {
  const steps = (value: bigint) => (value > 0n ? (value - 1n) / filingThreshold.minor : 0n);
  return steps(after) > steps(before);
}
