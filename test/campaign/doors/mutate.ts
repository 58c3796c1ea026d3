import type { Seeded } from '../seeded.js';

type Mutation = (bytes: Buffer, seeded: Seeded, other: Buffer) => Buffer;

/** Bytes at which readers of length and number go wrong: nothing, the largest, and numbers that do not end. */
const awkward = [0x00, 0x01, 0x7f, 0x80, 0xff];
/** Lengths in base 128: two gigabytes, four, the largest number, and one of eleven bytes. */
const lengths = ['ffffffff07', 'ffffffff0f', 'ffffffffffffffffff01', 'ffffffffffffffffffffff'].map((hex) =>
  Buffer.from(hex, 'hex'),
);

const mutations: readonly Mutation[] = [
  function flipBit(bytes, seeded) {
    const at = seeded.below(bytes.length);
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ (1 << seeded.below(8));
    return copy;
  },
  function setByte(bytes, seeded) {
    const copy = Buffer.from(bytes);
    copy[seeded.below(bytes.length)] = seeded.pick(awkward);
    return copy;
  },
  function cutOut(bytes, seeded) {
    const { from, until } = stretch(bytes, seeded);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(until)]);
  },
  function repeat(bytes, seeded) {
    const { from, until } = stretch(bytes, seeded);
    return Buffer.concat([bytes.subarray(0, until), bytes.subarray(from)]);
  },
  function putIn(bytes, seeded) {
    const at = seeded.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), seeded.bytes(1 + seeded.below(16)), bytes.subarray(at)]);
  },
  function lieAboutLength(bytes, seeded) {
    const at = seeded.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), seeded.pick(lengths), bytes.subarray(at + 1)]);
  },
  function endEarly(bytes, seeded) {
    return bytes.subarray(0, seeded.below(bytes.length));
  },
  function splice(bytes, seeded, other) {
    return Buffer.concat([
      bytes.subarray(0, seeded.below(bytes.length + 1)),
      other.subarray(seeded.below(other.length + 1)),
    ]);
  },
];

/** The longest stretch that is cut out or repeated. */
const longest = 64;

function stretch(bytes: Buffer, seeded: Seeded) {
  const from = seeded.below(bytes.length);
  return { from, until: Math.min(bytes.length, from + 1 + seeded.below(longest)) };
}

/**
 * A message with one to four faults in it.
 *
 * @param other another valid message, a part of which may take the place of the rest.
 */
export function mutated(message: Uint8Array, seeded: Seeded, other: Uint8Array): Buffer {
  let bytes = Buffer.from(message);
  for (let count = 1 + seeded.below(4); count > 0 && bytes.length > 0; count -= 1) {
    bytes = Buffer.from(seeded.pick(mutations)(bytes, seeded, Buffer.from(other)));
  }
  return bytes;
}
