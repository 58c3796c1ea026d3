import type { NearDuplicate } from '../api.js';
import { commonBase, convertUp, type RateTable, ratioBetween } from './rates.js';

/** What is kept of a document to find others that look like it. */
export interface NearEntry {
  readonly fact: string;
  readonly number: string;
  readonly currency: string;
  readonly amount: bigint;
  /** Days since 1970. */
  readonly day: number;
}

/** Days within which documents are near in date. */
export const nearDays = 7;
/** Entries that one bucket keeps, newest first: enough for alerts, bounded for the ledger. */
export const bucketSize = 60;
const windowDays = 14;
/** Amounts count as nearly the same when they differ by less than one part in so many, or by one minor unit. */
const closeness = { sameCurrency: 10_000n, otherCurrency: 200n };

/** The digits of a number without leading zeros: `INV-0012/A` and `12` have the same. */
export function digitsOf(number: string): string {
  return number.replace(/\D/g, '').replace(/^0+/, '');
}

/** The fortnight of a day, under which documents are kept to find split and merged amounts. */
export function windowOf(day: number): number {
  return Math.floor(day / windowDays);
}

/** The fortnights that may hold documents near in date: its own, and the neighbour on the nearer side. */
export function windowsNear(day: number): readonly number[] {
  const own = windowOf(day);
  return [own, day - own * windowDays < nearDays ? own - 1 : own + 1];
}

/** Same digits in the number: leading zeros, another prefix, another punctuation. */
export function sameDigits(entry: NearEntry, others: readonly NearEntry[]): readonly NearDuplicate[] {
  return others
    .filter(({ number }) => digitsOf(number) === digitsOf(entry.number))
    .map(({ fact }) => ({ fact, reason: 'number' }));
}

/** Same amount and currency, and near in date or one character apart in the number. */
export function sameAmount(
  entry: NearEntry,
  others: readonly NearEntry[],
  days = nearDays,
): readonly NearDuplicate[] {
  return others
    .filter((other) => other.currency === entry.currency && other.amount === entry.amount)
    .filter((other) => Math.abs(other.day - entry.day) <= days || oneEditApart(other.number, entry.number))
    .map(({ fact }) => ({ fact, reason: 'amount' }));
}

/**
 * Nearly the same amount and near in date, under whatever number: changed by a cent, or stated in another currency at
 * the day's rate.
 */
export function nearlySameAmount(
  entry: NearEntry,
  others: readonly NearEntry[],
  rates: RateTable,
): readonly NearDuplicate[] {
  return others
    .filter((other) => other.amount > 0n && Math.abs(other.day - entry.day) <= nearDays)
    .filter((other) => {
      const worth = worthIn(entry.currency, other, rates);
      return worth !== undefined && areClose(worth, entry.amount, other.currency === entry.currency);
    })
    .map(({ fact, currency }) => ({ fact, reason: currency === entry.currency ? 'amount' : 'currency' }));
}

/** Undefined where the regulator publishes no rate. */
function worthIn(currency: string, { amount, currency: stated }: NearEntry, rates: RateTable) {
  if (stated === currency) return amount;
  const base = commonBase([stated, currency], rates);
  const isKnown = [stated, currency].every((one) => one === base || rates.has(one));
  return base !== undefined && isKnown ? convertUp(amount, ratioBetween(stated, currency, rates)) : undefined;
}

function areClose(left: bigint, right: bigint, sameCurrency: boolean): boolean {
  const difference = left > right ? left - right : right - left;
  const parts = sameCurrency ? closeness.sameCurrency : closeness.otherCurrency;
  return difference <= 1n || difference * parts < right;
}

/** Two or three documents near in date that add up to one: an invoice split, or several merged. */
export function splitOrMerged(
  entry: NearEntry,
  others: readonly NearEntry[],
  days = nearDays,
): readonly NearDuplicate[] {
  const near = others.filter(
    (other) =>
      other.currency === entry.currency && other.amount > 0n && Math.abs(other.day - entry.day) <= days,
  );
  const parts = addingUpTo(entry.amount, near);
  if (parts.length > 0) return parts.map(({ fact }) => ({ fact, reason: 'split' }));
  for (const whole of near) {
    const rest = near.filter((other) => other !== whole && other.amount < whole.amount);
    const siblings = rest.filter(({ amount }) => amount === whole.amount - entry.amount).slice(0, 1);
    const pair = siblings.length > 0 ? siblings : addingUpTo(whole.amount - entry.amount, rest, 2);
    if (pair.length > 0) return [whole, ...pair].map(({ fact }) => ({ fact, reason: 'merged' }));
  }
  return [];
}

/** Whether one insertion, deletion, replacement or swap of neighbours turns one number into the other. */
export function oneEditApart(left: string, right: string): boolean {
  if (left === right) return true;
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  if (short.length < long.length) return short.slice(start) === long.slice(start + 1);
  return (
    short.slice(start + 1) === long.slice(start + 1) ||
    (short[start] === long[start + 1] &&
      short[start + 1] === long[start] &&
      short.slice(start + 2) === long.slice(start + 2))
  );
}

/** The first two, or else three, entries whose amounts add up to the sum. */
function addingUpTo(sum: bigint, entries: readonly NearEntry[], most: 2 | 3 = 3): readonly NearEntry[] {
  const pair = pairFor(sum, entries);
  if (pair.length > 0 || most === 2) return pair;
  for (const [index, first] of entries.entries()) {
    if (first.amount >= sum) continue;
    const rest = pairFor(sum - first.amount, entries.slice(index + 1));
    if (rest.length > 0) return [first, ...rest];
  }
  return [];
}

function pairFor(sum: bigint, entries: readonly NearEntry[]): readonly NearEntry[] {
  const seen = new Map<bigint, NearEntry>();
  for (const entry of entries) {
    const other = seen.get(sum - entry.amount);
    if (other !== undefined) return [other, entry];
    seen.set(entry.amount, entry);
  }
  return [];
}
