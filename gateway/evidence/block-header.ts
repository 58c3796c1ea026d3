import { createHash } from 'node:crypto';
import { encodeElement, encodeInteger } from '@pledgeonce/chaincode/der.js';

export interface BlockHeader {
  readonly number: number;
  readonly previousHash: Uint8Array;
  readonly dataHash: Uint8Array;
}

/** The header as Fabric hashes and signs it: DER of `SEQUENCE { INTEGER, OCTET STRING, OCTET STRING }`. */
export function headerBytes({ number, previousHash, dataHash }: BlockHeader): Buffer {
  const digits = number.toString(16);
  const magnitude = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  const hashes = [previousHash, dataHash].map((hash) => encodeElement(0x04, hash));
  return encodeElement(0x30, Buffer.concat([encodeInteger(magnitude), ...hashes]));
}

/** What the next block calls its previous hash. */
export function headerHash(header: BlockHeader): Buffer {
  return sha256(headerBytes(header));
}

/** One digest over parts that are hashed as if they were joined. */
export function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
