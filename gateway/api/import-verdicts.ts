import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { DurableStore } from '../storage/durable-store.js';
import { forgetOlder } from '../storage/forget-older.js';
import { itemNotes } from './item-notes.js';

const prefix = 'import/';
const waiting = 'import-waiting/';
const latest = 'import-latest/';

/** Verdicts that are gone through for somebody who looks while the import runs; once it has ended all are, once. */
const mostCounted = 20_000;
/** Refused items that are told of; all of them were in the answer to the import. */
const mostTold = 100;

export const verdictSchema = z.strictObject({
  index: z.number().int(),
  /** `waiting`: a change of the past, which has a second verdict once all documents of the load are recorded. */
  status: z.enum(['recorded', 'amended', 'cancelled', 'waiting', 'refused', 'pending']),
  id: z.string().optional(),
  transactionId: z.string().optional(),
  code: z.string().optional(),
  detail: z.string().optional(),
  field: z.string().optional(),
  ...itemNotes,
});
/** What became of one item of an import; `pending` has an operation under its transaction id. */
export type Verdict = z.infer<typeof verdictSchema>;

const keptSchema = z.strictObject({ digest: z.string(), at: z.number(), verdict: verdictSchema });

const heldSchema = z.strictObject({ at: z.number(), index: z.number().int(), item: z.unknown() });
/** A change that waits for its document, and where it is kept. */
export interface Held {
  readonly key: string;
  /** Names the document. */
  readonly document: string;
  readonly index: number;
  readonly item: unknown;
}

const latestSchema = z.strictObject({
  name: z.string(),
  at: z.number(),
  /** Absent until the import has ended. */
  sums: z
    .strictObject({ recorded: z.number(), refused: z.number(), items: z.array(verdictSchema) })
    .optional(),
});
type Begun = z.infer<typeof latestSchema>;

/** What became of somebody's last import, as far as it is kept. */
export interface LastImport {
  readonly at: Date;
  readonly recorded: number;
  readonly refused: number;
  /** The first of those that were refused. */
  readonly items: readonly Verdict[];
}

/** The verdicts of one import, by the place of the item. */
export interface KeptVerdicts {
  /** The verdict that an item had before; `other` when another item had its place under this key. */
  of(index: number, item: unknown): Promise<Verdict | 'other' | undefined>;
  keep(item: unknown, verdict: Verdict): Promise<void>;
  /** Keeps a change on disk until all documents of the load are recorded. @param day orders the changes of a document. */
  hold(document: string, day: string, index: number, item: unknown): Promise<void>;
  /** What waits, document by document, each in the order of its days. */
  held(): AsyncGenerator<Held>;
  release(held: Held): Promise<void>;
  /** Names an item and everything that is sent for it. */
  name(index: number, item: unknown): string;
  /**
   * Who stops an import and goes on at once finds some items still under way: they are not sent once more, which the ledger
   * would refuse, but waited for.
   */
  once(index: number, item: unknown, judge: () => Promise<Verdict>): Promise<Verdict>;
}

/** Keeps what was answered to each item, so that an import that was cut off goes on where it was. */
export class ImportVerdicts {
  readonly #store: DurableStore;
  readonly #lifeMs: number;
  readonly #clock: () => number;
  readonly #running = new Map<string, number>();
  readonly #judging = new Map<string, Promise<Verdict>>();

  constructor(store: DurableStore, lifeMs: number, clock: () => number = Date.now) {
    this.#store = store;
    this.#lifeMs = lifeMs;
    this.#clock = clock;
  }

