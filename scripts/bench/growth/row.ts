import type { CpuSeconds } from '../cpu.js';
import type { Field } from './field.js';

/** What one size of one row of the table cost. */
export interface GrowthFigure {
  readonly what: string;
  readonly size: number;
  readonly unit: string;
  /** What was done: documents, claims, requests. */
  readonly items: number;
  readonly seconds: number;
  readonly cpu: CpuSeconds;
  /** What else is to be said: counts of answers, rows, keys. */
  readonly note: string;
}

/**
 * Measures the work that counts; what a row prepares for it does not.
 *
 * @param work returns what is to be noted.
 */
export type Measure = (items: number, work: () => Promise<string>) => Promise<void>;

/** One operation that is played at several sizes of what is there already. */
export interface GrowthRow {
  readonly name: string;
  readonly what: string;
  /** @param scale what part of the full sizes. */
  readonly sizes: (scale: number) => readonly number[];
  readonly unit: string;
  readonly play: (field: Field, size: number, measure: Measure) => Promise<void>;
}

/** Sizes on a smaller scale: whole, and none twice. */
export function scaled(sizes: readonly number[], scale: number): readonly number[] {
  return [...new Set(sizes.map((size) => Math.round(size * scale)))];
}
