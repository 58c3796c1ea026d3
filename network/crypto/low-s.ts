import { webcrypto } from 'node:crypto';

/** Order of the curve P-256. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
/** The largest s that Fabric accepts. */
export const halfOrder = ORDER >> 1n;
const BYTES = 32;

/**
 * Turns a P-256 signature (r and s, 32 bytes each) into the equivalent one whose s lies in the lower half.
 * Fabric refuses the other one of the two valid signatures, and rewrites certificates that carry it.
 */
export function toLowS(signature: Uint8Array): Uint8Array {
  const s = BigInt(`0x${Buffer.from(signature.subarray(BYTES)).toString('hex')}`);
  if (s <= halfOrder) return signature;
  const low = (ORDER - s).toString(16).padStart(2 * BYTES, '0');
  return Buffer.concat([signature.subarray(0, BYTES), Buffer.from(low, 'hex')]);
}

async function signLowS(...args: Parameters<webcrypto.SubtleCrypto['sign']>): Promise<ArrayBuffer> {
  const signature = toLowS(new Uint8Array(await webcrypto.subtle.sign(...args)));
  return Uint8Array.from(signature).buffer;
}

/** The runtime's WebCrypto, except that it signs as Fabric wants it. */
export const lowSCrypto: webcrypto.Crypto = {
  CryptoKey: webcrypto.CryptoKey,
  getRandomValues: (array) => webcrypto.getRandomValues(array),
  randomUUID: () => webcrypto.randomUUID(),
  subtle: new Proxy(webcrypto.subtle, {
    get(subtle, name): unknown {
      if (name === 'sign') return signLowS;
      const member: unknown = Reflect.get(subtle, name, subtle);
      return typeof member === 'function' ? (member.bind(subtle) as unknown) : member;
    },
  }),
};
