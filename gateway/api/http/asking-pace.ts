import type { Caller } from '../endpoint.js';
import { Problem } from '../problem.js';
import { BoundedCounts, peopleAtOnce } from './rate-limit.js';

/** Counts questions rather than requests: many in one request are as many as one by one. */
export class AskingPace {
  readonly #counts: BoundedCounts;
  readonly #clock: () => number;
  readonly #perMinute: number;

  /** @param perMinute what one person may ask. */
  constructor(perMinute: number, clock: () => number = Date.now) {
    this.#perMinute = perMinute;
    this.#clock = clock;
    this.#counts = new BoundedCounts(undefined, clock);
  }

  /**
   * Counts so many questions of a person and their organisation, or none.
   *
   * @throws Problem RATE_LIMITED where these are more than a minute allows.
   */
  take({ session: { person } }: Pick<Caller, 'session'>, questions: number): void {
    const kept = [
      { key: `person/${person.id}`, most: this.#perMinute },
      { key: `organisation/${person.mspId}`, most: this.#perMinute * peopleAtOnce },
    ];
    const counted = kept.map(({ key, most }) => ({ key, most, ...this.#count(key, questions) }));
    const over = counted.filter(({ totalHits, most }) => totalHits > most);
    if (over.length === 0) return;
    for (const { key } of counted) for (let one = 0; one < questions; one++) this.#counts.decrement(key);
    const waitMs = Math.max(...over.map(({ resetTime }) => (resetTime?.getTime() ?? 0) - this.#clock()));
    throw new Problem('RATE_LIMITED', { retryAfter: Math.max(1, Math.ceil(waitMs / 1_000)) });
  }

  #count(key: string, questions: number) {
    let info = this.#counts.increment(key);
    for (let one = 1; one < questions; one++) info = this.#counts.increment(key);
    return info;
  }
}
