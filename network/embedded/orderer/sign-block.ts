import { randomBytes } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { dataHashOf, headerBytes } from '../ledger/encode-block.js';
import type { SigningIdentity } from '../msp/identity.js';

/** A block's header, as far as its signature covers it. */
export interface HeaderParts {
  readonly number: number;
  readonly previousHash: Uint8Array;
  readonly data: readonly Uint8Array[];
}

/**
 * Signs a block as Fabric's Raft orderer does: over the orderer's metadata, the signature header and the block header.
 *
 * @returns serialized `common.Metadata` for the block's SIGNATURES entry.
 */
export function signBlock({ number, previousHash, data }: HeaderParts, signer: SigningIdentity): Uint8Array {
  const lastConfig = new common.LastConfig();
  const ordererMetadata = new common.OrdererBlockMetadata();
  ordererMetadata.setLastConfig(lastConfig);
  const value = ordererMetadata.serializeBinary();
  const header = new common.SignatureHeader();
  header.setCreator(signer.serialized);
  header.setNonce(randomBytes(24));
  const signature = new common.MetadataSignature();
  const headerOfSignature = header.serializeBinary();
  signature.setSignatureHeader(headerOfSignature);
  signature.setSignature(
    signer.sign(
      Buffer.concat([value, headerOfSignature, headerBytes(number, previousHash, dataHashOf(data))]),
    ),
  );
  const metadata = new common.Metadata();
  metadata.setValue(value);
  metadata.setSignaturesList([signature]);
  return metadata.serializeBinary();
}
