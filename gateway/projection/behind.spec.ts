import { Behind } from './behind.js';

describe('how long the tables have been behind', () => {
  it('is not at all while they have what the peer has', () => {
    const behind = new Behind();
    expect(behind.forMs(0, 0)).toBe(0);
    behind.saw(5, 100);
    expect(behind.forMs(5, 9_000)).toBe(0);
  });

  it('counts from when the oldest missing block was first seen', () => {
    const behind = new Behind();
    behind.saw(5, 100);
    behind.saw(9, 4_000);
    expect(behind.forMs(4, 5_000)).toBe(4_900);
    expect(behind.forMs(5, 5_000)).toBe(1_000);
  });

  it('is no longer than one block takes, under a load that never stops', () => {
    const behind = new Behind();
    for (let height = 1; height < 1_000; height++) {
      behind.saw(height, height * 10);
      expect(behind.forMs(height - 1, height * 10 + 5)).toBeLessThanOrEqual(15);
    }
  });
});
