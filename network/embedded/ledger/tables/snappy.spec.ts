import { unpressed } from './snappy.js';

describe('a block that Snappy has pressed', () => {
  it.each([
    ['a literal', '05' + '10' + '68656c6c6f', 'hello'],
    ['a literal whose length has a byte of its own', '3d' + 'f03c' + '61'.repeat(61), 'a'.repeat(61)],
    ['a copy of what lies near', '0a' + '04' + '6162' + '1102', 'ab'.repeat(5)],
    ['a copy into itself', '08' + '00' + '78' + '0d01', 'x'.repeat(8)],
    ['a copy with a long offset', '06' + '08' + '616263' + '0a0300', 'abcabc'],
    ['a copy with a longer offset', '06' + '08' + '616263' + '0b03000000', 'abcabc'],
    ['nothing', '00', ''],
  ])('is opened: %s', (_, pressed, plain) => {
    expect(unpressed(Buffer.from(pressed, 'hex')).toString()).toBe(plain);
  });

  it.each([
    ['is shorter than it says', '06' + '10' + '68656c6c6f'],
    ['is longer than it says', '04' + '10' + '68656c6c6f'],
    ['ends within a literal', '05' + '10' + '6865'],
    ['copies from before its beginning', '08' + '00' + '78' + '0d02'],
    ['copies from nowhere', '08' + '00' + '78' + '0d00'],
    ['has no length', 'ff'],
  ])('is refused when it %s', (_, pressed) => {
    expect(() => unpressed(Buffer.from(pressed, 'hex'))).toThrow(
      expect.objectContaining({ name: 'RangeError' }) as Error,
    );
  });
});
