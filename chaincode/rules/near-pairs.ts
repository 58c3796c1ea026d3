import type { NearReason } from '../near-duplicates/api.js';

/** A look-alike of a document. */
export interface Pair {
  readonly fact: string;
  readonly reasons: readonly NearReason[];
  /** Recorded by its seller. */
  readonly self?: true | undefined;
  /** All documents whose amounts add up, where that is a reason. */
  readonly sum?: readonly string[] | undefined;
}

/**
 * Look-alikes that are kept of one document: a person needs examples, not a list. What sellers record themselves is kept
 * apart, so that it takes no place from what an authority recorded.
 */
const mostLookAlikes = { believed: 8, self: 4 } as const;

const additive: ReadonlySet<NearReason> = new Set<NearReason>(['split', 'merged']);

/** As many as are kept, the first first. */
export function bounded<T extends Pair>(
  pairs: readonly T[],
): { readonly others: T[]; readonly more: boolean } {
  const some = (self: boolean, most: number) =>
    pairs.filter((pair) => (pair.self === true) === self).slice(0, most);
  const others = [...some(false, mostLookAlikes.believed), ...some(true, mostLookAlikes.self)];
  return { others, more: others.length < pairs.length };
}

/** What is left of the look-alikes once these sums are none any more: who was alike in nothing else is none either. */
export function withoutSums<T extends Pair>(pairs: readonly T[], sums: readonly (readonly string[])[]): T[] {
  return pairs.flatMap((pair) => {
    if (pair.sum === undefined || !sums.some((sum) => areSame(sum, pair.sum))) return [pair];
    const reasons = pair.reasons.filter((reason) => !additive.has(reason));
    return reasons.length === 0 ? [] : [{ ...pair, reasons, sum: undefined }];
  });
}

/** One look-alike for each document, with every reason once. */
export function byDocument(
  found: readonly { readonly fact: string; readonly reason: NearReason }[],
): Map<string, NearReason[]> {
  const reasons = new Map<string, NearReason[]>();
  for (const { fact, reason } of found) {
    const known = reasons.get(fact) ?? [];
    if (!known.includes(reason)) known.push(reason);
    reasons.set(fact, known);
  }
  return reasons;
}

/** Whether two sums are of the same documents, in whatever order. */
export function areSame(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.length === other.length && one.every((fact) => other.includes(fact));
}

/** Whether amounts that add up are a reason. */
export function isSum(reasons: readonly NearReason[]): boolean {
  return reasons.some((reason) => additive.has(reason));
}
