import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { DurableStore } from '../storage/durable-store.js';

const prefix = 'assertion/';
const endsAtSchema = z.number();

/** Assertions that were used, until they end by themselves: each counts once, also over a restart. */
export class SeenAssertions {
  readonly #store: DurableStore;
  readonly #clock: () => number;
  readonly #seen = new Map<string, number>();

  private constructor(store: DurableStore, clock: () => number) {
    this.#store = store;
    this.#clock = clock;
  }

  static async open(store: DurableStore, clock: () => number = Date.now): Promise<SeenAssertions> {
    const seen = new SeenAssertions(store, clock);
    for await (const [key, value] of store.entries(prefix)) {
      seen.#seen.set(key.slice(prefix.length), endsAtSchema.parse(value));
    }
    return seen;
  }

  /**
   * Counts one; on disk before its token is given.
   *
   * @param endsAt From when on it is refused for its age, milliseconds.
   * @returns false when it was used before.
   */
  async take(machine: string, jti: string, endsAt: number): Promise<boolean> {
    const name = createHash('sha256')
      .update(JSON.stringify([machine, jti]))
      .digest('base64url');
    if (this.#seen.has(name)) return false;
    this.#seen.set(name, endsAt);
    await this.#store.put(prefix + name, endsAt);
    await this.#forgetOld();
    return true;
  }

  async #forgetOld(): Promise<void> {
    const now = this.#clock();
    const old = [...this.#seen].filter(([, endsAt]) => endsAt < now).map(([name]) => name);
    for (const name of old) this.#seen.delete(name);
    await Promise.all(old.map((name) => this.#store.delete(prefix + name)));
  }
}
