import { common } from '@hyperledger/fabric-protos';
import { headerBytes } from './block-hash.js';
import { metadataOf } from './blocks.js';
import { readIdentity, signedBy } from './certificates.js';
import { bytesOf, readFields } from './wire.js';

export interface Signer {
  readonly mspId: string;
  readonly certificate: string;
}

/** The orderers of a channel by the numbers under which BFT orderers sign; empty when they sign by their identity. */
export type Consenters = ReadonlyMap<number, Signer>;

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** Those orderers whose signature over the block holds. */
export function validSigners(block: common.Block, consenters: Consenters): Signer[] {
  const header = block.getHeader();
  const metadata = readFields(metadataOf(block, common.BlockMetadataIndex.SIGNATURES));
  const value = bytesOf(metadata, 1);
  return (metadata.bytes.get(2) ?? []).flatMap((entry) => {
    const signature = readFields(entry);
    const [signatureHeader, identifierHeader] = [bytesOf(signature, 1), bytesOf(signature, 3)];
    const signer =
      signatureHeader.length > 0
        ? readIdentity(common.SignatureHeader.deserializeBinary(signatureHeader).getCreator_asU8())
        : consenters.get(readFields(identifierHeader).integers.get(1) ?? 0);
    const named = signatureHeader.length > 0 ? signatureHeader : identifierHeader;
    const holds =
      signer &&
      header &&
      signedBy(signer.certificate, bytesOf(signature, 2), value, named, headerBytes(header));
    return holds ? [signer] : [];
  });
}

/** Reads the orderers and their numbers from the channel's configuration block. */
export function consentersOf(configBlock: common.Block): Consenters {
  const [transaction] = configBlock.getData()?.getDataList_asU8() ?? [];
  const payload = common.Payload.deserializeBinary(
    common.Envelope.deserializeBinary(transaction ?? new Uint8Array()).getPayload_asU8(),
  );
  const config = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig();
  const orderer = config?.getChannelGroup()?.getGroupsMap().get('Orderer');
  const mapping = orderer?.getValuesMap().get('Orderers')?.getValue_asU8() ?? new Uint8Array();
  const consenters = (readFields(mapping).bytes.get(1) ?? []).map(readFields);
  return new Map(
    consenters.map((one) => [
      one.integers.get(1) ?? 0,
      { mspId: text(bytesOf(one, 4)), certificate: text(bytesOf(one, 5)) },
    ]),
  );
}
