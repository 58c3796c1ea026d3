import { common } from '@hyperledger/fabric-protos';
import { headerBytes } from './block-header.js';
import type { BlockHeader } from './block-header.js';
import { CertifiedSigner } from './certified-signer.js';
import type { ChannelConfiguration } from './channel-configuration.js';
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
    const { signer, signatureHeader } = signerOf(signature, configuration) ?? {};
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
  const ordering = common.OrdererBlockMetadata.deserializeBinary(value);
  return { lastConfiguration: ordering.getLastConfig()?.getIndex() ?? 0, signers: [...signers.values()] };
}

/** SmartBFT: ⌈(n + f + 1) / 2⌉ of n nodes, of which f = ⌊(n − 1) / 3⌋ may lie. */
export function quorum({ consenters }: Pick<ChannelConfiguration, 'consenters'>): number {
  if (consenters === undefined) return 1;
  const nodes = consenters.size;
  return Math.ceil((nodes + Math.floor((nodes - 1) / 3) + 1) / 2);
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
    return consenter && { signer: new CertifiedSigner(configuration, consenter), signatureHeader: byNumber };
  }
  const creator = common.SignatureHeader.deserializeBinary(byCertificate).getCreator_asU8();
  const signer = CertifiedSigner.ofIdentity(configuration, creator);
  // Without the unit a client of an ordering organisation could sign blocks.
  if (!ordererMsps.has(signer.mspId) || !signer.has('orderer')) return undefined;
  return { signer, signatureHeader: byCertificate };
}
