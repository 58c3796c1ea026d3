import type { DurableStore } from '../storage/durable-store.js';
import type { PersonState } from '../people/person-record.js';
import type { Holder } from '../people/authority-word.js';
import { machineRecordSchema } from './machine-record.js';
import type { MachineRecord } from './machine-record.js';

const prefix = 'machine/';
const states = { proposed: 'invited', active: 'active', revoked: 'removed' } as const;

/** The organisation's machines, in memory and on disk; changed one after the other. */
export class MachineRegister {
  readonly #store: DurableStore;
  readonly #machines = new Map<string, MachineRecord>();
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(store: DurableStore) {
    this.#store = store;
  }

  static async open(store: DurableStore): Promise<MachineRegister> {
    const register = new MachineRegister(store);
    for await (const [key, value] of store.entries(prefix)) {
      register.#machines.set(key.slice(prefix.length), machineRecordSchema.parse(value));
    }
    return register;
  }

  find(id: string): MachineRecord | undefined {
    return this.#machines.get(id);
  }

  all(): MachineRecord[] {
    return [...this.#machines.values()];
  }

  /** What decides whether it may act now, in the terms in which it is asked of people. */
  standing(id: string): (Holder & { readonly state: PersonState }) | undefined {
    const machine = this.#machines.get(id);
    return machine && { ...machine, state: states[machine.state] };
  }

  async put(record: MachineRecord): Promise<void> {
    await this.#store.put(prefix + record.id, record);
    this.#machines.set(record.id, record);
  }

  /** For one that could not be: no token was given for it. */
  async forget(id: string): Promise<void> {
    await this.#store.delete(prefix + id);
    this.#machines.delete(id);
  }

  /** Whoever reads and then changes takes a turn, so that neither of two overtakes the other half-way. */
  turn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work, work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}
