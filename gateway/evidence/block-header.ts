import { createHash } from 'node:crypto';

export interface BlockHeader {
  readonly number: number;
  readonly previousHash: Uint8Array;
  readonly dataHash: Uint8Array;
}

/** The header as Fabric hashes and signs it: DER of `SEQUENCE { INTEGER, OCTET STRING, OCTET STRING }`. */
export function headerBytes({ number, previousHash, dataHash }: BlockHeader): Buffer {
  const digits = number.toString(16);
  const magnitude = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  // A leading one would make the integer negative.
  const integer = (magnitude[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), magnitude]) : magnitude;
  return element(
    0x30,
    Buffer.concat([element(0x02, integer), element(0x04, previousHash), element(0x04, dataHash)]),
  );
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

/** All elements here are shorter than 128 bytes, so that the length is one byte. */
function element(tag: number, content: Uint8Array): Buffer {
  if (content.length > 127) throw new RangeError('A block header is never that long.');
  return Buffer.concat([Buffer.of(tag, content.length), content]);
}
