import { generateKeyPairSync, verify } from 'node:crypto';
import { signingWith } from './signing.js';

const half = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;

/** The number at the end of a DER signature. */
function sOf(signature: Uint8Array): bigint {
  const rEnd = 4 + (signature[3] ?? 0);
  return BigInt(`0x${Buffer.from(signature.subarray(rEnd + 2)).toString('hex')}`);
}

function keysOn(namedCurve: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  return { pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), publicKey };
}

describe('signing', () => {
  it('gives signatures that verify, with the lower s, also where a number has fewer bytes', async () => {
    const { pem, publicKey } = keysOn('P-256');
    const { hash, signer } = signingWith(pem);
    const lengths = new Set<number>();
    for (let index = 0; index < 2_000; index++) {
      const message = Buffer.from(`message ${index}`);
      const signature = await signer(hash(message));
      expect(verify('sha256', message, publicKey, signature)).toBe(true);
      expect(sOf(signature) <= half).toBe(true);
      lengths.add(signature.length);
    }
    expect(Math.min(...lengths)).toBeLessThan(70);
    expect(Math.max(...lengths)).toBe(71);
  });

  it('signs with keys of other curves too', async () => {
    const { pem, publicKey } = keysOn('P-384');
    const { hash, signer } = signingWith(pem);
    const message = Buffer.from('message');
    expect(verify('sha256', message, publicKey, await signer(hash(message)))).toBe(true);
  });
});
