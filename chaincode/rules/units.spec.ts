import { isUnit } from './units.js';

describe('units of goods', () => {
  it.each(['KGM', 'TNE', 'LTR', 'MTQ', 'MTR', 'MTK', 'C62', 'H87', 'PR', 'XBG', 'BG', 'XPX', 'KWH'])(
    'has %s',
    (code) => {
      expect(isUnit(code)).toBe(true);
    },
  );

  it.each(['ZZZ', 'ZZ', 'XXX', 'XZZ', 'kgm', 'TON', 'A', '', 'constructor'])('does not have %s', (code) => {
    expect(isUnit(code)).toBe(false);
  });
});
