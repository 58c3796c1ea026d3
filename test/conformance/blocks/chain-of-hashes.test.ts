import { common } from '@hyperledger/fabric-protos';
import { dataHash, headerHash } from '../harness/block-hash.js';
import { readBlock } from '../harness/blocks.js';
import { chainInfo, height, queryChain } from '../harness/chain.js';
import { fresh } from '../harness/fresh.js';
import { bankB, customs } from '../harness/network.js';
import { arrange } from '../harness/perform.js';

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');

describe('the chain, recomputed by a reader of its own', () => {
  it('links every block to the one before it by the hash of its header', async () => {
    await arrange(customs, [['put', fresh('key'), 'value']]);
    const end = await height(customs);
    let previous = '';
    for (let number = 0n; number < end && number < 40n; number++) {
      const header = (await readBlock(customs, number)).getHeader();
      if (!header) throw new Error('a block has no header');

      expect(header.getNumber()).toBe(Number(number));
      expect(hex(header.getPreviousHash_asU8())).toBe(previous);
      previous = headerHash(header);
    }
  });

  it('names in every header the hash of its transactions', async () => {
    const { block: number } = await arrange(customs, [['put', fresh('key'), 'value']]);
    for (const block of [await readBlock(customs, 0n), await readBlock(customs, number)]) {
      expect(hex(block.getHeader()?.getDataHash_asU8())).toBe(
        dataHash(block.getData()?.getDataList_asU8() ?? []),
      );
    }
  });

  it('is the same at every peer, and its end is what the peer tells of it', async () => {
    const { block: number } = await arrange(customs, [['put', fresh('key'), 'value']]);
    const atBankB = await queryChain(bankB, 'GetBlockByNumber', String(number));
    const header = common.Block.deserializeBinary(atBankB).getHeader();
    const info = await chainInfo(customs);

    expect(header && hex(header.serializeBinary())).toBe(
      hex((await readBlock(customs, number)).getHeader()?.serializeBinary()),
    );
    expect(BigInt(info.getHeight())).toBe(number + 1n);
    expect(hex(info.getCurrentblockhash_asU8())).toBe(header && headerHash(header));
    expect(hex(info.getPreviousblockhash_asU8())).toBe(hex(header?.getPreviousHash_asU8()));
  });
});
