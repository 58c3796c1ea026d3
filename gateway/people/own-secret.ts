import { foldId } from './enrolment-id.js';

/** Shortest and longest secret that a person may choose, in characters. */
const secretLength = { least: 12, most: 256 } as const;
const leastDifferent = 5;

/** Why a secret cannot be chosen. */
export type SecretFault = 'too-short' | 'too-long' | 'too-uniform' | 'names-the-person' | 'a-run';

/**
 * Whether a person may choose this secret. Length counts; classes of characters do not.
 *
 * @returns undefined when there is nothing against it.
 */
export function faultOf(secret: string, id: string): SecretFault | undefined {
  const characters = Array.from(secret.normalize('NFKC'));
  if (characters.length < secretLength.least) return 'too-short';
  if (characters.length > secretLength.most) return 'too-long';
  if (new Set(characters).size < leastDifferent) return 'too-uniform';
  if (foldId(secret).includes(foldId(id)) && id.length >= 3) return 'names-the-person';
  return isRun(characters) ? 'a-run' : undefined;
}

/** 123456789012, abcdefghijkl: each character follows the one before, or begins again. */
function isRun(characters: readonly string[]): boolean {
  const codes = characters.map((one) => one.toLowerCase().codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  const odd = steps.filter((step) => step !== steps[0]);
  return odd.length <= Math.floor(steps.length / 8);
}
