import { encodeElement, encodeInteger } from './der.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('an integer in DER', () => {
  it.each([
    ['00', '020100'],
    ['0000', '020100'],
    ['7f', '02017f'],
    ['80', '02020080'],
    ['0080', '02020080'],
    ['000001', '020101'],
  ])('%s is %s', (bytes, encoded) => {
    expect(hex(encodeInteger(Buffer.from(bytes, 'hex')))).toBe(encoded);
  });
});

describe('an element in DER', () => {
  it.each([
    [0, '0400'],
    [127, '047f'],
    [128, '048180'],
    [255, '0481ff'],
    [256, '04820100'],
    [65_536, '0483010000'],
  ])('of %d bytes says its length in as few as possible', (length, head) => {
    const encoded = encodeElement(0x04, Buffer.alloc(length, 7));
    expect([hex(encoded.subarray(0, -length || undefined)), encoded.length]).toEqual([
      head,
      head.length / 2 + length,
    ]);
  });
});
