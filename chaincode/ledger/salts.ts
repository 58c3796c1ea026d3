import { Fingerprints } from '../rules/fingerprints.js';
import { keyRingAt } from './key-ring.js';
import type { SaltOf, UnitOfWork } from './unit-of-work.js';

export const unsalted: SaltOf = () => undefined;

const saltLength = 32;

/**
 * The salts of one transaction. Every peer of the channel holds the hash of every private value, and trade documents
 * say little that cannot be guessed: without a salt any member could try out numbers and amounts until the hash fits.
 * The salt is stored inside the record, so whoever may read the record can still prove it against its hash; it comes
 * from the registry's secret and the transaction, so all endorsers write the same one and no two records share one.
 */
export async function recordSalts(work: UnitOfWork, transactionId: string): Promise<SaltOf> {
  const ring = await work.read(keyRingAt);
  if (ring === undefined) return unsalted;
  const secrets = new Fingerprints(ring.keys, ring.first);
  return (collection, key) =>
    secrets.candidates('salt', [transactionId, collection, key].join('\n'))[0].slice(0, saltLength);
}
