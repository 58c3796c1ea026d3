import type { Caller } from './endpoint.js';
import { Problem } from './problem.js';

const hourMs = 3_600_000;

/** How many guesses an hour allows: questions whose answer is that the document is not as the asker says. */
export interface QuestionLimits {
  readonly missesPerPerson: number;
  /** Of an organisation; at the portal, of an enterprise. */
  readonly missesPerOrganisation: number;
}

/** Somebody who has guessed as often as an hour allows. */
export interface Guesses {
  readonly person: Pick<Caller['session']['person'], 'id' | 'uscc'>;
  /** When the first of them was, milliseconds since 1970. */
  readonly since: number;
  /** At documents that are not on record, and with particulars that are not so. */
  readonly unknown: number;
  readonly wrong: number;
}

interface Miss {
  readonly at: number;
  readonly isWrong: boolean;
}

/**
 * Counts the questions that missed. Who holds a document asks for it and is right; who guesses is wrong most of the time,
 * whichever question they choose, so all kinds of questions share one budget. It counts people and organisations, not
 * sessions.
 */
export class QuestionBudget {
  readonly #limits: QuestionLimits;
  readonly #clock: () => number;
  readonly #spent: (guesses: Guesses) => void;
  readonly #misses = new Map<string, Miss[]>();

  /** @param spent told of everybody who is refused: again for each refusal. */
  constructor(
    limits: QuestionLimits,
    clock: () => number = Date.now,
    spent: (guesses: Guesses) => void = () => undefined,
  ) {
    this.#limits = limits;
    this.#clock = clock;
    this.#spent = spent;
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
    if (longest <= 0) return;
    this.#tell(caller);
    throw new Problem('RATE_LIMITED', { retryAfter: Math.ceil(longest / 1000) });
  }

  /**
   * @param times how many documents were guessed at.
   * @param isWrong whether they are on record, and not as the asker said.
   */
  missed(caller: Pick<Caller, 'session'>, times = 1, isWrong = false): void {
    const { person, organisation } = namesOf(caller);
    for (const name of [person, organisation]) {
      const recent = this.#recent(name);
      for (let time = 0; time < times; time++) recent.push({ at: this.#clock(), isWrong });
      this.#misses.set(name, recent);
    }
  }

  /** Of whoever has guessed themselves; a colleague who comes too late for the organisation's budget has not. */
  #tell(caller: Pick<Caller, 'session'>): void {
    const own = this.#recent(namesOf(caller).person);
    const [first] = own;
    if (first === undefined) return;
    const wrong = own.filter(({ isWrong }) => isWrong).length;
    const { id, uscc } = caller.session.person;
    this.#spent({
      person: { id, ...(uscc !== undefined && { uscc }) },
      since: first.at,
      unknown: own.length - wrong,
      wrong,
    });
  }

  /** Milliseconds until there is one left. */
  #wait(name: string, limit: number): number {
    if (limit <= 0) return hourMs;
    const recent = this.#recent(name);
    const oldest = recent[recent.length - limit];
    return oldest === undefined ? 0 : oldest.at + hourMs - this.#clock();
  }

  /** They come in the order of time, so what is too old lies in front. */
  #recent(name: string): Miss[] {
    const since = this.#clock() - hourMs;
    const recent = this.#misses.get(name) ?? [];
    const old = recent.findIndex(({ at }) => at > since);
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
