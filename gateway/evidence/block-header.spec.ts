import { headerBytes, headerHash } from './block-header.js';

const header = { previousHash: Buffer.alloc(32, 1), dataHash: Buffer.alloc(32, 2) };

describe('block header', () => {
  it.each([
    [0, '020100'],
    [127, '02017f'],
    [128, '02020080'],
    [65_536, '0203010000'],
  ])('encodes number %d as the shortest positive integer', (number, integer) => {
    expect(headerBytes({ number, ...header }).toString('hex')).toContain(`${integer}0420${'01'.repeat(32)}`);
  });

  it('has a hash that every part changes', () => {
    const hashes = [
      { number: 1, ...header },
      { number: 2, ...header },
      { number: 1, ...header, previousHash: Buffer.alloc(32, 3) },
      { number: 1, ...header, dataHash: Buffer.alloc(32, 3) },
    ].map((one) => headerHash(one).toString('hex'));
    expect(new Set(hashes).size).toBe(4);
  });
});
