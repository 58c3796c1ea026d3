import { decoderFor, markedEncoding } from './decode-text.js';

const decode = (label: string, ...bytes: number[]) => decoderFor(label).decode(Uint8Array.from(bytes));

describe('text of a document', () => {
  it.each(['windows-1252', 'ISO-8859-1', 'latin1', 'us-ascii', 'CP1252'])(
    'reads 0x80 to 0x9F of %s as letters and dashes, by the WHATWG names',
    (label) => {
      expect(decode(label, 0x80, 0x96, 0x97, 0x93, 0x94, 0x8a, 0x9f)).toBe('€–—“”ŠŸ');
      expect(decode(label, 0x41, 0xe9, 0xff)).toBe('Aéÿ');
    },
  );

  it.each([
    ['iso-8859-15', [0xa4], '€'],
    ['windows-1250', [0x9c], 'ś'],
    ['windows-1251', [0xc0], 'А'],
    ['iso-8859-2', [0xb6], 'ś'],
    ['windows-1254', [0xde], 'Ş'],
    ['gbk', [0xbb, 0xa6], '沪'],
    ['euc-kr', [0xb0, 0xa1], '가'],
    ['shift_jis', [0x93, 0xfa], '日'],
    ['big5', [0xa4, 0xa4], '中'],
  ])('reads %s', (label, bytes, expected) => {
    expect(decode(label, ...bytes)).toBe(expected);
  });

  it('joins a character that comes in two pieces', () => {
    const { decode: read } = decoderFor('utf-8');
    expect(
      read(Uint8Array.of(0xe6, 0xb2), true) + read(Uint8Array.of(0xaa), true) + read(new Uint8Array()),
    ).toBe('沪');
  });

  it('refuses bytes that do not fit and names that nobody knows', () => {
    expect(() => decode('utf-8', 0xff)).toThrow(/do not fit its encoding, utf-8/);
    expect(() => decoderFor('klingon')).toThrow(/klingon is not known/);
  });

  it('knows byte order marks', () => {
    expect(markedEncoding(Uint8Array.of(0xff, 0xfe, 0x41))).toBe('utf-16le');
    expect(markedEncoding(Uint8Array.of(0xef, 0xbb, 0xbf))).toBe('utf-8');
    expect(markedEncoding(Uint8Array.of(0x3c))).toBeUndefined();
  });
});
