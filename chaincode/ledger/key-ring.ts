import { z } from 'zod';
import { LedgerError } from '../errors.js';
import { Fingerprints } from '../rules/fingerprints.js';
import { at, registry } from './addresses.js';
import { recordKind } from './records.js';
import type { UnitOfWork } from './unit-of-work.js';

/** The secret fingerprint keys, newest first. */
export const keyRing = recordKind(
  'key ring',
  z.strictObject({ keys: z.array(z.strictObject({ key: z.string(), since: z.string() })) }),
);

export const keyRingAt = at(registry, 'K', keyRing);

/**
 * The secret keys of the registry.
 *
 * @throws LedgerError NOT_INITIALISED.
 */
export async function fingerprints(work: UnitOfWork): Promise<Fingerprints> {
  const ring = await work.read(keyRingAt);
  if (ring === undefined) throw new LedgerError('NOT_INITIALISED');
  return new Fingerprints(ring.keys.map(({ key }) => key));
}
