import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chunksOf, claimOf, declarationOf, financingsIn, firmOf, keyOf, type Plan } from './plan.js';
import { plot } from './plot.js';
import { parts, ratesOf, ReplayRecord } from './record.js';

const plan: Plan = { seed: '004711', financings: 1_050, begunAt: Date.parse('2026-11-05T12:00:00Z') };
const numbers = Array.from({ length: plan.financings }, (_, number) => number);

describe('the plan of a replay', () => {
  it('is the same papers and keys for the same seed, and others for another', () => {
    const other = { ...plan, seed: '004712' };
    for (const number of [0, 1, 1_049]) {
      expect(declarationOf({ ...plan }, number)).toEqual(declarationOf(plan, number));
      expect(keyOf(plan, 'acceptance', number)).toBe(keyOf({ ...plan }, 'acceptance', number));
      expect(declarationOf(other, number).number).not.toBe(declarationOf(plan, number).number);
      expect(keyOf(other, 'acceptance', number)).not.toBe(keyOf(plan, 'acceptance', number));
    }
    expect(new Set(numbers.map((number) => keyOf(plan, 'acceptance', number))).size).toBe(plan.financings);
  });

  it('has every financing in one chunk', () => {
    const all = Array.from({ length: chunksOf(plan) }, (_, chunk) => financingsIn(plan, chunk)).flat();
    expect(all).toEqual(numbers);
  });

  it('never claims more than a document is worth', () => {
    for (const number of numbers) {
      const [{ total }, { amount }] = [declarationOf(plan, number), claimOf(plan, number)];
      expect(Number(amount.amount)).toBeLessThanOrEqual(Number(total?.amount));
      expect(Number(amount.amount)).toBeGreaterThan(0);
    }
  });

  it('has large exporters and small ones', () => {
    const counts = new Map<string, number>();
    for (const number of numbers) {
      const { id } = firmOf(plan, number);
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    const sorted = [...counts.values()].sort((one, other) => other - one);
    expect(sorted[0]).toBeGreaterThan(10 * (sorted.at(-1) ?? 0));
  });
});

describe('the record of a replay', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pledgeonce-replay-'));
    file = join(folder, 'replay.json');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is taken up where it was, with its own seed and day, in whatever order chunks ended', () => {
    const first = ReplayRecord.open(file, plan);
    for (const chunk of [1, 0, 3]) first.played(chunk, 2);
    first.note({ memoryMb: { network: 1, chaincode: 2, gateways: 3 }, diskMb: 4 });
    const again = ReplayRecord.open(file, { ...plan, seed: '999999', begunAt: 0 });
    expect(again.plan).toEqual(plan);
    expect(again.left).toEqual([2, 4, 5, 6, 7, 8, 9, 10]);
    expect(again.financingsDone).toBe(300);
    expect(again.figures).toEqual(first.figures);
  });

  it('is not taken up for another number of financings', () => {
    ReplayRecord.open(file, plan).played(0, 1);
    expect(() => ReplayRecord.open(file, { ...plan, financings: 5 })).toThrow('1050');
  });

  it('has a figure for each tenth, the last one of all', () => {
    const record = ReplayRecord.open(file, plan);
    for (const chunk of record.left) {
      record.played(chunk, 1);
      if (record.isDue) record.note({ memoryMb: { network: 1, chaincode: 2, gateways: 3 }, diskMb: 4 });
    }
    expect(record.figures).toHaveLength(parts);
    expect(record.figures.at(-1)?.financings).toBe(plan.financings);
    expect(record.figures.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(chunksOf(plan));
    expect(ratesOf(record.figures)[0]).toBe(100);
    const picture = plot(record.figures);
    expect(picture.match(/<path /g)).toHaveLength(5);
    expect(picture).not.toMatch(/NaN|undefined/);
  });
});
