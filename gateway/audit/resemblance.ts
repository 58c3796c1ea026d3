import type { Dimension } from '@pledgeonce/chaincode/catalogue.js';
import { nearReasons } from '@pledgeonce/chaincode/api.js';
import {
  digitsOf,
  nearDays,
  sameAmount,
  sameDigits,
  sameSale,
  splitOrMerged,
} from '@pledgeonce/chaincode/rules/near-keys.js';
import type { NearEntry } from '@pledgeonce/chaincode/rules/near-keys.js';
import { areNeighbours, citedLoosely } from '@pledgeonce/chaincode/rules/citations.js';
import type { Citing } from '@pledgeonce/chaincode/rules/citations.js';

/** Why two documents may speak of the same goods. */
export const resemblanceReasons = [...nearReasons, 'containers'] as const;
type ResemblanceReason = (typeof resemblanceReasons)[number];

/** What an audit compares of a document. */
export interface AuditedDocument extends Citing {
  readonly fact: string;
  readonly dimension: Dimension;
  /** As text, with its scheme. */
  readonly seller: string;
  readonly number: string;
  /** Undefined where the document states no amount. */
  readonly currency: string | undefined;
  readonly amount: bigint | undefined;
  /** Days since 1970. */
  readonly day: number;
  /** As text; undefined where the document names no buyer by a registered id. */
  readonly buyer: string | undefined;
  /** Recorded by its seller, and not by an authority. */
  readonly self: boolean;
  readonly containers: readonly string[];
}

export interface ResemblanceOptions {
  /** Days within which documents are near in date. */
  readonly days: number;
  /** How far amounts in different currencies may be apart at the day's rates, in hundredths of a per cent. */
  readonly tolerance: number;
  /** A container travels again after a while: only nearer in date is it the same journey. */
  readonly journeyDays: number;
  /** Value of a minor unit on a day, in units that all currencies share; undefined without a published rate. */
  readonly valueOf: (currency: string, day: number) => bigint | undefined;
}

export const usualOptions = { days: nearDays, tolerance: 50, journeyDays: 30 } as const;

export interface Resemblance {
  readonly fact: string;
  readonly reason: ResemblanceReason;
}

/**
 * Which of the others may be this document in disguise: another spelling of the number, the same amount a few days
 * later or under a number with one character wrong, an amount a cent off, the amount in another currency at the day's
 * rate, split or merged amounts, one sale on an invoice and a declaration, a citation under another spelling, the same
 * containers. Documents that say themselves that they belong together are none of these; to be in one trade is not enough.
 *
 * @returns each document at most once for each reason.
 */
export function resemblances(
  document: AuditedDocument,
  others: readonly AuditedDocument[],
  options: ResemblanceOptions,
): readonly Resemblance[] {
  const strangers = others.filter(
    (other) =>
      other.fact !== document.fact && !(other.seller === document.seller && areNeighbours(other, document)),
  );
  const found: Resemblance[] = [
    ...ofOneSeller(
      document,
      strangers.filter((other) => other.seller === document.seller && other.dimension === document.dimension),
      options,
    ),
    ...sharedContainers(document, strangers, options),
  ];
  return [...new Map(found.map((one) => [`${one.fact} ${one.reason}`, one])).values()];
}

function ofOneSeller(
  document: AuditedDocument,
  others: readonly AuditedDocument[],
  options: ResemblanceOptions,
): Resemblance[] {
  const entry = entryOf(document);
  if (entry === undefined) return [];
  const entries = others.flatMap((other) => entryOf(other) ?? []);
  return [
    ...(digitsOf(document.number) === '' ? [] : sameDigits(entry, entries)),
    ...sameAmount(entry, entries, options.days),
    ...entries
      .filter((other) => isACentOff(entry, other, options))
      .map(({ fact }) => ({ fact, reason: 'amount' as const })),
    ...entries
      .filter((other) => isSameValue(entry, other, options))
      .map(({ fact }) => ({ fact, reason: 'currency' as const })),
    ...sameSale(entry, entries),
    ...others
      .filter((other) => citedLoosely(document, other))
      .map(({ fact }) => ({ fact, reason: 'citation' as const })),
    ...splitOrMerged(entry, entries, options.days),
  ];
}

function entryOf({ currency, amount, self, ...rest }: AuditedDocument): NearEntry | undefined {
  if (currency === undefined || amount === undefined) return undefined;
  const { fact, number, family, buyer, day } = rest;
  return { fact, number, family, buyer, day, currency, amount, ...(self && { self }) };
}

/** One minor unit apart, or less than a ten-thousandth: an amount that was changed so as not to be the same. */
function isACentOff(one: NearEntry, other: NearEntry, { days }: ResemblanceOptions): boolean {
  if (one.currency !== other.currency || Math.abs(one.day - other.day) > days) return false;
  const [low, high] = one.amount < other.amount ? [one.amount, other.amount] : [other.amount, one.amount];
  return low > 0n && (high - low <= 1n || (high - low) * 10_000n < high);
}

/** The same amount in another currency, each at the rate of its own day. */
function isSameValue(
  one: NearEntry,
  other: NearEntry,
  { days, tolerance, valueOf }: ResemblanceOptions,
): boolean {
  if (one.currency === other.currency || Math.abs(one.day - other.day) > days) return false;
  const [left, right] = [one, other].map(({ currency, amount, day }) => {
    const unit = valueOf(currency, day);
    return unit === undefined ? undefined : unit * amount;
  });
  if (left === undefined || right === undefined) return false;
  const [low, high] = left < right ? [left, right] : [right, left];
  return (high - low) * 10_000n <= high * BigInt(tolerance);
}

function sharedContainers(
  { containers, day }: AuditedDocument,
  others: readonly AuditedDocument[],
  { journeyDays }: ResemblanceOptions,
): Resemblance[] {
  const own = new Set(containers);
  if (own.size === 0) return [];
  return others
    .filter(
      (other) =>
        Math.abs(other.day - day) <= journeyDays && other.containers.some((container) => own.has(container)),
    )
    .map(({ fact }) => ({ fact, reason: 'containers' }));
}
