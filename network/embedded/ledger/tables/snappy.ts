import { readVarint } from './varint.js';

/**
 * Opens a block that Snappy has pressed.
 *
 * @throws RangeError when it is none.
 */
export function unpressed(pressed: Buffer): Buffer {
  const { value: length, next } = readVarint(pressed, 0);
  const plain = Buffer.alloc(length);
  let from = next;
  let to = 0;
  while (from < pressed.length) {
    const tag = pressed.readUInt8(from++);
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >>> 2;
      const extra = Math.max(short - 59, 0);
      const size = (extra === 0 ? short : pressed.readUIntLE(from, extra)) + 1;
      from += extra;
      if (from + size > pressed.length || to + size > length) throw new RangeError('a literal is too long');
      pressed.copy(plain, to, from, from + size);
      from += size;
      to += size;
      continue;
    }
    const width = kind === 3 ? 4 : kind;
    const size = kind === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
    const offset = pressed.readUIntLE(from, width) + (kind === 1 ? (tag >>> 5) << 8 : 0);
    from += width;
    if (offset === 0 || offset > to || to + size > length) throw new RangeError('a copy comes from nowhere');
    // Byte by byte: a copy may reach into what it is writing.
    for (const end = to + size; to < end; to++) plain[to] = plain[to - offset] ?? 0;
  }
  if (to !== length) throw new RangeError('something is missing');
  return plain;
}
