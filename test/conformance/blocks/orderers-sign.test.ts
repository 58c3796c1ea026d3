import { common } from '@hyperledger/fabric-protos';
import { consentersOf, validSigners } from '../harness/block-signatures.js';
import { metadataOf, readBlock } from '../harness/blocks.js';
import { issuedBy } from '../harness/certificates.js';
import { fresh } from '../harness/fresh.js';
import { customs, embedded } from '../harness/network.js';
import { arrange } from '../harness/perform.js';

describe('the signatures on a block', () => {
  it('are of orderers whose organisations the profile names, and enough of them', async () => {
    const { block: number } = await arrange(customs, [['put', fresh('key'), 'value']]);
    const block = await readBlock(customs, number);
    const consenters = consentersOf(await readBlock(customs, lastConfigurationOf(block)));
    const signers = validSigners(block, consenters);
    // Difference: one orderer signs on the embedded network; of four BFT orderers at least three do.
    const wanted = embedded
      ? 1
      : Math.ceil((consenters.size + Math.floor((consenters.size - 1) / 3) + 1) / 2);

    expect(new Set(signers.map(({ certificate }) => certificate)).size).toBeGreaterThanOrEqual(wanted);
    expect(signers.filter(({ mspId, certificate }) => !issuedBy(mspId, certificate))).toEqual([]);
  });

  it('cover the number of the last configuration block', async () => {
    const { block: number } = await arrange(customs, [['put', fresh('key'), 'value']]);
    const last = lastConfigurationOf(await readBlock(customs, number));

    const config = await readBlock(customs, last);
    const [envelope] = config.getData()?.getDataList_asU8() ?? [];
    const payload = common.Payload.deserializeBinary(
      common.Envelope.deserializeBinary(envelope ?? new Uint8Array()).getPayload_asU8(),
    );
    const header = common.ChannelHeader.deserializeBinary(
      payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
    );

    expect(header.getType()).toBe(common.HeaderType.CONFIG);
  });
});

/** The number of the block whose configuration holds for this one. */
function lastConfigurationOf(block: common.Block): bigint {
  const signatures = metadataOf(block, common.BlockMetadataIndex.SIGNATURES);
  const value = common.Metadata.deserializeBinary(signatures).getValue_asU8();
  return BigInt(common.OrdererBlockMetadata.deserializeBinary(value).getLastConfig()?.getIndex() ?? -1);
}
