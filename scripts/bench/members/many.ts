import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Organisation } from '@pledgeonce/network/consortium.js';
import { parse, stringify } from 'yaml';
import { consortiumFile } from '../../stack/options.js';

/** Names of the organisations that have a gateway in these measurements: those of the repository's description. */
export const served = [
  ...['customs', 'tax', 'regulator', 'insurer', 'carrier'],
  ...['bank-a', 'bank-b', 'enterprise'],
];

/** One of many banks without a node. */
export function memberAt(
  place: number,
): Pick<Organisation, 'name' | 'msp' | 'title' | 'kind' | 'node' | 'government' | 'orderer'> {
  return {
    name: `member-${place}`,
    msp: `Member${place}MSP`,
    title: `Member ${place}`,
    kind: 'bank',
    ...{ node: false, government: false, orderer: false },
  };
}

/**
 * Describes the consortium of the repository with so many members more.
 *
 * @returns the file.
 */
export function describeWith(folder: string, members: number): string {
  const whole = parse(readFileSync(consortiumFile, 'utf8')) as { readonly organisations: object[] };
  const more = Array.from({ length: members }, (_, index) => memberAt(index + 1));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'consortium.yaml');
  writeFileSync(file, stringify({ ...whole, organisations: [...whole.organisations, ...more] }));
  return file;
}
