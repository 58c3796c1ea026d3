import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { DurableStore } from '../storage/durable-store.js';
import { forgetOlder } from '../storage/forget-older.js';
import { itemNotes } from './item-notes.js';

const prefix = 'import/';

export const verdictSchema = z.strictObject({
  index: z.number().int(),
  status: z.enum(['recorded', 'refused', 'pending']),
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

/** The verdicts of one import, by the place of the item. */
export interface KeptVerdicts {
  /** The verdict that an item had before; `other` when another item had its place under this key. */
  of(index: number, item: unknown): Promise<Verdict | 'other' | undefined>;
  keep(item: unknown, verdict: Verdict): Promise<void>;
  /** Names an item and everything that is sent for it. */
  name(index: number, item: unknown): string;
}

/** Keeps what was answered to each item, so that an import that was cut off goes on where it was. */
export class ImportVerdicts {
  readonly #store: DurableStore;
  readonly #lifeMs: number;
  readonly #clock: () => number;

  constructor(store: DurableStore, lifeMs: number, clock: () => number = Date.now) {
    this.#store = store;
    this.#lifeMs = lifeMs;
    this.#clock = clock;
  }

  /** Those of the import that a person began under a key. */
  under(person: string, key: string): KeptVerdicts {
    const name = hash(JSON.stringify([person, key]));
    const keyOf = (index: number) => `${prefix}${name}/${String(index).padStart(9, '0')}`;
    return {
      of: async (index, item) => {
        const kept = keptSchema.optional().parse(await this.#store.get(keyOf(index)));
        if (kept === undefined || kept.at < this.#clock() - this.#lifeMs) return undefined;
        return kept.digest === digestOf(item) ? kept.verdict : 'other';
      },
      keep: (item, verdict) =>
        this.#store.put(keyOf(verdict.index), { digest: digestOf(item), at: this.#clock(), verdict }),
      name: (index, item) => `import-${name}-${index}/${digestOf(item)}`,
    };
  }

  /** Forgets what is older than the promised life. */
  async expire(): Promise<void> {
    await forgetOlder(
      this.#store,
      prefix,
      this.#clock() - this.#lifeMs,
      (value) => keptSchema.parse(value).at,
    );
  }
}

function digestOf(item: unknown): string {
  return hash(JSON.stringify(item));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
