import { generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { halfOrder, toLowS, toLowSDer } from './low-s.js';

const sOf = (signature: Uint8Array) => BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);

describe('a signature with the lower s', () => {
  it('keeps its length, and stays as it is when it is low already', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (signature) => {
        fc.pre(sOf(signature) < 2n * halfOrder);
        const low = toLowS(signature);
        expect(low).toHaveLength(64);
        expect(sOf(low) <= halfOrder).toBe(true);
        expect(Buffer.from(toLowS(low))).toEqual(Buffer.from(low));
      }),
    );
  });

  it('verifies in DER like the one that it replaces', () => {
    const { privateKey: key, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    for (let index = 0; index < 40; index += 1) {
      const text = Buffer.from(`message ${index}`);
      const fixed = sign('sha256', text, { key, dsaEncoding: 'ieee-p1363' });
      expect(verify('sha256', text, publicKey, toLowSDer(fixed))).toBe(true);
    }
  });

  it.each([
    ['short numbers', '01', '7f', '3006020101' + '02017f'],
    ['a first bit that would be a sign', '80', '80', '300802020080' + '02020080'],
  ])('has %s in as few bytes as possible', (_name, r, s, der) => {
    const fixed = Buffer.from(r.padStart(64, '0') + s.padStart(64, '0'), 'hex');
    expect(toLowSDer(fixed).toString('hex')).toBe(der);
  });
});
