import { percentile } from './table.js';

describe('a percentile', () => {
  it('is the nearest rank', () => {
    const sorted = Array.from({ length: 100 }, (_, index) => index + 1);
    expect([0, 0.5, 0.95, 0.99, 1].map((quantile) => percentile(sorted, quantile))).toEqual([
      '1',
      '50',
      '95',
      '99',
      '100',
    ]);
    expect(percentile([], 0.5)).toBe('–');
  });
});
