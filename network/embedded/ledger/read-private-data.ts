import { ledger } from '@hyperledger/fabric-protos';
import { afterPrefix } from './bytes.js';
import type { Disk } from './disk.js';
import { keys, placeOfWriteSet } from './keys.js';

const { CollectionPvtReadWriteSet, NsPvtReadWriteSet, TxPvtReadWriteSet, TxReadWriteSet } = ledger.rwset;

/**
 * Puts together, by transaction, the private write sets of one block that an organisation has.
 *
 * @param holds whether it is a member of a collection.
 */
export async function readPrivateData(
  disk: Disk,
  holds: (namespace: string, collection: string) => boolean,
  block: number,
): Promise<ReadonlyMap<number, Buffer>> {
  const byTx = new Map<number, InstanceType<typeof TxPvtReadWriteSet>>();
  const prefix = keys.writeSetsOfBlock(block);
  for await (const [key, bytes] of disk.scan({ start: prefix, end: afterPrefix(prefix) })) {
    const { tx, namespace, collection } = placeOfWriteSet(key);
    if (!holds(namespace, collection)) continue;
    const set = byTx.get(tx) ?? new TxPvtReadWriteSet();
    set.setDataModel(TxReadWriteSet.DataModel.KV);
    byTx.set(tx, set);
    const spaces = set.getNsPvtRwsetList();
    const space =
      spaces.find((one) => one.getNamespace() === namespace) ?? set.addNsPvtRwset(new NsPvtReadWriteSet());
    space.setNamespace(namespace);
    const one = new CollectionPvtReadWriteSet();
    one.setCollectionName(collection);
    one.setRwset(bytes);
    space.addCollectionPvtRwset(one);
  }
  return new Map([...byTx].map(([tx, set]) => [tx, Buffer.from(set.serializeBinary())]));
}
