/** A number and the place behind it. */
export interface Varint {
  readonly value: number;
  readonly next: number;
}

/**
 * Reads a number of at most 53 bits, seven to a byte, the low ones first.
 *
 * @throws RangeError when there is none.
 */
export function readVarint(bytes: Buffer, at: number): Varint {
  let value = 0;
  for (let next = at, scale = 1; ; scale *= 128) {
    const byte = bytes.readUInt8(next++);
    value += (byte & 0x7f) * scale;
    if (value > Number.MAX_SAFE_INTEGER) throw new RangeError('a number is too large');
    if (byte < 0x80) return { value, next };
  }
}
