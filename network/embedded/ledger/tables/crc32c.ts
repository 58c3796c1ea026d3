/** CRC-32C, the Castagnoli polynomial, by four bytes at a time; `node:zlib` has only the other one. */
const tables = makeTables();

/** The checksum of some bytes, as an unsigned number of 32 bits. */
export function crc32c(bytes: Uint8Array): number {
  const [t0, t1, t2, t3] = tables;
  let crc = 0xffffffff;
  let at = 0;
  for (const end = bytes.length - 3; at < end; at += 4) {
    crc ^= byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8);
    crc ^= (byteAt(bytes, at + 2) << 16) | (byteAt(bytes, at + 3) << 24);
    crc =
      entry(t3, crc & 0xff) ^
      entry(t2, (crc >>> 8) & 0xff) ^
      entry(t1, (crc >>> 16) & 0xff) ^
      entry(t0, crc >>> 24);
  }
  for (; at < bytes.length; at++) crc = entry(t0, (crc ^ byteAt(bytes, at)) & 0xff) ^ (crc >>> 8);
  return ~crc >>> 0;
}

type Table = Int32Array;

function makeTables(): readonly [Table, Table, Table, Table] {
  const first = new Int32Array(256).map((_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    return crc;
  });
  const next = (table: Table): Table => table.map((crc) => entry(first, crc & 0xff) ^ (crc >>> 8));
  const second = next(first);
  const third = next(second);
  return [first, second, third, next(third)];
}

function entry(table: Table, at: number): number {
  return table[at] ?? 0;
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}
