import type { DurableStore } from '../storage/durable-store.js';
import { foldId } from './enrolment-id.js';
import { personRecordSchema } from './person-record.js';
import type { PersonRecord } from './person-record.js';

const prefix = 'person/';

/**
 * The gateway's own register of people, in memory and on disk: a change counts once it is on disk, and a process that is
 * killed leaves the state before or after it. Ids that differ by case or form are one person.
 */
export class PeopleRegister {
  readonly #store: DurableStore;
  readonly #people = new Map<string, PersonRecord>();
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(store: DurableStore) {
    this.#store = store;
  }

  static async open(store: DurableStore): Promise<PeopleRegister> {
    const register = new PeopleRegister(store);
    for await (const [key, value] of store.entries(prefix)) {
      register.#people.set(key.slice(prefix.length), personRecordSchema.parse(value));
    }
    return register;
  }

  find(id: string): PersonRecord | undefined {
    return this.#people.get(foldId(id));
  }

  all(): PersonRecord[] {
    return [...this.#people.values()];
  }

  async put(record: PersonRecord): Promise<void> {
    await this.#store.put(prefix + foldId(record.id), record);
    this.#people.set(foldId(record.id), record);
  }

  /**
   * What reads the register and then changes it happens in turns, so that of two admins who remove each other one finds
   * that they are no longer there, and of a removal and a sign-in neither overtakes the other half-way.
   */
  turn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work, work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}
