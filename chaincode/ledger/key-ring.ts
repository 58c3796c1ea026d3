import { z } from 'zod';
import { LedgerError } from '../errors.js';
import { Fingerprints } from '../rules/fingerprints.js';
import { at, registry } from './addresses.js';
import { recordKind } from './records.js';
import type { UnitOfWork } from './unit-of-work.js';

/** The secret fingerprint keys in use, newest first, and the first of all, under which some kinds of ids stay. */
export const keyRing = recordKind(
  'key ring',
  'K',
  z.strictObject({
    keys: z.array(z.strictObject({ key: z.string(), number: z.number(), since: z.string() })),
    first: z.string(),
  }),
);

/** Which government organisations say that nothing lies under keys before this number alone any more. */
const keyRetirement = recordKind(
  'retirement of keys',
  'KR',
  z.strictObject({ before: z.number(), by: z.array(z.string()) }),
);

export const keyRingAt = at(registry, keyRing);
export const keyRetirementAt = at(registry, keyRetirement);

/**
 * The secret keys of the registry.
 *
 * @throws LedgerError NOT_INITIALISED.
 */
export async function fingerprints(work: UnitOfWork): Promise<Fingerprints> {
  const ring = await work.read(keyRingAt);
  if (ring === undefined) throw new LedgerError('NOT_INITIALISED');
  return new Fingerprints(ring.keys, ring.first, work.origins);
}
