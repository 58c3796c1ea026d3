import { encodeElement, encodeInteger } from '@pledgeonce/chaincode/der.js';
import { sha256 } from './bytes.js';

/** A block before it is encoded. */
export interface BlockParts {
  readonly number: number;
  readonly previousHash: Uint8Array;
  /** Serialized envelopes. */
  readonly data: readonly Uint8Array[];
  /** By `common.BlockMetadataIndex`. */
  readonly metadata: readonly Uint8Array[];
}

/** SHA-256 of all envelopes, one after another. */
export function dataHashOf(data: readonly Uint8Array[]): Buffer {
  return sha256(...data);
}

/** The header as it is hashed and signed: DER of `SEQUENCE { number, previousHash, dataHash }`. */
export function headerBytes(number: number, previousHash: Uint8Array, dataHash: Uint8Array): Buffer {
  const digits = number.toString(16);
  const integer = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return encodeElement(
    0x30,
    Buffer.concat([encodeInteger(integer), encodeElement(0x04, previousHash), encodeElement(0x04, dataHash)]),
  );
}

/**
 * Encodes a `common.Block`. By hand, because the generated encoder copies every envelope byte by byte, and the
 * envelopes are most of a block.
 */
export function encodeBlock({ number, previousHash, data, metadata }: BlockParts): Buffer {
  const header = Buffer.concat([
    ...(number === 0 ? [] : [Buffer.from([0x08]), varint(number)]),
    ...(previousHash.length === 0 ? [] : field(2, previousHash)),
    ...field(3, dataHashOf(data)),
  ]);
  return Buffer.concat([
    ...field(1, header),
    ...message(
      2,
      data.flatMap((envelope) => field(1, envelope)),
    ),
    ...message(
      3,
      metadata.flatMap((entry) => field(1, entry)),
    ),
  ]);
}

function field(number: number, bytes: Uint8Array): Uint8Array[] {
  return [Buffer.from([(number << 3) | 2]), varint(bytes.length), bytes];
}

function message(number: number, parts: readonly Uint8Array[]): Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return [Buffer.from([(number << 3) | 2]), varint(length), ...parts];
}

/** A base-128 number, least significant group first. */
export function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}
