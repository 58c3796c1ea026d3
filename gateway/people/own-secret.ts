import { isCommon } from './common-secrets.js';
import { foldId } from './enrolment-id.js';

/** Shortest and longest secret that a person may choose, in characters. */
const secretLength = { least: 12, most: 256 } as const;
const leastDifferent = 5;
/** So many letters and digits are there beside names that anybody would try. */
const leastBesideNames = 8;
/** The registry's own name, as everybody knows it. */
const registryName = 'pledgeonce';
/** A shorter word of a name stands in too many others. */
const shortestName = 4;

/** Why a secret cannot be chosen. */
export type SecretFault =
  'too-short' | 'too-long' | 'too-uniform' | 'names-the-person' | 'a-run' | 'names-only' | 'common';

/**
 * Whether a person may choose this secret. Length counts; classes of characters do not.
 *
 * @param names of the organisation. Those of other people are not asked for: a refusal would tell a stranger who they are.
 * @returns undefined when there is nothing against it.
 */
export async function faultOf(
  secret: string,
  id: string,
  names: readonly string[] = [],
): Promise<SecretFault | undefined> {
  const fault = faultByItself(secret, id) ?? (isOfNames(secret, names) ? 'names-only' : undefined);
  return fault ?? ((await isCommon(secret)) ? 'common' : undefined);
}

function faultByItself(secret: string, id: string): SecretFault | undefined {
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

/** Whether little is left of it without the names of registry and organisation, and the words in them. */
function isOfNames(secret: string, names: readonly string[]): boolean {
  const words = [registryName, ...names, ...names.flatMap((name) => name.split(/[^\p{L}\p{N}]+/u))].map(
    foldId,
  );
  const listed = words.filter((word) => Array.from(word).length >= shortestName);
  const folded = foldId(secret);
  const rest = listed
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, word) => left.replaceAll(word, ' '), folded);
  return rest !== folded && rest.replaceAll(/[^\p{L}\p{N}]/gu, '').length < leastBesideNames;
}
