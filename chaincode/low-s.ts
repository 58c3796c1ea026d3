import { encodeElement, encodeInteger } from './der.js';

/** Order of the curve P-256. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
/** The largest s that Fabric accepts. */
export const halfOrder = order >> 1n;
const bytes = 32;

/**
 * The equivalent signature whose s lies in the lower half. For each pair (r, s) the pair (r, order - s) is valid too; Fabric
 * refuses the larger s, so that nobody can change a signed transaction's bytes, and rewrites certificates that carry it.
 *
 * @param fixed r and s of a signature on P-256, 32 bytes each, as IEEE P1363 has it.
 */
export function toLowS(fixed: Uint8Array): Uint8Array {
  const s = BigInt(`0x${Buffer.from(fixed.subarray(bytes)).toString('hex')}`);
  if (s <= halfOrder) return fixed;
  const low = (order - s).toString(16).padStart(2 * bytes, '0');
  return Buffer.concat([fixed.subarray(0, bytes), Buffer.from(low, 'hex')]);
}

/**
 * The signature in DER with the lower s, as Fabric takes it.
 *
 * @param fixed as {@link toLowS} takes it.
 */
export function toLowSDer(fixed: Uint8Array): Buffer {
  const low = toLowS(fixed);
  const parts = [low.subarray(0, bytes), low.subarray(bytes)].map(encodeInteger);
  return encodeElement(0x30, Buffer.concat(parts));
}
