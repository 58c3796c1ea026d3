import { visible } from './visible.js';

describe('what a reader sees', () => {
  it.each([
    ['soft hyphen', '\u00ad'],
    ['joiner', '\u200d'],
    ['direction mark', '\u202e'],
    ['Hangul choseong filler', '\u115f'],
    ['Hangul jungseong filler', '\u1160'],
    ['Hangul filler', '\u3164'],
    ['halfwidth Hangul filler', '\uffa0'],
    ['combining grapheme joiner', '\u034f'],
    ['variation selector', '\ufe0f'],
  ])('does not hold a %s', (_, character) => {
    expect(visible(`A${character}1`)).toBe('A1');
  });

  it('holds everything else', () => {
    const text = '沪INV-001 ก ア 가 é/.';
    expect(visible(text)).toBe(text);
  });
});
