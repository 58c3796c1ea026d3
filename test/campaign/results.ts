import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
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
  /** Figures that belong to it, such as what was killed. */
  note: z.string().optional(),
  /** Of its own, that it has drawn from the seed of its round. */
  seeds: z.number().int().positive().optional(),
  /** How long each attempt took to be got over, milliseconds, by its kind. */
  tookMs: z.record(z.string(), z.array(z.number().nonnegative()).readonly()).optional(),
});
export type Result = z.infer<typeof result>;

const round = z.strictObject({
  part: z.string(),
  seed: z.number().int(),
  results: z.array(result).readonly(),
});
export type Round = z.infer<typeof round>;

/** A round as it is kept with the sources, a line each: further sessions add to the totals. */
const keptRound = round.extend({ on: z.iso.date(), machine: z.string().min(1) });
export type KeptRound = z.infer<typeof keptRound>;

/** Rounds of earlier runs, so that a campaign goes on where it was stopped. */
export function readRounds(file: string): readonly Round[] {
  return existsSync(file) ? z.array(round).parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
}

export function writeRounds(file: string, rounds: readonly Round[]): void {
  writeFileSync(file, JSON.stringify(rounds, undefined, 2));
}

/** @throws Error naming the line that is none. */
export function readKept(file: string): readonly KeptRound[] {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  return lines.flatMap((line, index) => {
    if (line === '') return [];
    const read = keptRound.safeParse(JSON.parse(line));
    if (!read.success) throw new Error(`${file}:${index + 1} is no round: ${z.prettifyError(read.error)}`);
    return [read.data];
  });
}

export function keep(file: string, rounds: readonly KeptRound[]): void {
  appendFileSync(file, rounds.map((one) => `${JSON.stringify(one)}\n`).join(''));
}

/** One row for each promise: all its rounds added up, the seeds of those that broke it, and the last note. */
export function tableOf(rounds: readonly Round[]): string {
  const rows = new Map<string, Row>();
  for (const { seed, results } of rounds) {
    for (const result of results) {
      const row = rows.get(result.promise) ?? emptyRow(result.unit);
      rows.set(result.promise, row);
      row.attempts += result.attempts;
      row.broken += result.violations.length;
      row.own += result.seeds ?? 0;
      for (const [kind, took] of Object.entries(result.tookMs ?? {}))
        row.tookMs.set(kind, [...(row.tookMs.get(kind) ?? []), ...took]);
      row.all.push(seed);
      if (result.violations.length > 0) row.seeds.push(seed);
      row.note = result.note ?? row.note;
    }
  }
  const lines = [...rows].map(([promise, row]) => [
    promise,
    `${row.attempts.toLocaleString('en')} ${row.unit}`,
    String(row.broken),
    row.seeds.length > 0 ? brokenOf(row) : seedsOf(row),
    [...(row.tookMs.size > 0 ? [timesOf(row.tookMs)] : []), ...(row.note === '' ? [] : [row.note])].join(
      '; ',
    ),
  ]);
  return aligned(['promise', 'attempts', 'violations', 'seed', 'note'], lines, 5);
}

interface Row {
  readonly unit: string;
  attempts: number;
  broken: number;
  /** Seeds that rounds have drawn. */
  own: number;
  readonly seeds: number[];
  readonly all: number[];
  readonly tookMs: Map<string, readonly number[]>;
  note: string;
}

function emptyRow(unit: string): Row {
  return { unit, attempts: 0, broken: 0, own: 0, seeds: [], all: [], tookMs: new Map(), note: '' };
}

const wantedBackMs = 5_000;

/** How long it took to be back: of all that were timed, and how many there were of each kind with their median. */
function timesOf(tookMs: ReadonlyMap<string, readonly number[]>): string {
  const all = [...tookMs.values()].flat();
  const soon = all.filter((one) => one <= wantedBackMs).length;
  const kinds = [...tookMs]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, took]) => `${took.length} × ${kind} (${secondsAt(took, 0.5)} s)`);
  return [
    `back after ${secondsAt(all, 0.5)} s (median), ${secondsAt(all, 1)} s (longest)`,
    `${soon} of ${all.length} within 5 s: ${kinds.join(', ')}`,
  ].join(', ');
}

/** What so large a part of them did not take longer than, in seconds. */
function secondsAt(tookMs: readonly number[], part: number): string {
  const sorted = tookMs.toSorted((a, b) => a - b);
  return ((sorted[Math.floor(part * (sorted.length - 1))] ?? 0) / 1000).toFixed(1);
}

/** Those that broke it, and among how many. */
function brokenOf({ own, seeds }: Row): string {
  return own === 0 ? seeds.join(', ') : `${seeds.join(', ')} (${own.toLocaleString('en')} seeds in all)`;
}

/** All seeds where they are few, and else how many there were. */
function seedsOf({ own, all }: Row): string {
  const few = all.length <= 3 ? all.join(', ') : `${all.length} seeds from ${String(all[0])}`;
  return own === 0 ? few : `${own.toLocaleString('en')} seeds of ${few}`;
}
