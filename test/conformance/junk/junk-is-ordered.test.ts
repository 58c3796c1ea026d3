import { setTimeout } from 'node:timers/promises';
import { common } from '@hyperledger/fabric-protos';
import { metadataOf, readBlock } from '../harness/blocks.js';
import { height } from '../harness/chain.js';
import { fresh } from '../harness/fresh.js';
import { junkOf, orderedJunk, refusedJunk, type Junk } from '../harness/junk.js';
import { bankA, customs, profile, regulator } from '../harness/network.js';
import { broadcast } from '../harness/orderers.js';
import { arrange } from '../harness/perform.js';
import { seek } from '../harness/seek.js';
import { codeName } from '../harness/validation-code.js';

interface Place {
  readonly number: bigint;
  readonly code: string;
}

/** Where a block holds the envelope, and the peer's verdict on it. */
async function placeOf(envelope: common.Envelope, from: bigint): Promise<Place> {
  const wanted = Buffer.from(envelope.getPayload_asU8());
  let next = from;
  for (const end = Date.now() + 50_000; Date.now() < end;) {
    if (next >= (await height(customs))) {
      await setTimeout(50);
      continue;
    }
    const block = await readBlock(customs, next);
    const index = payloadsOf(block).findIndex((payload) => wanted.equals(payload));
    const codes = metadataOf(block, common.BlockMetadataIndex.TRANSACTIONS_FILTER);
    if (index >= 0) return { number: next, code: codeName(codes[index] ?? -1) };
    next += 1n;
  }
  throw new Error('no block holds the envelope');
}

function payloadsOf(block: common.Block): readonly Uint8Array[] {
  const data = block.getData()?.getDataList_asU8() ?? [];
  return data.map((bytes) => common.Envelope.deserializeBinary(bytes).getPayload_asU8());
}

async function order(junk: Junk): Promise<Place> {
  const from = await height(customs);
  const { envelope } = await junkOf(bankA, junk);
  expect(await broadcast(profile, envelope)).toBe('SUCCESS');
  return placeOf(envelope, from);
}

const isFabric = profile.network === 'fabric';
/** On Fabric the consortium's own chaincode is not deployed beside the probe. */
const forged = isFabric ? 'INVALID_CHAINCODE' : 'ENDORSEMENT_POLICY_FAILURE';
/** SmartBFT's leader takes these in, and then finds that no block may hold them: it stands still until another leads. */
const standingStill: readonly string[] = isFabric ? ['a message of type 0', 'a message of type 99'] : [];

const invalid = 'INVALID_ENDORSER_TRANSACTION';
/** What peers say of it, and whether they still reduce its block for those who follow filtered blocks. */
const outcomes: Readonly<Record<keyof typeof orderedJunk, readonly [code: string, filtered: string]>> = {
  'random bytes for a transaction': [invalid, 'BAD_REQUEST'],
  'no data at all': [invalid, 'SUCCESS'],
  'a transaction without an action': [invalid, 'SUCCESS'],
  'an action of random bytes': [invalid, 'BAD_REQUEST'],
  'two actions': [invalid, 'BAD_REQUEST'],
  'an answer of random bytes': [invalid, 'BAD_REQUEST'],
  'a result of random bytes': ['BAD_RESPONSE_PAYLOAD', 'BAD_REQUEST'],
  'reads and writes of random bytes': ['BAD_RWSET', 'SUCCESS'],
  'an event of random bytes': ['INVALID_OTHER_REASON', 'BAD_REQUEST'],
  'an event whose name claims two thousand million bytes': ['INVALID_OTHER_REASON', 'BAD_REQUEST'],
  'a forged event of our chaincode': [forged, 'SUCCESS'],
  'an event that is no JSON': [forged, 'SUCCESS'],
  'a chaincode that does not exist': ['INVALID_CHAINCODE', 'SUCCESS'],
  'a message of type 0': ['BAD_COMMON_HEADER', 'SUCCESS'],
  'a message of type 99': ['BAD_COMMON_HEADER', 'SUCCESS'],
  'a transaction id that is no hash': ['BAD_PROPOSAL_TXID', 'SUCCESS'],
  'no transaction id': ['BAD_PROPOSAL_TXID', 'SUCCESS'],
  'no nonce': ['BAD_COMMON_HEADER', 'SUCCESS'],
  'another epoch': ['BAD_COMMON_HEADER', 'SUCCESS'],
  'a time that no calendar has': [invalid, 'BAD_REQUEST'],
  'sixty kilobytes of nothing': [invalid, 'BAD_REQUEST'],
};

describe('an envelope that a member signs although no honest client makes it', () => {
  const ordered = Object.entries(orderedJunk).filter(([name]) => !standingStill.includes(name));
  it.each(ordered)('is ordered and invalid: %s', async (name, junk) => {
    const { number, code } = await order(junk);
    const filtered = await seek(customs, {
      method: 'DeliverFiltered',
      start: Number(number),
      stop: Number(number),
    });

    expect([code, filtered.status]).toEqual(outcomes[name]);
  });

  // Jest refuses a table without rows, and the embedded network has none.
  for (const name of standingStill) {
    it(`is taken in and never ordered: ${name}`, async () => {
      const from = await height(customs);
      const { envelope } = await junkOf(bankA, orderedJunk[name] as Junk);
      expect(await broadcast(profile, envelope)).toBe('SUCCESS');

      // What is honest is handed to every orderer, so another one leads after a while.
      const { block } = await arrange(customs, [['put', fresh('key'), 'value']]);
      const wanted = Buffer.from(envelope.getPayload_asU8());
      for (let number = from; number <= block; number += 1n) {
        const payloads = payloadsOf(await readBlock(customs, number));
        expect(payloads.some((payload) => wanted.equals(payload))).toBe(false);
      }
    }, 120_000);
  }

  it('is ordered under the id of another’s transaction, which stays what it was', async () => {
    const { txId, block } = await arrange(customs, [['put', fresh('key'), 'value']]);
    const { code, number } = await order({ txId, data: () => new Uint8Array() });

    expect(code).toBe('BAD_PROPOSAL_TXID');
    expect(number).toBeGreaterThan(block);
  });

  it.each(Object.entries(refusedJunk))('is refused: %s', async (_, junk) => {
    const before = await height(customs);
    const { envelope } = await junkOf(bankA, junk);

    expect(await broadcast(profile, envelope)).toBe('BAD_REQUEST');
    expect(await height(customs)).toBe(before);
  });

  it('ends neither the streams of whole blocks nor what the peer answers about blocks', async () => {
    const { number } = await order({ data: () => Buffer.from([0x0a, 0x7f]) });
    const { block } = await arrange(customs, [['put', fresh('key'), 'value']]);
    const range = { start: Number(number), stop: Number(block) };
    const numbers = Array.from({ length: range.stop - range.start + 1 }, (_, index) => range.start + index);

    expect(await seek(customs, range)).toEqual({ numbers, status: 'SUCCESS' });
    expect(await seek(regulator, { ...range, method: 'DeliverWithPrivateData' })).toEqual({
      numbers,
      status: 'SUCCESS',
    });
  });
});
