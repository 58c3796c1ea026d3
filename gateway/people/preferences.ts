import { z } from 'zod';
import type { DurableStore } from '../storage/durable-store.js';
import { foldId } from './enrolment-id.js';

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

const keptSchema = z.strictObject({ language: z.enum(languages) });
const prefix = 'preference/';
const mutedSchema = z.strictObject({ muted: z.array(z.string()) });
const mutedPrefix = 'muted/';

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

  /** @returns the topics of which the person does not want to be told. */
  async mutedBy(person: string): Promise<readonly string[]> {
    const kept = mutedSchema.optional().parse(await this.#store.get(mutedPrefix + foldId(person)));
    return kept?.muted ?? [];
  }

  /** From now on these topics, and no others, are not told to the person. */
  async mute(person: string, topics: readonly string[]): Promise<void> {
    await this.#store.put(mutedPrefix + foldId(person), { muted: [...new Set(topics)] });
  }
}
