import type { NearReason } from '../near-duplicates/api.js';
import { commonBase, convertUp, type RateTable, ratioBetween } from './rates.js';

/** What is kept of a document to find others that look like it. */
export interface NearEntry {
  readonly fact: string;
  readonly number: string;
  readonly family: string;
  readonly currency: string;
  readonly amount: bigint;
  /** Days since 1970. */
  readonly day: number;
  /** Scheme and registered id; absent where the document names no buyer by one. */
  readonly buyer?: string | undefined;
  /** Recorded by its seller. */
  readonly self?: true | undefined;
}

/** A look-alike, and in what it is one. */
export interface Resembling {
  readonly fact: string;
  readonly reason: NearReason;
}

/** Days within which documents are near in date. */
export const nearDays = 7;
/** Days within which an invoice and a declaration of the same parties and amount may speak of one sale. */
const sameSaleDays = 180;
/**
 * Entries that one bucket keeps, newest first: enough for alerts, bounded for the ledger. What sellers record themselves
 * has a part of its own, so that nobody's small invoices crowd out what an authority recorded.
 */
export const bucketSizes = { believed: 60, self: 20 } as const;
const windowDays = 14;
/** Amounts count as nearly the same when they differ by less than one part in so many, or by one minor unit. */
const closeness = { sameCurrency: 10_000n, otherCurrency: 200n };

/** The digits of a number without leading zeros: `INV-0012/A` and `12` have the same. */
export function digitsOf(number: string): string {
  return number.replace(/\D/g, '').replace(/^0+/, '');
}

/** A number without anything but letters and digits: `INV/12` and `INV.12` are one, and `INV-12` is already. */
export function looseNumber(number: string): string {
  return number.replace(/[^\p{L}\p{N}]/gu, '');
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

/** A bucket with one more entry in front, within its bounds. */
export function filed(present: readonly NearEntry[], entry: NearEntry): readonly NearEntry[] {
  const others = [entry, ...present.filter(({ fact }) => fact !== entry.fact)];
  const some = (self: boolean, most: number) =>
    others.filter((one) => (one.self === true) === self).slice(0, most);
  return [...some(false, bucketSizes.believed), ...some(true, bucketSizes.self)];
}

/** Same digits in the number: leading zeros, another prefix, another punctuation. */
export function sameDigits(entry: NearEntry, others: readonly NearEntry[]): readonly Resembling[] {
  return others
    .filter(({ number }) => digitsOf(number) === digitsOf(entry.number))
    .map(({ fact }) => ({ fact, reason: 'number' }));
}

/** Same amount and currency, and near in date or one character apart in the number. */
export function sameAmount(
  entry: NearEntry,
  others: readonly NearEntry[],
  days = nearDays,
): readonly Resembling[] {
  return others
    .filter((other) => other.currency === entry.currency && other.amount === entry.amount)
    .filter((other) => Math.abs(other.day - entry.day) <= days || oneEditApart(other.number, entry.number))
    .map(({ fact }) => ({ fact, reason: 'amount' }));
}

/**
 * An invoice and a declaration of the same parties and the same amount, whatever their numbers: one sale that is stated
 * twice and cited by neither. A buyer that one of them does not name, or names by an id of another scheme, may be the same.
 */
export function sameSale(entry: NearEntry, others: readonly NearEntry[]): readonly Resembling[] {
  return others
    .filter((other) => other.family !== entry.family)
    .filter((other) => other.currency === entry.currency && other.amount === entry.amount)
    .filter((other) => Math.abs(other.day - entry.day) <= sameSaleDays)
    .filter((other) => mayBeOne(entry.buyer, other.buyer))
    .map(({ fact }) => ({ fact, reason: 'parties' }));
}

function mayBeOne(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined || one === other) return true;
  const schemeOf = (party: string) => party.slice(0, party.indexOf(':'));
  return schemeOf(one) !== schemeOf(other);
}

/**
 * Nearly the same amount and near in date, under whatever number: changed by a cent, or stated in another currency at
 * the day's rate.
 */
export function nearlySameAmount(
  entry: NearEntry,
  others: readonly NearEntry[],
  rates: RateTable,
): readonly Resembling[] {
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

/**
 * Two or three documents near in date that add up to one: an invoice split, or several merged. What an
 * authority recorded is looked through before what the seller did.
 */
export function splitOrMerged(
  entry: NearEntry,
  others: readonly NearEntry[],
  days = nearDays,
): readonly Resembling[] {
  const near = others.filter(
    (other) =>
      other.currency === entry.currency && other.amount > 0n && Math.abs(other.day - entry.day) <= days,
  );
  const believed = near.filter(({ self }) => !self);
  const found = addingUp(entry, believed);
  return found.length > 0 || believed.length === near.length ? found : addingUp(entry, near);
}

function addingUp(entry: NearEntry, near: readonly NearEntry[]): readonly Resembling[] {
  const parts = addingUpTo(entry.amount, near);
  if (parts.length > 0) return parts.map(({ fact }) => ({ fact, reason: 'split' }));
  for (const whole of near) {
    if (whole.amount <= entry.amount) continue;
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
  const smaller = entries.filter(({ amount }) => amount < sum);
  const lastOf = new Map(smaller.map(({ amount }, index) => [amount, index]));
  /** The last entry behind a place that has what is missing. */
  const behind = (place: number, missing: bigint) => {
    const index = lastOf.get(missing);
    return index !== undefined && index > place ? smaller[index] : undefined;
  };
  for (const [index, first] of smaller.entries()) {
    const other = behind(index, sum - first.amount);
    if (other !== undefined) return [first, other];
  }
  if (most === 2) return [];
  for (const [index, first] of smaller.entries()) {
    const rest = sum - first.amount;
    for (let next = index + 1; next < smaller.length; next++) {
      const second = smaller[next];
      const third = second && second.amount < rest ? behind(next, rest - second.amount) : undefined;
      if (second !== undefined && third !== undefined) return [first, second, third];
    }
  }
  return [];
}
