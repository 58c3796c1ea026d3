import { LedgerError } from '../errors.js';
import { registry } from '../ledger/addresses.js';
import { keyRingAt } from '../ledger/key-ring.js';
import { addresseeKey, taggedKey } from '../ledger/tags.js';
import type { Verb } from '../ledger/verb.js';

/**
 * What the registry holds for the caller's organisation under these keys, as it is stored. The gateways of all
 * organisations but the three government nodes fill their tables from it, because they may not follow blocks with private
 * data. The chaincode itself adds the caller's tag, so nobody reaches another's copies. Each is written once, and the caller
 * holds it against the hash in its block, so reading many together does no harm.
 */
export const readOwnRecords: Verb<'readOwnRecords'> = async ({ port, reads, caller }, { keys }) => {
  const secret = await ownKey({ reads, caller });
  const found = await port.getAll(
    registry,
    keys.map((key) => taggedKey(secret, key)),
  );
  return { records: keys.map((_, index) => found[index] ?? null) };
};

/** The secret by which the caller's organisation finds its own keys among the hashed ones of a block; its own only. */
export const readAddresseeKey: Verb<'readAddresseeKey'> = async (call) => ({ key: await ownKey(call) });

/** @throws LedgerError NOT_INITIALISED. */
async function ownKey({
  reads,
  caller,
}: Pick<Parameters<Verb<'readAddresseeKey'>>[0], 'reads' | 'caller'>): Promise<string> {
  const ring = await reads.read(keyRingAt);
  if (ring === undefined) throw new LedgerError('NOT_INITIALISED');
  return addresseeKey(ring, caller.mspId);
}
