import type { OffshoreVerdict } from '../api.js';

/** What came of one comparison. A reason is a sentence that names no more than the bank itself has said. */
export interface Finding {
  readonly verdict: OffshoreVerdict;
  readonly reason: string;
}

/** What the bank has said agrees with the record. */
export const consistent = (reason: string): Finding => ({ verdict: 'consistent', reason });
/** What the bank has said contradicts the record. */
export const inconsistent = (reason: string): Finding => ({ verdict: 'inconsistent', reason });
/** The record says nothing about what the bank has said. */
export const notCovered = (reason: string): Finding => ({ verdict: 'not-covered', reason });

/** One contradiction outweighs every agreement, and one gap is enough to leave the question open. */
export function verdictOf(verdicts: readonly OffshoreVerdict[]): OffshoreVerdict {
  if (verdicts.includes('inconsistent')) return 'inconsistent';
  return verdicts.length === 0 || verdicts.includes('not-covered') ? 'not-covered' : 'consistent';
}

/**
 * Compares one particular of a paper with the record; nothing to say where the paper does not state it.
 *
 * @param subject begins the sentence, such as `Bill of lading COSU1: the voyage`.
 */
export function compare<T>(
  subject: string,
  told: T | undefined,
  recorded: T | undefined,
  isSame: (told: T, recorded: T) => boolean,
): readonly Finding[] {
  if (told === undefined) return [];
  if (recorded === undefined) return [notCovered(`${subject} is not in the record of its issuer.`)];
  return [
    isSame(told, recorded)
      ? consistent(`${subject} is as recorded.`)
      : inconsistent(`${subject} is not the one that is recorded.`),
  ];
}

/** Names and places as people write them: without regard to case, blanks and punctuation. */
export function sameText(one: string, other: string): boolean {
  const folded = (text: string) =>
    text
      .normalize('NFKC')
      .replace(/[^\p{L}\p{N}]/gu, '')
      .toUpperCase();
  return folded(one) === folded(other);
}

/** Compares what has one spelling only, such as a canonical number. */
export function same<T>(one: T, other: T): boolean {
  return one === other;
}