  /** Those of the import that a person began under a key. */
  under(person: string, key: string): KeptVerdicts {
    const name = nameOf(person, key);
    const itemName = (index: number, item: unknown) => `import-${name}-${index}/${digestOf(item)}`;
    const keyOf = (index: number) => `${prefix}${name}/${String(index).padStart(9, '0')}`;
    return {
      of: async (index, item) => {
        const kept = keptSchema.optional().parse(await this.#store.get(keyOf(index)));
        if (kept === undefined || kept.at < this.#clock() - this.#lifeMs) return undefined;
        return kept.digest === digestOf(item) ? kept.verdict : 'other';
      },
      keep: (item, verdict) =>
        this.#store.put(keyOf(verdict.index), { digest: digestOf(item), at: this.#clock(), verdict }),
      hold: (document, day, index, item) =>
        this.#store.put(`${waiting}${name}/${hash(document)}/${day}/${String(index).padStart(9, '0')}`, {
          at: this.#clock(),
          index,
          item,
        }),
      held: () => this.#held(`${waiting}${name}/`),
      release: ({ key }) => this.#store.delete(key),
      name: itemName,
      once: (index, item, judge) => this.#once(itemName(index, item), judge),
    };
  }

  #once(name: string, judge: () => Promise<Verdict>): Promise<Verdict> {
    const going = this.#judging.get(name);
    if (going !== undefined) return going;
    const judging = judge().finally(() => this.#judging.delete(name));
    this.#judging.set(name, judging);
    return judging;
  }

  /** Notes that a person has begun an import under a key, or goes on with it. */
  async begin(person: string, key: string): Promise<void> {
    const name = nameOf(person, key);
    this.#running.set(name, (this.#running.get(name) ?? 0) + 1);
    await this.#store.put(latest + hash(person), { name, at: this.#clock() });
  }

  /** Sums up what became of an import that has ended, or was cut off, so that nobody counts it again. */
  async end(person: string, key: string): Promise<void> {
    const name = nameOf(person, key);
    const left = (this.#running.get(name) ?? 1) - 1;
    if (left > 0) this.#running.set(name, left);
    else this.#running.delete(name);
    const begun = await this.#begunBy(person);
    // Another that was begun meanwhile is the last one now.
    if (begun?.name === name) await this.#sumUp(person, begun);
  }

  /** What became of the import that a person began last; undefined once it is forgotten. */
  async lastOf(person: string): Promise<LastImport | undefined> {
    const begun = await this.#begunBy(person);
    if (begun === undefined || begun.at < this.#clock() - this.#lifeMs) return undefined;
    return { at: new Date(begun.at), ...(begun.sums ?? (await this.#sumUp(person, begun))) };
  }

  async #begunBy(person: string): Promise<Begun | undefined> {
    return latestSchema.optional().parse(await this.#store.get(latest + hash(person)));
  }

  /** Goes through the verdicts; of an import that runs through the first, of one that does not once for all. */
  async #sumUp(person: string, begun: Begun): Promise<NonNullable<Begun['sums']>> {
    const isRunning = this.#running.has(begun.name);
    const sums: NonNullable<Begun['sums']> = { recorded: 0, refused: 0, items: [] };
    const most = isRunning ? { limit: mostCounted } : {};
    for await (const [, value] of this.#store.entries(`${prefix}${begun.name}/`, most)) {
      const { verdict } = keptSchema.parse(value);
      if (verdict.status !== 'refused') sums.recorded++;
      else if (++sums.refused <= mostTold) sums.items.push(verdict);
    }
    if (!isRunning) await this.#store.put(latest + hash(person), { ...begun, sums });
    return sums;
  }

  /** Forgets what is older than the promised life. */
  async expire(): Promise<void> {
    await forgetOlder(
      this.#store,
      prefix,
      this.#clock() - this.#lifeMs,
      (value) => keptSchema.parse(value).at,
    );
    await forgetOlder(
      this.#store,
      waiting,
      this.#clock() - this.#lifeMs,
      (value) => heldSchema.parse(value).at,
    );
    await forgetOlder(
      this.#store,
      latest,
      this.#clock() - this.#lifeMs,
      (value) => latestSchema.parse(value).at,
    );
  }

  async *#held(prefix: string): AsyncGenerator<Held> {
    for await (const [key, value] of this.#store.entries(prefix)) {
      const { index, item } = heldSchema.parse(value);
      yield { key, document: key.slice(prefix.length).split('/')[0] ?? '', index, item };
    }
  }
}

function nameOf(person: string, key: string): string {
  return hash(JSON.stringify([person, key]));
}

function digestOf(item: unknown): string {
  return hash(JSON.stringify(item));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
