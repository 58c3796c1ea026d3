import { peer } from '@hyperledger/fabric-protos';
import { connectToPeer } from '../testing/shim-peer.js';
import type { LedgerWrite } from './port.js';
import { writeAll } from './write-all.js';

const { ChaincodeAdditionalParams, WriteBatchState } = peer;
const { Type } = peer.ChaincodeMessage;

function batchesOf(size: number): peer.ChaincodeAdditionalParams {
  const offer = new ChaincodeAdditionalParams();
  offer.setUseWriteBatch(true);
  offer.setMaxSizeWriteBatch(size);
  return offer;
}

const policy = Uint8Array.of(1, 2, 3);
const writes: readonly LedgerWrite[] = [
  { collection: undefined, key: 'claim~1', value: 'public' },
  { collection: 'registry', key: 'F~1', value: 'fact', policy },
  { collection: 'registry', key: 'U~1', value: 'trade' },
];

describe('the writes of a transaction', () => {
  it('go in one message to a peer that takes them so, policies behind their values', async () => {
    const { stub, requests } = connectToPeer(batchesOf(1000));
    await writeAll(stub, writes);
    expect(requests.map((one) => [one.getType(), one.getTxid(), one.getChannelId()])).toEqual([
      [Type.WRITE_BATCH_STATE, 'tx1', 'trade'],
    ]);
    const [batch] = requests.map((one) => WriteBatchState.deserializeBinary(one.getPayload_asU8()));
    expect(
      batch?.getRecList().map((record) => ({
        type: record.getType(),
        collection: record.getCollection(),
        key: record.getKey(),
        value: Buffer.from(record.getValue_asU8()).toString(),
        policy: record.getMetadata()?.getMetakey(),
      })),
    ).toEqual([
      { type: Type.PUT_STATE, collection: '', key: 'claim~1', value: 'public', policy: undefined },
      { type: Type.PUT_STATE, collection: 'registry', key: 'F~1', value: 'fact', policy: undefined },
      {
        type: Type.PUT_STATE_METADATA,
        collection: 'registry',
        key: 'F~1',
        value: '',
        policy: 'VALIDATION_PARAMETER',
      },
      { type: Type.PUT_STATE, collection: 'registry', key: 'U~1', value: 'trade', policy: undefined },
    ]);
  });

  it('are cut into messages of the size that the peer takes', async () => {
    const { stub, requests } = connectToPeer(batchesOf(3));
    await writeAll(stub, writes);
    expect(
      requests.map((one) => WriteBatchState.deserializeBinary(one.getPayload_asU8()).getRecList().length),
    ).toEqual([3, 1]);
  });

  it.each([
    ['says nothing', undefined],
    ['declines', new ChaincodeAdditionalParams()],
  ])('go one by one to a peer that %s', async (_, offer) => {
    const { stub, requests } = connectToPeer(offer);
    await writeAll(stub, writes);
    expect(requests.map((one) => one.getType())).toEqual([
      Type.PUT_STATE,
      Type.PUT_STATE,
      Type.PUT_STATE_METADATA,
      Type.PUT_STATE,
    ]);
  });

  it('need no message when there are none', async () => {
    const { stub, requests } = connectToPeer(batchesOf(1000));
    await writeAll(stub, []);
    expect(requests).toEqual([]);
  });
});
