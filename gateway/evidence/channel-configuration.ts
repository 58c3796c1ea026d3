import { common, msp } from '@hyperledger/fabric-protos';
import { type Authorities, LazyAuthorities } from './authorities.js';
import { EvidenceError } from './evidence-error.js';

/** Whom a configuration block trusts. */
export interface ChannelConfiguration {
  readonly channel: string;
  /** Of the first configuration 0, of each later one one more: none can be left out unseen. */
  readonly sequence: number;
  /** Of every organisation, by MSP id. */
  readonly authorities: ReadonlyMap<string, Authorities>;
  /** Organisations whose nodes order. */
  readonly ordererMsps: ReadonlySet<string>;
  /** The ordering nodes by number where they agree by SmartBFT; undefined where any one of them signs alone. */
  readonly consenters: ReadonlyMap<number, Consenter> | undefined;
}

export interface Consenter {
  readonly mspId: string;
  readonly certificate: Uint8Array;
}

/** True for a block that sets the channel's configuration; such a block holds nothing else. */
export function isConfiguration(block: common.Block): boolean {
  return firstEnvelope(block)?.header.getType() === common.HeaderType.CONFIG;
}

/** @throws EvidenceError when the block has no configuration of a channel. */
export function readConfiguration(block: common.Block): ChannelConfiguration {
  const envelope = firstEnvelope(block);
  const config = envelope && common.ConfigEnvelope.deserializeBinary(envelope.data).getConfig();
  const group = config?.getChannelGroup();
  if (envelope === undefined || config === undefined || group === undefined)
    throw new EvidenceError('There is no configuration.');
  const application = group.getGroupsMap().get('Application');
  const ordering = group.getGroupsMap().get('Orderer');
  if (application === undefined || ordering === undefined) {
    throw new EvidenceError('The configuration is not that of a channel.');
  }
  const orderers = authoritiesOf(ordering);
  const authorities = new Map([...authoritiesOf(application), ...orderers]);
  return {
    channel: envelope.header.getChannelId(),
    sequence: config.getSequence(),
    authorities,
    ordererMsps: new Set(orderers.keys()),
    consenters: consentersOf(ordering),
  };
}

function firstEnvelope(block: common.Block) {
  const [bytes] = block.getData()?.getDataList_asU8() ?? [];
  if (bytes === undefined) return undefined;
  try {
    const payload = common.Payload.deserializeBinary(
      common.Envelope.deserializeBinary(bytes).getPayload_asU8(),
    );
    const header = common.ChannelHeader.deserializeBinary(
      payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
    );
    return { header, data: payload.getData_asU8() };
  } catch {
    // Whoever holds a certificate gets any bytes ordered; a configuration can be read.
    return undefined;
  }
}

function authoritiesOf(group: common.ConfigGroup): Map<string, Authorities> {
  const found = new Map<string, Authorities>();
  for (const [, organisation] of group.getGroupsMap().entries()) {
    const value = organisation.getValuesMap().get('MSP')?.getValue_asU8() ?? new Uint8Array();
    const config = msp.FabricMSPConfig.deserializeBinary(
      msp.MSPConfig.deserializeBinary(value).getConfig_asU8(),
    );
    const name = config.getName();
    const roots = config.getRootCertsList_asU8();
    found.set(name, new LazyAuthorities(name, roots, config.getIntermediateCertsList_asU8()));
  }
  return found;
}

function consentersOf(ordering: common.ConfigGroup): Map<number, Consenter> | undefined {
  const bytes = ordering.getValuesMap().get('Orderers')?.getValue_asU8();
  if (bytes === undefined) return undefined;
  const mapping = common.Orderers.deserializeBinary(bytes).getConsenterMappingList();
  if (mapping.length === 0) return undefined;
  return new Map(
    mapping.map((one) => [one.getId(), { mspId: one.getMspId(), certificate: one.getIdentity_asU8() }]),
  );
}
