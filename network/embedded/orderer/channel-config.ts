import { createHash, randomBytes } from 'node:crypto';
import { common, msp, orderer, peer } from '@hyperledger/fabric-protos';
import { parsePolicy } from '../msp/parse-policy.js';
import { channelPolicies } from '../../administration.js';
import { largestEnvelope, type BatchLimits } from './orderer.js';

const { ConfigGroup, ConfigPolicy, ConfigValue, Policy, ImplicitMetaPolicy } = common;
type Group = InstanceType<typeof ConfigGroup>;

/** An organisation as the channel's configuration describes it. */
interface ConfiguredOrganisation {
  readonly mspId: string;
  /** PEM of one or several CAs. */
  readonly rootCerts: string;
  readonly intermediateCerts?: string | undefined;
  readonly tlsRootCerts?: string | undefined;
  /** Takes part in ordering. */
  readonly orderer: boolean;
  /** `host:port`. */
  readonly anchorPeer?: string | undefined;
}

export interface ChannelConfiguration {
  readonly channel: string;
  /** The MSP of the members without a node: it does not administer itself, for each of them could. */
  readonly membersMsp: string;
  readonly organisations: readonly ConfiguredOrganisation[];
  readonly limits: BatchLimits;
  /** Signature policy of whole blocks. */
  readonly blockEvents?: string | undefined;
  /** Signature policy of administrators who govern; without one the majority of the organisations does. */
  readonly administration?: string | undefined;
  /** `host:port` of the ordering endpoints. */
  readonly ordererAddresses: readonly string[];
}

/**
 * Builds the configuration envelope of block 0: groups, MSPs, policies and values where Fabric's `configtxgen` puts
 * them, so that a client reads every organisation's roots from it. Nobody has signed it, as nobody has in Fabric. The
 * consensus type is `solo`, for this network has one orderer.
 */
export function configurationEnvelope(configuration: ChannelConfiguration): Uint8Array {
  const config = new common.Config();
  config.setSequence(0);
  config.setChannelGroup(channelGroup(configuration));
  const configEnvelope = new common.ConfigEnvelope();
  configEnvelope.setConfig(config);

  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.CONFIG);
  channelHeader.setVersion(1);
  channelHeader.setChannelId(configuration.channel);
  // As configtxgen makes it: with a nonce and an id that follows from it, without a creator.
  const nonce = randomBytes(24);
  channelHeader.setTxId(createHash('sha256').update(nonce).digest('hex'));
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(configEnvelope.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  return envelope.serializeBinary();
}

function channelGroup(configuration: ChannelConfiguration): Group {
  const group = new ConfigGroup();
  addPolicies(group, configuration);
  const hashing = new common.HashingAlgorithm();
  hashing.setName('SHA256');
  addValue(group, 'HashingAlgorithm', hashing.serializeBinary());
  const structure = new common.BlockDataHashingStructure();
  structure.setWidth(0xffffffff);
  addValue(group, 'BlockDataHashingStructure', structure.serializeBinary());
  const addresses = new common.OrdererAddresses();
  addresses.setAddressesList([...configuration.ordererAddresses]);
  addValue(group, 'OrdererAddresses', addresses.serializeBinary());
  addCapability(group, 'V3_0');
  group.getGroupsMap().set('Application', applicationGroup(configuration));
  group.getGroupsMap().set('Orderer', ordererGroup(configuration));
  return group;
}

function applicationGroup(configuration: ChannelConfiguration): Group {
  const { organisations, blockEvents } = configuration;
  const group = new ConfigGroup();
  addPolicies(group, configuration);
  if (blockEvents !== undefined) {
    addPolicy(group, 'BlockEvents', signature(blockEvents));
    const access = new peer.ACLs();
    const reference = new peer.APIResource();
    reference.setPolicyRef('/Channel/Application/BlockEvents');
    access.getAclsMap().set('event/Block', reference);
    addValue(group, 'ACLs', access.serializeBinary());
  }
  const { governed } = policiesOf(configuration);
  for (const name of ['Endorsement', 'LifecycleEndorsement']) {
    const majority = (): ReturnType<typeof implicit> =>
      implicit('Endorsement', ImplicitMetaPolicy.Rule.MAJORITY);
    addPolicy(group, name, governed ? signature(governed.endorsement) : majority());
  }
  addCapability(group, 'V2_5');
  for (const organisation of organisations) {
    const one = organisationGroup(organisation);
    addPolicy(one, 'Endorsement', signature(`OR('${organisation.mspId}.peer')`));
    if (organisation.anchorPeer !== undefined) addAnchorPeer(one, organisation.anchorPeer);
    group.getGroupsMap().set(organisation.mspId, one);
  }
  return group;
}

