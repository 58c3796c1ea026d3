import { peer } from '@hyperledger/fabric-protos';
import { connectToPeer } from '../testing/shim-peer.js';
import { readAll } from './read-all.js';

const { ChaincodeAdditionalParams, GetState, GetStateMultiple, GetStateMultipleResult } = peer;
const { Type } = peer.ChaincodeMessage;

const state = new Map([
  ['a', 'one'],
  ['c', 'three'],
  ['d', 'four'],
]);
const valueOf = (key: string) => Buffer.from(state.get(key) ?? '');

function answerOf(request: peer.ChaincodeMessage): Uint8Array {
  const payload = request.getPayload_asU8();
  if (request.getType() === Type.GET_STATE) return valueOf(GetState.deserializeBinary(payload).getKey());
  const result = new GetStateMultipleResult();
  result.setValuesList(GetStateMultiple.deserializeBinary(payload).getKeysList().map(valueOf));
  return result.serializeBinary();
}

function readsOf(size: number): peer.ChaincodeAdditionalParams {
  const offer = new ChaincodeAdditionalParams();
  offer.setUseGetMultipleKeys(true);
  offer.setMaxSizeGetMultipleKeys(size);
  return offer;
}

const texts = (values: readonly Uint8Array[]) => values.map((value) => Buffer.from(value).toString());

describe('reading many keys', () => {
  it.each([
    ['one message where the peer answers so', readsOf(1000), [Type.GET_STATE_MULTIPLE]],
    [
      'messages of the size that the peer takes',
      readsOf(2),
      [Type.GET_STATE_MULTIPLE, Type.GET_STATE_MULTIPLE],
    ],
    ['a message each elsewhere', undefined, [Type.GET_STATE, Type.GET_STATE, Type.GET_STATE]],
  ])('needs %s, and gives the values in the order of the keys', async (_, offer, messages) => {
    const { stub, requests } = connectToPeer(offer, answerOf);
    expect(texts(await readAll(stub, 'registry', ['c', 'b', 'a']))).toEqual(['three', '', 'one']);
    expect(requests.map((one) => one.getType())).toEqual(messages);
  });

  it('asks for the public state and for a collection', async () => {
    const { stub, requests } = connectToPeer(readsOf(1000), answerOf);
    await readAll(stub, undefined, ['a', 'b']);
    await readAll(stub, 'registry', ['a', 'b']);
    const asked = requests.map((one) => GetStateMultiple.deserializeBinary(one.getPayload_asU8()));
    expect(asked.map((one) => [one.getCollection(), one.getKeysList()])).toEqual([
      ['', ['a', 'b']],
      ['registry', ['a', 'b']],
    ]);
  });

  it('fails where the peer could not read: Fabric answers no values then', async () => {
    const { stub } = connectToPeer(readsOf(1000), () => new GetStateMultipleResult().serializeBinary());
    await expect(readAll(stub, 'registry', ['a', 'b'])).rejects.toThrow('2 keys read, 0 values');
  });

  it('needs no message for no keys', async () => {
    const { stub, requests } = connectToPeer(readsOf(1000), answerOf);
    expect(await readAll(stub, 'registry', [])).toEqual([]);
    expect(requests).toEqual([]);
  });
});
