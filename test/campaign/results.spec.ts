import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keep, readKept, readRounds, tableOf, writeRounds, type KeptRound, type Round } from './results.js';
import { keptFile, pageWithTable, reliabilityPage } from './page.js';

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

  it('says of all rounds together how long it took to be back, and what was killed', () => {
    const timed = (tookMs: Record<string, number[]>): Round => {
      const attempts = Object.values(tookMs).flat().length;
      return {
        ...round(4, attempts),
        results: [{ promise: 'Back', unit: 'kills', attempts, violations: [], tookMs }],
      };
    };
    const table = tableOf([
      timed({ peer: [1_000, 2_000], gateways: [4_000] }),
      timed({ peer: [9_000], orderer: [5_000] }),
    ]);
    expect(table).toContain('5 kills');
    expect(table).toContain('back after 4.0 s (median), 9.0 s (longest), 4 of 5 within 5 s');
    expect(table).toContain('1 × gateways (4.0 s), 1 × orderer (5.0 s), 3 × peer (2.0 s)');
  });

  it('counts the seeds that a round has drawn', () => {
    const drawn: Round = {
      ...round(7, 10),
      results: [{ promise: 'Kept', unit: 'claims', attempts: 10, violations: [], seeds: 1_200 }],
    };
    expect(tableOf([drawn])).toContain('1,200 seeds of 7');
    const [result] = drawn.results;
    const broken = result && { ...drawn, seed: 8, results: [{ ...result, violations: ['one'] }] };
    expect(tableOf([drawn, ...(broken ? [broken] : [])])).toContain('| 8 (2,400 seeds in all) |');
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

  it('is kept with the sources, a line for each round, and a line that is none is named', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-campaign-'));
    try {
      const file = join(folder, 'rounds.ndjson');
      const kept = (seed: number): KeptRound => ({
        ...round(seed, 1),
        on: '2026-11-29',
        machine: 'two cores',
      });
      expect(readKept(file)).toEqual([]);
      keep(file, [kept(1)]);
      keep(file, [kept(2), kept(3)]);
      expect(readKept(file)).toEqual([kept(1), kept(2), kept(3)]);
      appendFileSync(file, '{"part":"kills"}\n');
      expect(() => readKept(file)).toThrow(`${file}:4 is no round`);
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  });

  it('is what the page says', async () => {
    const page = readFileSync(reliabilityPage, 'utf8');
    expect(await pageWithTable(page, readKept(keptFile))).toBe(page);
  });
});
