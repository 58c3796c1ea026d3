import { common } from '@hyperledger/fabric-protos';
import { metadataOf, readBlock } from '../harness/blocks.js';
import { fresh } from '../harness/fresh.js';
import { bankA, customs, profile } from '../harness/network.js';
import { ordered } from '../harness/orderers.js';
import { arrange } from '../harness/perform.js';

const bytesOf = (bytes: Uint8Array | string | undefined) => Buffer.from(bytes ?? '').toString('hex');

describe('the orderers', () => {
  it('deliver every member the blocks that they have ordered, without the peers’ verdicts', async () => {
    const { block: number } = await arrange(customs, [['put', fresh('key'), 'value']]);
    const range = { start: Number(number), stop: Number(number) };
    const { blocks, status } = await ordered(profile, bankA, range);
    const peers = await readBlock(customs, number);
    const [block] = blocks;

    expect(status).toBe('SUCCESS');
    expect(bytesOf(block?.getHeader()?.serializeBinary())).toBe(
      bytesOf(peers.getHeader()?.serializeBinary()),
    );
    expect(block?.getData()?.getDataList_asU8().map(bytesOf)).toEqual(
      peers.getData()?.getDataList_asU8().map(bytesOf),
    );
    const { SIGNATURES, TRANSACTIONS_FILTER } = common.BlockMetadataIndex;
    const value = (one: common.Block | undefined) =>
      bytesOf(one && common.Metadata.deserializeBinary(metadataOf(one, SIGNATURES)).getValue_asU8());
    expect(value(block)).toBe(value(peers));
    expect([...(block ? metadataOf(block, TRANSACTIONS_FILTER) : [1])].filter((code) => code !== 0)).toEqual(
      [],
    );
  });

  it('deliver headers alone when asked to, and the whole of a configuration', async () => {
    const { block: number } = await arrange(customs, [['put', fresh('key'), 'value']]);
    const at = (place: number) => ({ start: place, stop: place, headersOnly: true });
    const { blocks } = await ordered(profile, bankA, at(Number(number)));
    const genesis = await ordered(profile, bankA, at(0));

    expect(blocks[0]?.getHeader()?.getNumber()).toBe(Number(number));
    expect(blocks[0]?.getData()?.getDataList() ?? []).toEqual([]);
    expect(genesis.blocks[0]?.getData()?.getDataList()).toHaveLength(1);
  });
});
