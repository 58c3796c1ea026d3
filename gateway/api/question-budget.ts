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

  /**
   * @param answeredElsewhere Misses of the last hour that somebody else has answered, as a bank an application for a loan.
   * @throws Problem RATE_LIMITED once person or organisation have guessed as often as an hour allows.
   */
  assertLeft(caller: Pick<Caller, 'session'>, answeredElsewhere = 0): void {
    const { person, organisation } = namesOf(caller);
    const { missesPerPerson, missesPerOrganisation } = this.#limits;
    const waits = [
      this.#wait(person, missesPerPerson - answeredElsewhere),
      this.#wait(organisation, missesPerOrganisation - answeredElsewhere),
    ];
    const longest = Math.max(...waits);
    if (longest > 0) throw new Problem('RATE_LIMITED', { retryAfter: Math.ceil(longest / 1000) });
  }

  /** @param times how many documents were guessed at. */
  missed(caller: Pick<Caller, 'session'>, times = 1): void {
    const { person, organisation } = namesOf(caller);
    for (const name of [person, organisation]) {
      const recent = this.#recent(name);
      for (let time = 0; time < times; time++) recent.push(this.#clock());
      this.#misses.set(name, recent);
    }
  }

  /** Milliseconds until there is one left. */
  #wait(name: string, limit: number): number {
    if (limit <= 0) return hourMs;
    const recent = this.#recent(name);
    const oldest = recent[recent.length - limit];
    return oldest === undefined ? 0 : oldest + hourMs - this.#clock();
  }

  /** They come in the order of time, so what is too old lies in front. */
  #recent(name: string): number[] {
    const since = this.#clock() - hourMs;
    const recent = this.#misses.get(name) ?? [];
    const old = recent.findIndex((at) => at > since);
    if (old !== 0) recent.splice(0, old < 0 ? recent.length : old);
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
