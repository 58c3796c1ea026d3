import { z } from 'zod';
import type { PeopleLog } from '../people/people-log.js';
import type { DurableStore } from '../storage/durable-store.js';
import { dayMs, stageOf } from './ends.js';
import type { CertificateEnd } from './ends.js';

const prefix = 'warned/';
const warnedSchema = z.strictObject({ endsAt: z.number(), stage: z.number() });

export interface EndsWatchParts {
  readonly ends: () => Promise<readonly CertificateEnd[]>;
  /** What was told already, over a restart too. */
  readonly store: DurableStore;
  readonly people: Pick<PeopleLog, 'write'>;
  readonly clock?: () => number;
}

/** Tells admins and auditors 60, 30 and 7 days before a certificate ends, and when it has, of each once. */
export class EndsWatch {
  readonly #parts: EndsWatchParts;
  readonly #clock: () => number;

  constructor(parts: EndsWatchParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? Date.now;
  }

  /** @throws the first failure, after all had their turn. */
  async look(): Promise<void> {
    const failures: unknown[] = [];
    for (const end of await this.#parts.ends()) {
      // People are told of their own, each by name.
      if (end.name === 'people') continue;
      await this.#tell(end).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  async #tell({ name, endsAt, renewsItself }: CertificateEnd): Promise<void> {
    const { store, people } = this.#parts;
    const now = this.#clock();
    const stage = stageOf(endsAt, now);
    if (stage === undefined || (renewsItself === true && stage > 7)) return;
    const told = warnedSchema.optional().parse(await store.get(prefix + name));
    if (told?.endsAt === endsAt && told.stage <= stage) return;
    const days = Math.floor((endsAt - now) / dayMs);
    const detail = stage === 0 ? 'has ended' : `ends in ${days === 1 ? '1 day' : `${days} days`}`;
    await people.write({ kind: 'certificate-ending', person: name, detail, alert: true });
    await store.put(prefix + name, { endsAt, stage });
  }
}
