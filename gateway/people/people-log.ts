import { z } from 'zod';
import type { DurableStore } from '../storage/durable-store.js';

const prefix = 'log/';
const digits = 14;
/** Entries kept; the oldest go first. At one sign-in a minute, day and night, this is half a year. */
const mostEntries = 250_000;
const pruneEvery = 1_000;

const logKinds = [
  'signed-in',
  'signed-out',
  'sign-in-refused',
  'sign-in-paused',
  'guessing',
  'secret-changed',
  'invitation-accepted',
  'invitation-refused',
  'admitted',
  'invited-again',
  'confirmed',
  'returned',
  'role-changed',
  'suspended',
  'resumed',
  'removed',
  'locked',
  'cut-off',
  'refused-to-admin',
  'listed-by-authority',
  'unlisted-by-authority',
  'authority-told',
  'certificate-issued',
  'certificate-ending',
  'data-exported',
  'machine-created',
  'machine-confirmed',
  'machine-key-added',
  'machine-key-removed',
  'machine-certificate',
  'machine-revoked',
  'machine-token',
  'machine-refused',
] as const;
export type LogKind = (typeof logKinds)[number];

const entrySchema = z.strictObject({
  number: z.number().int(),
  at: z.iso.datetime(),
  kind: z.enum(logKinds),
  /** Whom it concerns: as typed, when nobody of that id is known. */
  person: z.string(),
  /** Who did it, when it was another person. */
  by: z.string().optional(),
  address: z.string().optional(),
  detail: z.string().optional(),
  uscc: z.string().optional(),
  /** Unusual: somebody should look at it. */
  alert: z.boolean(),
});
export type LogEntry = z.infer<typeof entrySchema>;
export const logEntrySchema = entrySchema;

/** The record of who came in, who was refused and who was changed, on disk before the answer leaves. */
export class PeopleLog {
  readonly #store: DurableStore;
  readonly #clock: () => number;
  #next: number;

  private constructor(store: DurableStore, next: number, clock: () => number) {
    this.#store = store;
    this.#next = next;
    this.#clock = clock;
  }

  static async open(store: DurableStore, clock: () => number = Date.now): Promise<PeopleLog> {
    let next = 0;
    for await (const [key] of store.entries(prefix, { reverse: true, limit: 1 })) {
      next = Number(key.slice(prefix.length)) + 1;
    }
    return new PeopleLog(store, next, clock);
  }

  async write(
    entry: Omit<LogEntry, 'number' | 'at' | 'alert'> & { readonly alert?: boolean },
  ): Promise<void> {
    const number = this.#next++;
    const at = new Date(this.#clock()).toISOString();
    await this.#store.put(keyOf(number), { ...entry, number, at, alert: entry.alert ?? false });
    if (number % pruneEvery === 0) await this.#prune(number - mostEntries);
  }

  /** A page, the latest first. @param before Number of the last entry of the page before. */
  async page(
    before: number | undefined,
    limit: number,
    wanted: (entry: LogEntry) => boolean,
  ): Promise<{ items: LogEntry[]; next?: number }> {
    const items: LogEntry[] = [];
    for await (const [key, value] of this.#store.entries(prefix, { reverse: true })) {
      const number = Number(key.slice(prefix.length));
      if (before !== undefined && number >= before) continue;
      const entry = entrySchema.parse(value);
      if (!wanted(entry)) continue;
      if (items.length === limit) return { items, next: items.at(-1)?.number ?? 0 };
      items.push(entry);
    }
    return { items };
  }

  async #prune(oldest: number): Promise<void> {
    for await (const [key] of this.#store.entries(prefix)) {
      if (Number(key.slice(prefix.length)) >= oldest) return;
      await this.#store.delete(key);
    }
  }
}

function keyOf(number: number): string {
  return prefix + String(number).padStart(digits, '0');
}
