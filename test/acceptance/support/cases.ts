import { randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// The cases are not part of the project: they lie beside a checkout, or the suites say that they were skipped.
const folder = fileURLToPath(new URL('../../../../../shared/cases/', import.meta.url));

/** Describes what needs the cases beside the project; skipped where they are absent. */
export const withCases = existsSync(folder) ? describe : describe.skip;

/** A case under a number that no other run has recorded. */
export function paper(file: string, number: string, fresh: string): Buffer {
  return Buffer.from(readFileSync(join(folder, file)).toString('latin1').replaceAll(number, fresh), 'latin1');
}

/** A number that no other test has used. */
export const freshNumber = () => `P${randomInt(10 ** 12)}`;
