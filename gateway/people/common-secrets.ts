import { foldId } from './enrolment-id.js';

/** As people write letters with digits and signs. */
const written: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};
const signs = /[@431$057]/g;
/** What stands before the first letter and behind the last one. */
const around = /^[^\p{L}]+|[^\p{L}]+$/gu;

/** Nobody needs the list before somebody chooses a secret. */
let list: Promise<ReadonlySet<string>> | undefined;

/**
 * Whether a secret is one of the 49,000 most common passwords: as it is or several times, also with digits and signs around it
 * or in place of letters.
 */
export async function isCommon(secret: string): Promise<boolean> {
  list ??= readList();
  const common = await list;
  const folded = foldId(secret);
  const core = folded.replace(around, '');
  return [folded, core].some((text) => {
    const once = repeatedIn(text);
    return common.has(once) || common.has(once.replace(signs, (sign) => written[sign] ?? sign));
  });
}

async function readList(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].map(foldId));
}

/** The shortest text of which this one is a whole number of repetitions. */
function repeatedIn(text: string): string {
  const length = text === '' ? 0 : (text + text).indexOf(text, 1);
  return text.slice(0, length);
}
