import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { Failure } from '../stack/failure.js';
import { consortiumFile } from '../stack/options.js';

interface Description {
  readonly organisations: readonly { readonly name: string }[];
}

/**
 * Describes the consortium with some of its organisations only: what another peer costs shows when it is away.
 *
 * @returns the file; undefined for all organisations.
 * @throws Failure when there is no such organisation.
 */
export function describeConsortium(folder: string, names: readonly string[] | undefined): string | undefined {
  if (names === undefined) return undefined;
  const whole = parse(readFileSync(consortiumFile, 'utf8')) as Description;
  const known = whole.organisations.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Failure(`There is no organisation ${unknown}.`, `Name some of ${known.join(', ')}.`);
  }
  const organisations = whole.organisations.filter(({ name }) => names.includes(name));
  const file = join(folder, 'consortium.yaml');
  writeFileSync(file, stringify({ ...whole, organisations }));
  return file;
}
