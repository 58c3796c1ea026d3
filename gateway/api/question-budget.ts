import type { Caller } from './endpoint.js';
import { Problem } from './problem.js';

const hourMs = 3_600_000;

/** How many guesses an hour allows: questions whose answer is that the document is not as the asker says. */
export interface QuestionLimits {
  readonly missesPerPerson: number;
  /** Of an organisation; at the portal, of an enterprise. */
  readonly missesPerOrganisation: number;
}

/**
 * Counts the questions that missed. Who holds a document asks for it and is right; who guesses is wrong most of the time,
 * whichever question they choose, so all kinds of questions share one budget. It counts people and organisations, not
 * sessions.
 */
export class QuestionBudget {
  readonly #limits: QuestionLimits;
  readonly #clock: () => number;
  readonly #misses = new Map<string, number[]>();

  constructor(limits: QuestionLimits, clock: () => number = Date.now) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** @throws Problem RATE_LIMITED once person or organisation have guessed as often as an hour allows. */
  assertLeft(caller: Pick<Caller, 'session'>): void {
    const { person, organisation } = namesOf(caller);
    const { missesPerPerson, missesPerOrganisation } = this.#limits;
    const waits = [this.#wait(person, missesPerPerson), this.#wait(organisation, missesPerOrganisation)];
    const longest = Math.max(...waits);
    if (longest > 0) throw new Problem('RATE_LIMITED', { retryAfter: Math.ceil(longest / 1000) });
  }

  /** @param times how many documents were guessed at. */
  missed(caller: Pick<Caller, 'session'>, times = 1): void {
    const { person, organisation } = namesOf(caller);
    for (const name of [person, organisation]) {
      this.#misses.set(name, [...this.#recent(name), ...Array<number>(times).fill(this.#clock())]);
    }
  }

  /** Milliseconds until there is one left. */
  #wait(name: string, limit: number): number {
    const recent = this.#recent(name);
    const oldest = recent[recent.length - limit];
    return oldest === undefined ? 0 : oldest + hourMs - this.#clock();
  }

  #recent(name: string): readonly number[] {
    const since = this.#clock() - hourMs;
    const recent = (this.#misses.get(name) ?? []).filter((at) => at > since);
    if (recent.length === 0) this.#misses.delete(name);
    return recent;
  }
}

function namesOf({ session: { person } }: Pick<Caller, 'session'>) {
  return {
    person: `person/${person.mspId}/${person.id}`,
    organisation: `organisation/${person.mspId}/${person.uscc ?? ''}`,
  };
}
