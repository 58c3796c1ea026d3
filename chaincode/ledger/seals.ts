import { LedgerError } from '../errors.js';
import { Fingerprints } from '../rules/fingerprints.js';
import { keyRingAt } from './key-ring.js';
import { addresseeKey, taggedKey } from './tags.js';
import type { Seals, UnitOfWork } from './unit-of-work.js';

/** Of a registry that has no secret yet: nothing in it is for anybody. */
export const unsealed: Seals = {
  saltOf: () => undefined,
  keyOf: ({ key, addressee }) => {
    if (addressee !== undefined) throw new LedgerError('NOT_INITIALISED');
    return key;
  },
};

const saltLength = 32;

/**
 * The salts of one transaction, and the tags of its copies. Every peer of the channel holds the hashes of all private keys
 * and values, and trade documents say little that cannot be guessed: without a salt any member could try out numbers and
 * amounts until the hash fits, and without a tag whose copy a record is. The salt is stored inside the record, so whoever
 * may read the record can still prove it against its hash; it comes from the registry's secret and the transaction, so all
 * endorsers write the same one and no two records share one.
 */
export async function sealsOf(work: UnitOfWork, transactionId: string): Promise<Seals> {
  const ring = await work.read(keyRingAt);
  if (ring === undefined) return unsealed;
  const secrets = new Fingerprints(ring.keys, ring.first);
  const addresseeKeys = new Map<string, string>();
  const keyOfAddressee = (addressee: string) => {
    const known = addresseeKeys.get(addressee) ?? addresseeKey(ring, addressee);
    addresseeKeys.set(addressee, known);
    return known;
  };
  return {
    saltOf: (collection, key) =>
      secrets.candidates('salt', [transactionId, collection, key].join('\n'))[0].slice(0, saltLength),
    keyOf: ({ key, addressee }) =>
      addressee === undefined ? key : taggedKey(keyOfAddressee(addressee), key),
  };
}
