import { addressKey } from './attempts.js';
import { foldId } from './enrolment-id.js';

const windowMs = 60 * 60_000;
/** So many ids tried from one address, or addresses from which one id is tried, are no slip of somebody's memory. */
const noteworthyMany = 5;
/** Refusals of one id, from anywhere, after which a secret that is right may have been found. */
const noteworthyBefore = 5;
/** Entries kept; beyond that the oldest are forgotten, so that invented names cannot fill the memory. */
const mostEntries = 10_000;

interface Tried {
  readonly since: number;
  /** No more are kept than are counted. */
  readonly others: Set<string>;
  count: number;
  isTold: boolean;
}

/**
 * Sees what no single attempt shows: many people tried from one place, one person tried from many, and a secret that is
 * right after many that were not. Says each once an hour.
 */
export class RefusalWatch {
  readonly #clock: () => number;
  readonly #places = new Map<string, Tried>();
  readonly #people = new Map<string, Tried>();

  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
  }

  /** @returns what is unusual about this refusal and those before it. */
  refused(enrolmentId: string, address: string): string | undefined {
    const [id, place] = [foldId(enrolmentId), addressKey(address)];
    const here = this.#count(this.#places, place, id);
    const person = this.#count(this.#people, id, place);
    if (isNews(here)) return `${noteworthyMany} people were tried from one address within an hour`;
    if (isNews(person)) return `one person was tried from ${noteworthyMany} addresses within an hour`;
    return undefined;
  }

  /** @returns what is unusual about somebody's coming in now; from here on they are counted anew. */
  cameIn(enrolmentId: string): string | undefined {
    const id = foldId(enrolmentId);
    const tried = this.#present(this.#people, id);
    this.#people.delete(id);
    if (tried === undefined || tried.count < noteworthyBefore) return undefined;
    return `the right secret after ${tried.count} wrong ones within an hour`;
  }

  #count(among: Map<string, Tried>, key: string, other: string): Tried {
    const known = this.#present(among, key);
    const tried = known ?? { since: this.#clock(), others: new Set(), count: 0, isTold: false };
    tried.count += 1;
    if (tried.others.size < noteworthyMany) tried.others.add(other);
    if (known === undefined) {
      among.delete(key);
      among.set(key, tried);
      if (among.size > mostEntries) {
        const [oldest] = among.keys();
        if (oldest !== undefined) among.delete(oldest);
      }
    }
    return tried;
  }

  #present(among: ReadonlyMap<string, Tried>, key: string): Tried | undefined {
    const tried = among.get(key);
    return tried !== undefined && tried.since > this.#clock() - windowMs ? tried : undefined;
  }
}

function isNews(tried: Tried): boolean {
  if (tried.isTold || tried.others.size < noteworthyMany) return false;
  tried.isTold = true;
  return true;
}
