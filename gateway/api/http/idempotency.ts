import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { DurableStore } from '../../storage/durable-store.js';
import { forgetOlder } from '../../storage/forget-older.js';
import { Problem } from '../problem.js';

const prefix = 'request/';

const answerSchema = z.object({
  status: z.number().int(),
  body: z.unknown(),
  location: z.string().optional(),
  /** Of a body that is text already. */
  contentType: z.string().optional(),
});
/** What a client gets, in a form that can be kept. */
export type Answer = z.infer<typeof answerSchema>;

const recordSchema = z.object({
  digest: z.string(),
  at: z.number(),
  answer: answerSchema,
  /** The answer left an outcome open: a repetition asks again. */
  isOpen: z.boolean(),
});
const keptSchema = recordSchema.optional();
type Stored = z.infer<typeof recordSchema>;

/** An answer, and whether it left an outcome open. Answers that another attempt may improve are thrown. */
export type Outcome = Pick<Stored, 'answer' | 'isOpen'>;

export interface KeyedRequest {
  readonly person: string;
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** Answers a repeated request like the first one, also after a restart. */
export class Idempotency {
  readonly #store: DurableStore;
  readonly #lifeMs: number;
  readonly #clock: () => number;
  readonly #underWay = new Map<string, { digest: string; answer: Promise<Answer> }>();

  constructor(store: DurableStore, lifeMs: number, clock: () => number = Date.now) {
    this.#store = store;
    this.#lifeMs = lifeMs;
    this.#clock = clock;
  }

  /**
   * Carries out the work once per key and person. A repetition that arrives meanwhile gets the same answer.
   *
   * @throws Problem IDEMPOTENCY_KEY_REUSED when the key came with another request before.
   */
  async once(request: KeyedRequest, work: () => Promise<Outcome>): Promise<Answer> {
    const { name, digest } = identify(request);
    const underWay = this.#underWay.get(name);
    if (underWay !== undefined) {
      if (underWay.digest !== digest) throw new Problem('IDEMPOTENCY_KEY_REUSED');
      return underWay.answer;
    }
    const answer = this.#answer(name, digest, work).finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, { digest, answer });
    return answer;
  }

  /** Forgets what is older than the promised life. */
  async expire(): Promise<void> {
    await forgetOlder(
      this.#store,
      prefix,
      this.#clock() - this.#lifeMs,
      (value) => recordSchema.parse(value).at,
    );
  }

  async #answer(name: string, digest: string, work: () => Promise<Outcome>): Promise<Answer> {
    const known = await this.#known(name);
    if (known !== undefined) {
      if (known.digest !== digest) throw new Problem('IDEMPOTENCY_KEY_REUSED');
      if (!known.isOpen) return known.answer;
    }
    const outcome = await work();
    await this.#store.put(name, { digest, at: this.#clock(), ...outcome });
    return outcome.answer;
  }

  async #known(name: string): Promise<Stored | undefined> {
    const stored = keptSchema.parse(await this.#store.get(name));
    return stored !== undefined && stored.at >= this.#clock() - this.#lifeMs ? stored : undefined;
  }
}

/** One name for all repetitions of a request, and for no other request. */
export function requestName(request: KeyedRequest): string {
  const { name, digest } = identify(request);
  return `${name.slice(prefix.length)}/${digest}`;
}

function identify({ person, key, method, path, body }: KeyedRequest): { name: string; digest: string } {
  return { name: prefix + hash([person, key]), digest: hash([method, path, body]) };
}

function hash(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
