import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRounds, tableOf, writeRounds, type Round } from './results.js';

const round = (seed: number, attempts: number, violations: string[] = []): Round => ({
  part: 'histories',
  seed,
  results: [{ promise: 'Nothing is lost', unit: 'claims', attempts, violations, note: `round ${seed}` }],
});

describe('what a campaign has found', () => {
  it('is one row for each promise: all rounds added up, with the seeds that broke it', () => {
    const rows = tableOf([round(4, 1_000), round(5, 20, ['one', 'two']), round(6, 3)]).split('\n');
    expect(rows).toHaveLength(3);
    expect(rows[2]?.split('|').map((cell) => cell.trim())).toEqual([
      '',
      'Nothing is lost',
      '1,023 claims',
      '2',
      '5',
      'round 6',
      '',
    ]);
  });

  it('names the seeds where nothing broke, while they are few', () => {
    expect(tableOf([round(4, 1), round(5, 1)])).toContain('| 4, 5 ');
    expect(tableOf([4, 5, 6, 7].map((seed) => round(seed, 1)))).toContain('4 seeds from 4');
  });

  it('is kept from one run to the next', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-campaign-'));
    try {
      const file = join(folder, 'rounds.json');
      expect(readRounds(file)).toEqual([]);
      writeRounds(file, [round(4, 1)]);
      expect(readRounds(file)).toEqual([round(4, 1)]);
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  });
});
