import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { packHashes, valueHashIn } from './packed-hashes.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hashArbitrary = fc
  .record({ collection: fc.string({ maxLength: 60 }), key: fc.string(), value: fc.string() })
  .map(({ collection, key, value }) => ({ collection, keyHash: sha256(key), valueHash: sha256(value) }));

describe('the hashes of a transaction in one piece', () => {
  it('are found by collection and key, and no others are', () => {
    fc.assert(
      fc.property(fc.array(hashArbitrary, { maxLength: 30 }), hashArbitrary, (hashes, other) => {
        const packed = packHashes(hashes);
        const first = (collection: string, keyHash: string) =>
          hashes.find((hash) => hash.collection === collection && hash.keyHash === keyHash)?.valueHash;
        const elsewhere = hashes.map((hash) => ({ ...hash, collection: `${hash.collection} ` }));
        for (const { collection, keyHash } of [...hashes, ...elsewhere, other]) {
          expect(valueHashIn(packed, collection, keyHash)).toBe(first(collection, keyHash));
        }
      }),
    );
  });

  it('are nothing where it wrote nothing', () => {
    expect(packHashes([])).toHaveLength(0);
  });

  it('take 48 bytes each', () => {
    const hashes = Array.from({ length: 100 }, (_, index) => ({
      collection: 'registry',
      keyHash: sha256(`key ${index}`),
      valueHash: sha256(`value ${index}`),
    }));
    expect(packHashes(hashes)).toHaveLength(1 + 'registry'.length + 4 + 100 * 48);
  });
});
