import { createHash, hash } from 'node:crypto';

/** SHA-256 of these parts, one after another. */
export function sha256(...parts: readonly (Uint8Array | string)[]): Buffer {
  const [only] = parts;
  // In one call it takes half as long, and of one part are nearly all: keys and values.
  if (parts.length === 1 && only !== undefined) return hash('sha256', only, 'buffer');
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest();
}

/** Block numbers as keys: big-endian, so that byte order is number order. */
export function blockNumberBytes(number: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(number, 0, 6);
  return bytes;
}

/**
 * The smallest key that begins with none of those that begin with `prefix`.
 *
 * @throws RangeError when the prefix is of nothing but the highest byte.
 */
export function afterPrefix(prefix: Uint8Array): Buffer {
  const bytes = Buffer.from(prefix);
  for (let at = bytes.length - 1; at >= 0; at--) {
    const byte = bytes[at] ?? 0xff;
    if (byte < 0xff) {
      bytes[at] = byte + 1;
      return bytes.subarray(0, at + 1);
    }
  }
  throw new RangeError('No key follows this prefix');
}
