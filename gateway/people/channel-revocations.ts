import { common, msp } from '@hyperledger/fabric-protos';
import { lastConfiguration } from '../evidence/block-signatures.js';
import { askLedger } from '../ledger/ask-ledger.js';
import type { LedgerQuestion } from '../ledger/ask-ledger.js';

/**
 * Reads the revocation lists of one organisation out of the channel's configuration, which is what peers and orderers go
 * by. The configuration is fetched again only when a newer one is in force.
 *
 * @param place Whose peer is asked, and by whom.
 */
export function channelRevocations(
  mspId: string,
  place: () => Promise<LedgerQuestion>,
): () => Promise<readonly Uint8Array[]> {
  let known: { readonly configuration: number; readonly lists: readonly Uint8Array[] } | undefined;
  return async () => {
    const question = await place();
    const block = async (number: number) =>
      common.Block.deserializeBinary(await askLedger(question, 'GetBlockByNumber', String(number)));
    const info = common.BlockchainInfo.deserializeBinary(await askLedger(question, 'GetChainInfo'));
    const configuration = lastConfiguration(await block(info.getHeight() - 1));
    if (known?.configuration !== configuration) {
      known = { configuration, lists: revocationLists(await block(configuration), mspId) };
    }
    return known.lists;
  };
}

/** @returns the lists, PEM; none when the block sets no configuration or the organisation has none. */
function revocationLists(block: common.Block, mspId: string): readonly Uint8Array[] {
  const [bytes] = block.getData()?.getDataList_asU8() ?? [];
  if (bytes === undefined) return [];
  const payload = common.Payload.deserializeBinary(
    common.Envelope.deserializeBinary(bytes).getPayload_asU8(),
  );
  const header = common.ChannelHeader.deserializeBinary(
    payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
  );
  if (header.getType() !== common.HeaderType.CONFIG) return [];
  const group = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8())
    .getConfig()
    ?.getChannelGroup();
  const own = group?.getGroupsMap().get('Application')?.getGroupsMap().get(mspId);
  const value = own?.getValuesMap().get('MSP')?.getValue_asU8();
  if (value === undefined) return [];
  return msp.FabricMSPConfig.deserializeBinary(
    msp.MSPConfig.deserializeBinary(value).getConfig_asU8(),
  ).getRevocationListList_asU8();
}
