import type { Dimension } from '@pledgeonce/chaincode/catalogue.js';
import {
  digitsOf,
  nearDays,
  sameAmount,
  sameDigits,
  splitOrMerged,
} from '@pledgeonce/chaincode/rules/near-keys.js';
import type { NearEntry } from '@pledgeonce/chaincode/rules/near-keys.js';

/** Why two documents may speak of the same goods. */
export const resemblanceReasons = ['number', 'amount', 'currency', 'split', 'merged', 'containers'] as const;
export type ResemblanceReason = (typeof resemblanceReasons)[number];

/** What an audit compares of a document. */
export interface AuditedDocument {
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
  /** The trade that it is counted in; within one, draws limit one another and nothing can be pledged twice. */
  readonly trade: string | undefined;
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
 * later or under a number with one character wrong, the amount in another currency at the day's rate, split or merged
 * amounts, the same containers. Documents of one trade are none of these.
 *
 * @returns each document at most once for each reason.
 */
export function resemblances(
  document: AuditedDocument,
  others: readonly AuditedDocument[],
  options: ResemblanceOptions,
): readonly Resemblance[] {
  const strangers = others.filter(
    ({ fact, trade }) => fact !== document.fact && (trade === undefined || trade !== document.trade),
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
      .filter((other) => isSameValue(entry, other, options))
      .map(({ fact }) => ({ fact, reason: 'currency' as const })),
    ...splitOrMerged(entry, entries, options.days),
  ];
}

function entryOf({ fact, number, currency, amount, day }: AuditedDocument): NearEntry | undefined {
  return currency === undefined || amount === undefined ? undefined : { fact, number, currency, amount, day };
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
