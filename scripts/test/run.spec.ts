import { readCounts } from './run.js';

describe('the counts of a part of the tests', () => {
  it.each([
    [
      'Tests:       1 failed, 2 skipped, 30 passed, 33 total\nTime: 3 s',
      { passed: 30, failed: 1, skipped: 2 },
    ],
    ['✓ a\nconformance on embedded: 90 passed, 0 failed, 1 skipped\n', { passed: 90, failed: 0, skipped: 1 }],
    ['acceptance: 3 passed, 1 failed, 0 skipped', { passed: 3, failed: 1, skipped: 0 }],
    ['', { passed: 1, failed: 0, skipped: 0 }],
  ])('are read from %j', (output, counts) => {
    expect(readCounts(output, true)).toEqual(counts);
  });

  it.each([
    ['Port 24001 is taken.', { passed: 0, failed: 1, skipped: 0 }],
    ['Tests:       30 passed, 30 total\nOut of memory', { passed: 30, failed: 1, skipped: 0 }],
    ['Tests:       2 failed, 30 passed, 32 total', { passed: 30, failed: 2, skipped: 0 }],
  ])('have a failure when it ended badly: %j', (output, counts) => {
    expect(readCounts(output, false)).toEqual(counts);
  });
});
