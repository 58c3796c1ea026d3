import type { Result } from './results.js';
import type { Seeded } from './seeded.js';

/** What one round of a part is given. */
export interface Setting {
  readonly seeded: Seeded;
  /** How long the round may try to break something. */
  readonly milliseconds: number;
  /** Where it may leave files. */
  readonly folder: string;
  readonly report: (line: string) => void;
  /** Ends the round early, with what it has found until then. */
  readonly signal: AbortSignal;
  /** How many programs are killed; as many as there is time for unless it is said. */
  readonly kills?: number;
  /** How long programs are left alone between two kills, at most. */
  readonly pauseMs?: number;
  /** How many numbers the dictionary has; as many as there is time for unless it is said. */
  readonly guesses?: number;
}

/** Tries to break promises, on the consortium that runs, and says how often and what broke. */
export type Part = (setting: Setting) => Promise<readonly Result[]>;
