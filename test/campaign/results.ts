import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { aligned } from '@pledgeonce/scripts/bench/aligned.js';
import { z } from 'zod';

/** How often a promise was put to the test, and how often it was broken. */
const result = z.strictObject({
  promise: z.string(),
  /** What is counted, such as "operations". */
  unit: z.string(),
  attempts: z.number().int().nonnegative(),
  /** What was found, a sentence each, with whatever makes it come again. */
  violations: z.array(z.string()).readonly(),
  /** Figures that belong to it, such as how long it took to be back. */
  note: z.string().optional(),
});
export type Result = z.infer<typeof result>;

const round = z.strictObject({
  part: z.string(),
  seed: z.number().int(),
  results: z.array(result).readonly(),
});
export type Round = z.infer<typeof round>;

/** Rounds of earlier runs, so that a campaign goes on where it was stopped. */
export function readRounds(file: string): readonly Round[] {
  return existsSync(file) ? z.array(round).parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
}

export function writeRounds(file: string, rounds: readonly Round[]): void {
  writeFileSync(file, JSON.stringify(rounds, undefined, 2));
}

/** One row for each promise: all its rounds added up, the seeds of those that broke it, and the last note. */
export function tableOf(rounds: readonly Round[]): string {
  const rows = new Map<
    string,
    { unit: string; attempts: number; broken: number; seeds: number[]; all: number[]; note: string }
  >();
  for (const { seed, results } of rounds) {
    for (const { promise, unit, attempts, violations, note } of results) {
      const row = rows.get(promise) ?? { unit, attempts: 0, broken: 0, seeds: [], all: [], note: '' };
      row.attempts += attempts;
      row.broken += violations.length;
      row.all.push(seed);
      if (violations.length > 0) row.seeds.push(seed);
      if (note !== undefined) row.note = note;
      rows.set(promise, row);
    }
  }
  const lines = [...rows].map(([promise, { unit, attempts, broken, seeds, all, note }]) => [
    promise,
    `${attempts.toLocaleString('en')} ${unit}`,
    String(broken),
    seeds.length > 0 ? seeds.join(', ') : seedsOf(all),
    note,
  ]);
  return aligned(['promise', 'attempts', 'violations', 'seed', 'note'], lines, 5);
}

/** All seeds where they are few, and else how many there were. */
function seedsOf(seeds: readonly number[]): string {
  return seeds.length <= 3 ? seeds.join(', ') : `${seeds.length} seeds from ${String(seeds[0])}`;
}
