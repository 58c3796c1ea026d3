import { webcrypto } from 'node:crypto';
import { EC, ECDSA_SHA256 } from './keys.js';
import { lowSCrypto } from './low-s.js';

const HALF = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;
const sOf = (signature: Uint8Array) => BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);

describe('signatures with a low s', () => {
  it('verify like the ones they replace', async () => {
    const keys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
    for (let index = 0; index < 20; index += 1) {
      const text = Buffer.from(`message ${index}`);
      const signature = await lowSCrypto.subtle.sign(ECDSA_SHA256, keys.privateKey, text);
      expect(sOf(new Uint8Array(signature)) <= HALF).toBe(true);
      expect(await webcrypto.subtle.verify(ECDSA_SHA256, keys.publicKey, signature, text)).toBe(true);
    }
  });
});
