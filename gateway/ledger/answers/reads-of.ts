import { ledger, peer } from '@hyperledger/fabric-protos';
import type { SignedAnswer } from './signed-answer.js';

/** Which versions of which keys a node says that it read for its answer, private ones by their hashes; comparable. */
export function readsOf({ response }: Pick<SignedAnswer, 'response'>): string {
  const answered = peer.ProposalResponsePayload.deserializeBinary(response);
  const action = peer.ChaincodeAction.deserializeBinary(answered.getExtension_asU8());
  const sets = ledger.rwset.TxReadWriteSet.deserializeBinary(action.getResults_asU8()).getNsRwsetList();
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  const lines = sets.flatMap((set) => {
    const plain = ledger.rwset.kvrwset.KVRWSet.deserializeBinary(set.getRwset_asU8());
    const hashed = set.getCollectionHashedRwsetList().flatMap((collection) =>
      ledger.rwset.kvrwset.HashedRWSet.deserializeBinary(collection.getHashedRwset_asU8())
        .getHashedReadsList()
        .map((read) => `${collection.getCollectionName()} ${hex(read.serializeBinary())}`),
    );
    return [
      ...plain.getReadsList().map((read) => `${set.getNamespace()} ${hex(read.serializeBinary())}`),
      ...plain
        .getRangeQueriesInfoList()
        .map((query) => `${set.getNamespace()} ${hex(query.serializeBinary())}`),
      ...hashed,
    ];
  });
  return lines.sort().join('\n');
}
