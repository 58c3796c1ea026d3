import { createHash } from 'node:crypto';
import type { common } from '@hyperledger/fabric-protos';

/** The bytes of a block's header that are hashed and signed: ASN.1 of number, previous hash and data hash. */
export function headerBytes(header: common.BlockHeader): Buffer {
  const number = derInteger(BigInt(header.getNumber()));
  const content = Buffer.concat([
    number,
    derOctets(header.getPreviousHash_asU8()),
    derOctets(header.getDataHash_asU8()),
  ]);
  return Buffer.concat([Buffer.from([0x30, content.length]), content]);
}

/** SHA-256 of the header: what the next block names as its predecessor. */
export function headerHash(header: common.BlockHeader): string {
  return createHash('sha256').update(headerBytes(header)).digest('hex');
}

/** SHA-256 over the transactions, one behind the other. */
export function dataHash(data: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const transaction of data) hash.update(transaction);
  return hash.digest('hex');
}

function derInteger(value: bigint): Buffer {
  const digits = value.toString(16);
  const magnitude = Buffer.from(digits.length % 2 ? `0${digits}` : digits, 'hex');
  // A leading bit that is set would make the number negative.
  const bytes = (magnitude[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), magnitude]) : magnitude;
  return Buffer.concat([Buffer.from([0x02, bytes.length]), bytes]);
}

function derOctets(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([0x04, bytes.length]), bytes]);
}
