import { transferOffer } from '../claims/records.js';
import { partyCollection, readKey } from '../ledger/addresses.js';
import type { Verb } from '../ledger/verb.js';

/**
 * What the caller's own collection holds under these keys, as it is stored. The gateways of all organisations but the
 * three government nodes fill their tables from it, because they may not follow blocks with private data.
 */
export const readOwnRecords: Verb<'readOwnRecords'> = async ({ port, caller }, { keys }) => {
  const collection = partyCollection(caller.mspId);
  // A version is written once: what is there is right, and what is not there yet the gateway asks for again. An offer
  // changes under its key.
  const versions = keys.filter((key) => !isOffer(key));
  const found = await port.getAll(collection, versions);
  const values = new Map(versions.map((key, index) => [key, found[index]]));
  for (const key of keys.filter(isOffer)) values.set(key, await port.get(collection, key));
  return { records: keys.map((key) => values.get(key) ?? null) };
};

/** An offer of a transfer is the one record of a party that is overwritten. */
function isOffer(key: string): boolean {
  return readKey(key).letters === transferOffer.letters;
}
