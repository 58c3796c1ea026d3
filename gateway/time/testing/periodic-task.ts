import type { RoundName } from '../rounds.js';

/** What one round came to: the records that were attended to and did not fail, by their place. */
export interface Played {
  readonly done: readonly number[];
  /** Records that were attended to although they were not due. */
  readonly notDue: number;
}

/** One thing that a gateway does again and again, over however many there are. */
export interface PeriodicTask {
  readonly name: string;
  /** What the log says where its rounds fail: the name of the rounds that it is a part of. */
  readonly rounds: RoundName;
  /** How many it reads at once. */
  readonly page: number;
  /** How many share the fate of one that fails. */
  readonly together: number;
  /** Plays one round over so many that are due, and some that are not, of which one fails. */
  readonly play: (certificate: string, count: number, failing: number) => Promise<Played>;
}
