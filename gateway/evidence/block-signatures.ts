import { common, msp } from '@hyperledger/fabric-protos';
import { headerBytes } from './block-header.js';
import type { BlockHeader } from './block-header.js';
import { CertifiedSigner } from './certified-signer.js';
import type { ChannelConfiguration, Consenter } from './channel-configuration.js';
import { EvidenceError } from './evidence-error.js';

/** Which configuration was in force, as the orderers signed it. */
export interface SignedMetadata {
  readonly lastConfiguration: number;
  readonly signers: readonly CertifiedSigner[];
}

/**
 * Verifies who ordered a block: one ordering node, or with SmartBFT as many as no third of liars can muster.
 *
 * @throws EvidenceError when too few ordering nodes signed it.
 */
export function checkBlockSignatures(
  block: common.Block,
  header: BlockHeader,
  configuration: ChannelConfiguration,
): SignedMetadata {
  const bytes = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.SIGNATURES];
  const metadata = common.Metadata.deserializeBinary(bytes ?? new Uint8Array());
  const value = metadata.getValue_asU8();
  const headerBlock = headerBytes(header);
  const signers = new Map<string, CertifiedSigner>();
  for (const signature of metadata.getSignaturesList()) {
    const { signer, signatureHeader } = tryToRead(() => signerOf(signature, configuration)) ?? {};
    if (signer === undefined || signatureHeader === undefined) continue;
    const message = Buffer.concat([value, signatureHeader, headerBlock]);
    if (signer.signed(message, signature.getSignature_asU8())) signers.set(signer.id, signer);
  }
  const needed = quorum(configuration);
  if (signers.size < needed) {
    throw new EvidenceError(
      `Block ${header.number} is signed by ${signers.size} ordering nodes; ${needed} are needed.`,
    );
  }
  return { lastConfiguration: lastConfiguration(block), signers: [...signers.values()] };
}

/** Which block set the configuration in force, as those say who signed this one; a block that sets one names itself. */
export function lastConfiguration(block: common.Block): number {
  const bytes = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.SIGNATURES];
  const value = common.Metadata.deserializeBinary(bytes ?? new Uint8Array()).getValue_asU8();
  return common.OrdererBlockMetadata.deserializeBinary(value).getLastConfig()?.getIndex() ?? 0;
}

/** SmartBFT: ⌈(n + f + 1) / 2⌉ of n nodes, of which f = ⌊(n − 1) / 3⌋ may lie. */
export function quorum({ consenters }: Pick<ChannelConfiguration, 'consenters'>): number {
  if (consenters === undefined) return 1;
  const nodes = consenters.size;
  return Math.ceil((nodes + Math.floor((nodes - 1) / 3) + 1) / 2);
}

/** Signatures are not part of what they sign: whoever hands the block on may add one that is none. */
function tryToRead<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Certificates that have been verified against a configuration: the same few nodes sign every block. */
const verified = new WeakMap<ChannelConfiguration, Map<string, CertifiedSigner>>();

function signerFrom(configuration: ChannelConfiguration, { mspId, certificate }: Consenter): CertifiedSigner {
  const known = verified.get(configuration) ?? new Map<string, CertifiedSigner>();
  verified.set(configuration, known);
  const id = `${mspId} ${Buffer.from(certificate).toString('latin1')}`;
  const signer = known.get(id) ?? new CertifiedSigner(configuration, { mspId, certificate });
  known.set(id, signer);
  return signer;
}

/** SmartBFT signatures name a node by its number, others carry the certificate. */
function signerOf(signature: common.MetadataSignature, configuration: ChannelConfiguration) {
  const { consenters, ordererMsps } = configuration;
  const byNumber = signature.getIdentifierHeader_asU8();
  const byCertificate = signature.getSignatureHeader_asU8();
  if (consenters !== undefined) {
    if (byCertificate.length > 0) return undefined;
    const number = common.IdentifierHeader.deserializeBinary(byNumber).getIdentifier();
    const consenter = consenters.get(number);
    return consenter && { signer: signerFrom(configuration, consenter), signatureHeader: byNumber };
  }
  const creator = common.SignatureHeader.deserializeBinary(byCertificate).getCreator_asU8();
  const identity = msp.SerializedIdentity.deserializeBinary(creator);
  const signer = signerFrom(configuration, {
    mspId: identity.getMspid(),
    certificate: identity.getIdBytes_asU8(),
  });
  // Without the unit a client of an ordering organisation could sign blocks.
  if (!ordererMsps.has(signer.mspId) || !signer.has('orderer')) return undefined;
  return { signer, signatureHeader: byCertificate };
}
