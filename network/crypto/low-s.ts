import { webcrypto } from 'node:crypto';
import { toLowS } from '@pledgeonce/chaincode/low-s.js';

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
