import { partyCollection } from '../ledger/addresses.js';
import type { Verb } from '../ledger/execute.js';

/**
 * What the caller's own collection holds under these keys, as it is stored. The gateways of all organisations but the
 * three government nodes fill their tables from it, because they may not follow blocks with private data.
 */
export const readOwnRecords: Verb<'readOwnRecords'> = async ({ port, caller }, { keys }) => {
  const collection = partyCollection(caller.mspId);
  const found = await Promise.all(keys.map((key) => port.get(collection, key)));
  return { records: found.map((stored) => stored ?? null) };
};
