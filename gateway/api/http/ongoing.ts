import type { Session } from '../../people/session-store.js';
import { Problem } from '../problem.js';

/** Something that goes on in the name of somebody signed in, for longer than one answer takes. */
export interface Going {
  /** Aborts when the person has signed out, was cut off, or the gateway stops. */
  readonly signal: AbortSignal;
  /** It is over by itself. */
  done(): void;
}

/** Event streams and imports under way: they end with the session that began them. */
export class Ongoing {
  readonly #streamsPerPerson: number;
  readonly #going = new Map<string, Set<AbortController>>();
  readonly #streams = new Map<string, number>();

  constructor(streamsPerPerson: number) {
    this.#streamsPerPerson = streamsPerPerson;
  }

  /** An import, or whatever else is bounded by its own limits. */
  begin({ id }: Session): Going {
    const controller = new AbortController();
    const present = this.#going.get(id) ?? new Set();
    this.#going.set(id, present.add(controller));
    return {
      signal: controller.signal,
      done: () => {
        present.delete(controller);
        if (present.size === 0 && this.#going.get(id) === present) this.#going.delete(id);
      },
    };
  }

  /**
   * An event stream. Counted for the person, whatever session it belongs to.
   *
   * @throws Problem TOO_MANY_STREAMS
   */
  beginStream(session: Session): Going {
    const { id } = session.person;
    const open = this.#streams.get(id) ?? 0;
    if (open >= this.#streamsPerPerson) throw new Problem('TOO_MANY_STREAMS', { retryAfter: 15 });
    this.#streams.set(id, open + 1);
    const going = this.begin(session);
    let isOver = false;
    return {
      signal: going.signal,
      done: () => {
        if (isOver) return;
        isOver = true;
        going.done();
        const left = (this.#streams.get(id) ?? 1) - 1;
        if (left > 0) this.#streams.set(id, left);
        else this.#streams.delete(id);
      },
    };
  }

  /** How many there are of one person. */
  streamsOf(personId: string): number {
    return this.#streams.get(personId) ?? 0;
  }

  /** Ends what goes on in the name of a session that is over. */
  sessionEnded({ id }: Pick<Session, 'id'>): void {
    for (const controller of this.#going.get(id) ?? []) controller.abort();
    this.#going.delete(id);
  }

  /** The gateway stops. */
  endAll(): void {
    for (const id of [...this.#going.keys()]) this.sessionEnded({ id });
  }
}