function ordererGroup(configuration: ChannelConfiguration): Group {
  const { organisations, limits } = configuration;
  const group = new ConfigGroup();
  addPolicies(group, configuration);
  addPolicy(group, 'BlockValidation', implicit('Writers', ImplicitMetaPolicy.Rule.ANY));
  const consensus = new orderer.ConsensusType();
  consensus.setType('solo');
  addValue(group, 'ConsensusType', consensus.serializeBinary());
  const size = new orderer.BatchSize();
  size.setMaxMessageCount(limits.maxMessages);
  size.setAbsoluteMaxBytes(limits.maxTransactionBytes ?? largestEnvelope);
  size.setPreferredMaxBytes(limits.maxBytes);
  addValue(group, 'BatchSize', size.serializeBinary());
  const timeout = new orderer.BatchTimeout();
  timeout.setTimeout(`${limits.timeoutMs}ms`);
  addValue(group, 'BatchTimeout', timeout.serializeBinary());
  addCapability(group, 'V2_0');
  for (const organisation of organisations.filter((one) => one.orderer)) {
    group.getGroupsMap().set(organisation.mspId, organisationGroup(organisation));
  }
  return group;
}

function organisationGroup(organisation: ConfiguredOrganisation): Group {
  const { mspId } = organisation;
  const group = new ConfigGroup();
  const config = new msp.MSPConfig();
  config.setType(0);
  config.setConfig(fabricMsp(organisation).serializeBinary());
  addValue(group, 'MSP', config.serializeBinary());
  addPolicy(group, 'Readers', signature(`OR('${mspId}.member')`));
  addPolicy(group, 'Writers', signature(`OR('${mspId}.member')`));
  addPolicy(group, 'Admins', signature(`OR('${mspId}.admin')`));
  return group;
}

function fabricMsp({ mspId, rootCerts, intermediateCerts, tlsRootCerts }: ConfiguredOrganisation) {
  const config = new msp.FabricMSPConfig();
  config.setName(mspId);
  config.setRootCertsList(certificatesOf(rootCerts));
  config.setIntermediateCertsList(certificatesOf(intermediateCerts));
  config.setTlsRootCertsList(certificatesOf(tlsRootCerts));
  const crypto = new msp.FabricCryptoConfig();
  crypto.setSignatureHashFamily('SHA2');
  crypto.setIdentityIdentifierHashFunction('SHA256');
  config.setCryptoConfig(crypto);
  const units = new msp.FabricNodeOUs();
  units.setEnable(true);
  units.setClientOuIdentifier(unit('client'));
  units.setPeerOuIdentifier(unit('peer'));
  units.setAdminOuIdentifier(unit('admin'));
  units.setOrdererOuIdentifier(unit('orderer'));
  config.setFabricNodeOus(units);
  return config;
}

function unit(name: string) {
  const identifier = new msp.FabricOUIdentifier();
  identifier.setOrganizationalUnitIdentifier(name);
  return identifier;
}

function certificatesOf(bundle = ''): Uint8Array[] {
  const blocks = bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g) ?? [];
  return blocks.map((pem) => Buffer.from(pem));
}

function addAnchorPeer(group: Group, address: string): void {
  const [host = '', port = '0'] = address.split(':');
  const anchor = new peer.AnchorPeer();
  anchor.setHost(host);
  anchor.setPort(Number(port));
  const anchors = new peer.AnchorPeers();
  anchors.setAnchorPeersList([anchor]);
  addValue(group, 'AnchorPeers', anchors.serializeBinary());
}

function addCapability(group: Group, name: string): void {
  const capabilities = new common.Capabilities();
  capabilities.getCapabilitiesMap().set(name, new common.Capability());
  addValue(group, 'Capabilities', capabilities.serializeBinary());
}

function addPolicies(group: Group, configuration: ChannelConfiguration): void {
  const { readers, writers, governed } = policiesOf(configuration);
  addPolicy(group, 'Readers', signature(readers));
  addPolicy(group, 'Writers', signature(writers));
  const majority = (): ReturnType<typeof implicit> => implicit('Admins', ImplicitMetaPolicy.Rule.MAJORITY);
  addPolicy(group, 'Admins', governed ? signature(governed.admins) : majority());
}

function policiesOf({ organisations, membersMsp, administration }: ChannelConfiguration) {
  return channelPolicies({ msps: organisations.map(({ mspId }) => mspId), membersMsp, administration });
}

function implicit(
  subPolicy: string,
  rule: common.ImplicitMetaPolicy.RuleMap[keyof common.ImplicitMetaPolicy.RuleMap],
) {
  const meta = new ImplicitMetaPolicy();
  meta.setSubPolicy(subPolicy);
  meta.setRule(rule);
  return policyOf(Policy.PolicyType.IMPLICIT_META, meta.serializeBinary());
}

function signature(text: string) {
  return policyOf(Policy.PolicyType.SIGNATURE, parsePolicy(text).serializeBinary());
}

function policyOf(type: number, value: Uint8Array) {
  const policy = new Policy();
  policy.setType(type);
  policy.setValue(value);
  return policy;
}

function addPolicy(group: Group, name: string, policy: InstanceType<typeof Policy>): void {
  const entry = new ConfigPolicy();
  entry.setPolicy(policy);
  entry.setModPolicy('Admins');
  group.getPoliciesMap().set(name, entry);
}

function addValue(group: Group, name: string, bytes: Uint8Array): void {
  const value = new ConfigValue();
  value.setValue(bytes);
  value.setModPolicy('Admins');
  group.getValuesMap().set(name, value);
}
