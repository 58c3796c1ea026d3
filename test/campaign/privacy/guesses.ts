import { setTimeout as sleep } from 'node:timers/promises';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { Setting } from '../part.js';
import type { Result } from '../results.js';
import { guessableKeys, recognisedAs } from './dictionary.js';
import { Guesser } from './guesser.js';
import { keysOfRegistry } from './keys-of-registry.js';
import type { Hashes } from './public-places.js';

/** Of the time that there is. */
const share = 0.3;
const leastGuesses = 5_000;
/** A number of customs has nine digits of its own; whose year it is, and which office, is guessed at once. */
const digits = 9;
const type = 'customs-declaration';
const firstSerial = 100_000_000;
/** So many between two reports. */
const portion = 500_000;
/** As what of a declaration it has to be recognised by who has the registry's key. */
const certain = ['fact', 'link', 'near'];

/** Numbers of declarations of this year, those that were recorded among them, held against every hash there is. */
export async function guess(
  setting: Setting,
  recorded: readonly FactInput[],
  hashes: Hashes,
): Promise<readonly Result[]> {
  const prefix = (recorded.find((fact) => fact.type === type)?.number ?? '').slice(0, -digits);
  const hits = recorded.filter(
    (fact) => recognisedAs(fact.type, fact.number, guessableKeys, hashes).length > 0,
  );
  const { guesses, found } = await (setting.guesses === undefined
    ? guessForAWhile(setting, prefix, hashes)
    : guessMany({ ...setting, guesses: setting.guesses }, prefix, hashes));
  const keys = await keysOfRegistry();
  const missed = await missedWith(setting, recorded, keys, hashes);
  return [
    {
      promise: 'No guess at a number is confirmed by a hash in the blocks',
      unit: 'guesses',
      attempts: recorded.length + guesses,
      violations: [...hits.map((fact) => `${fact.type} ${fact.number}`), ...found],
      note: `against ${hashes.ids.size} ids, ${hashes.keys.size} keys, ${hashes.values.size} values`,
    },
    {
      promise: 'With the fingerprint key every guess at a recorded number is confirmed',
      unit: 'numbers',
      attempts: recorded.length,
      violations: missed,
    },
  ];
}

async function guessForAWhile({ milliseconds, signal }: Setting, prefix: string, hashes: Hashes) {
  const until = performance.now() + share * milliseconds;
  const found: string[] = [];
  let guesses = 0;
  for (; !signal.aborted && (guesses < leastGuesses || performance.now() < until); guesses += 1) {
    const number = prefix + String(firstSerial + guesses);
    if (recognisedAs(type, number, guessableKeys, hashes).length > 0) found.push(number);
    // Whoever ends the campaign is heard.
    if (guesses % 1_000 === 0) await sleep(0);
  }
  return { guesses, found };
}

async function guessMany(
  { guesses: wanted, folder, signal, report }: Setting & { readonly guesses: number },
  prefix: string,
  hashes: Hashes,
) {
  const guesser = new Guesser(folder, hashes);
  const found: string[] = [];
  let guesses = 0;
  while (guesses < wanted && !signal.aborted) {
    const range = { type, prefix, digits, from: firstSerial + guesses } as const;
    const count = Math.min(portion, wanted - guesses);
    found.push(...(await guesser.recognised({ ...range, count }, guessableKeys)));
    guesses += count;
    report(`${guesses} guesses`);
  }
  return { guesses, found };
}

/** Whoever has the registry's keys recognises everything: were it not so, the guesses would have been at nothing. */
async function missedWith(
  { guesses, folder }: Setting,
  recorded: readonly FactInput[],
  keys: readonly Buffer[],
  hashes: Hashes,
): Promise<readonly string[]> {
  const missed: string[] = [];
  const guesser = guesses === undefined ? undefined : new Guesser(folder, hashes);
  for (const fact of recorded) {
    const as = recognisedAs(fact.type, fact.number, keys, hashes);
    const wanted = fact.type === type ? certain : as.slice(0, 1);
    if (as.length === 0 || wanted.some((kind) => !as.includes(kind)))
      missed.push(`${fact.type} ${fact.number} was recognised only as ${as.join(', ') || 'nothing'}`);
    if (fact.type !== type || guesser === undefined) continue;
    const range = { type, prefix: fact.number.slice(0, -digits), digits } as const;
    const from = Number(fact.number.slice(-digits));
    const hits = await guesser.recognised({ ...range, from, count: 1 }, keys);
    if (!hits.includes(fact.number)) missed.push(`${fact.number} was not recognised by the guesser`);
  }
  return missed;
}
