import { z } from 'zod';
import type { DurableStore } from '../storage/durable-store.js';
import { foldId } from './enrolment-id.js';

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

const keptSchema = z.strictObject({ language: z.enum(languages) });
const prefix = 'preference/';

/** What people have chosen for themselves; it says nothing of what they may do. */
export class Preferences {
  readonly #store: Pick<DurableStore, 'get' | 'put'>;

  constructor(store: Pick<DurableStore, 'get' | 'put'>) {
    this.#store = store;
  }

  /** @returns undefined for whoever has chosen none. */
  async languageOf(person: string): Promise<Language | undefined> {
    const kept = keptSchema.optional().parse(await this.#store.get(prefix + foldId(person)));
    return kept?.language;
  }

  async speak(person: string, language: Language): Promise<void> {
    await this.#store.put(prefix + foldId(person), { language });
  }
}
