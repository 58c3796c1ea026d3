import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';
import type { factTypes } from '@pledgeonce/chaincode/schemas.js';
import { z } from 'zod';
import { placesOf } from './dictionary.js';
import type { Hashes } from './public-places.js';

const source = join(projectRoot, 'test/campaign/privacy/guesser');
const verdict = z.strictObject({ tried: z.number().int(), hits: z.array(z.string()) });

/** Numbers one after the other: what they begin with, and a count of so many digits from this one on. */
export interface Range {
  readonly type: (typeof factTypes)[number];
  readonly prefix: string;
  readonly digits: number;
  readonly from: number;
  readonly count: number;
}

/** A program that tries numbers a hundred times as fast as Node. */
export class Guesser {
  readonly #program: string;
  readonly #hashes: Hashes;

  /**
   * @param folder where the program is built.
   * @throws Error where the program go is not on PATH.
   */
  constructor(folder: string, hashes: Hashes) {
    this.#program = join(folder, 'guesser');
    this.#hashes = hashes;
    execFileSync('go', ['build', '-o', this.#program, '.'], { cwd: source, stdio: 'pipe' });
  }

  /** @returns the numbers that were recognised. @throws Error when the program ends early. */
  async recognised(range: Range, keys: readonly Buffer[], signal?: AbortSignal): Promise<readonly string[]> {
    const { type, prefix, digits, from, count } = range;
    const child = spawn(this.#program, { stdio: ['pipe', 'pipe', 'inherit'], ...(signal && { signal }) });
    const order = {
      ...{ prefix, digits, from, count, ...templates(type, prefix, digits) },
      keys: keys.map((key) => key.toString('base64')),
      ids: [...this.#hashes.ids],
      keyHashes: [...this.#hashes.keys],
      valueHashes: [...this.#hashes.values],
    };
    child.stdin.end(JSON.stringify(order));
    const exited = once(child, 'exit') as Promise<[number | null]>;
    const [said, [code]] = await Promise.all([text(child.stdout), exited]);
    if (code !== 0) throw new Error(`The guesser ended with ${String(code)}.`);
    const { tried, hits } = verdict.parse(JSON.parse(said));
    if (tried !== count) throw new Error(`The guesser tried ${tried} of ${count} numbers.`);
    return hits;
  }
}

/**
 * What stands before the number in everything that is hashed of a document.
 *
 * @throws Error when something is hashed in which the number stands otherwise.
 */
export function templates(type: Range['type'], prefix: string, digits: number) {
  const example = prefix + '1'.padStart(digits, '0');
  const before = (whole: string): string => {
    if (!whole.endsWith(example)) throw new Error(`${example} does not stand at the end of ${whole}.`);
    return whole.slice(0, -example.length);
  };
  const places = placesOf(type, example);
  return {
    plain: ['', ...new Set(places.map(({ text: of }) => before(of)))],
    keyed: places.map(({ kind, text: of, letters }) => ({ before: `${kind}\n${before(of)}`, letters })),
  };
}
