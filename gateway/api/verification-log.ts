import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { DurableStore } from '../storage/durable-store.js';

const prefix = 'verification/';

export const verificationEntrySchema = z.strictObject({
  at: z.string(),
  person: z.string(),
  /** What was asked of the document; entries of earlier versions name no openings. */
  question: z
    .enum([
      'verification',
      'opening',
      'payee',
      'check',
      'claim',
      'consent',
      'assignment',
      'objection',
      'own',
      'debt',
      'take-on',
    ])
    .default('verification'),
  document: z.strictObject({ type: z.string(), number: z.string() }),
  result: z.string(),
});
export type VerificationEntry = z.input<typeof verificationEntrySchema>;

/** Who asked for which document: guessing numbers shows as a row of `not-found`. */
export class VerificationLog {
  readonly #store: DurableStore;

  constructor(store: DurableStore) {
    this.#store = store;
  }

  async add(entry: VerificationEntry): Promise<void> {
    await this.#store.put(`${prefix}${entry.at}/${randomBytes(4).toString('hex')}`, entry);
  }

  /** The latest first. */
  async latest(limit: number): Promise<z.output<typeof verificationEntrySchema>[]> {
    const found: z.output<typeof verificationEntrySchema>[] = [];
    for await (const [, value] of this.#store.entries(prefix, { reverse: true, limit })) {
      found.push(verificationEntrySchema.parse(value));
    }
    return found;
  }
}
