import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Commit } from '../ledger/commit-watcher.js';
import { validCode } from '../ledger/commit-watcher.js';
import type { DurableStore } from '../storage/durable-store.js';
import { Problem } from './problem.js';

const prefix = 'request/';

const answerSchema = z.object({
  status: z.number().int(),
  body: z.unknown(),
  location: z.string().optional(),
});
/** What a client gets, in a form that can be kept. */
export type Answer = z.infer<typeof answerSchema>;

const recordSchema = z.object({
  digest: z.string(),
  at: z.number(),
  answer: answerSchema,
  /** For an answer that left the outcome open: what to answer once the transaction has committed. */
  pending: z.object({ transactionId: z.string(), onCommit: answerSchema }).optional(),
});
type Stored = z.infer<typeof recordSchema>;

/** An answer, and what it becomes when its transaction commits after all. */
export type Outcome = Pick<Stored, 'answer' | 'pending'> & {
  /** False for answers that another attempt may improve, such as an unreachable network. */
  readonly final: boolean;
};

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
  readonly #find: (transactionId: string) => Promise<Pick<Commit, 'code'> | undefined>;
  readonly #lifeMs: number;
  readonly #clock: () => number;
  readonly #underWay = new Map<string, { digest: string; answer: Promise<Answer> }>();

  constructor(
    store: DurableStore,
    find: (transactionId: string) => Promise<Pick<Commit, 'code'> | undefined>,
    lifeMs: number,
    clock: () => number = Date.now,
  ) {
    this.#store = store;
    this.#find = find;
    this.#lifeMs = lifeMs;
    this.#clock = clock;
  }

  /**
   * Carries out the work once per key and person. A repetition that arrives meanwhile gets the same answer.
   *
   * @throws Problem IDEMPOTENCY_KEY_REUSED when the key came with another request before.
   */
  async once(request: KeyedRequest, work: () => Promise<Outcome>): Promise<Answer> {
    const name = prefix + hash([request.person, request.key]);
    const digest = hash([request.method, request.path, request.body]);
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
    const oldest = this.#clock() - this.#lifeMs;
    for await (const [key, value] of this.#store.entries(prefix)) {
      if (recordSchema.parse(value).at < oldest) await this.#store.delete(key);
    }
  }

  async #answer(name: string, digest: string, work: () => Promise<Outcome>): Promise<Answer> {
    const known = await this.#known(name);
    if (known !== undefined) {
      if (known.digest !== digest) throw new Problem('IDEMPOTENCY_KEY_REUSED');
      const answer = await this.#settled(name, known);
      if (answer !== undefined) return answer;
    }
    const { final, ...outcome } = await work();
    if (final) await this.#store.put(name, { digest, at: this.#clock(), ...outcome });
    return outcome.answer;
  }

  async #known(name: string): Promise<Stored | undefined> {
    const stored = recordSchema.optional().parse(await this.#store.get(name));
    return stored !== undefined && stored.at >= this.#clock() - this.#lifeMs ? stored : undefined;
  }

  /**
   * @returns undefined when the transaction did not commit, or nobody knows it yet: then the work is done again,
   * which the ledger's own idempotency makes harmless.
   */
  async #settled(name: string, stored: Stored): Promise<Answer | undefined> {
    const { pending, answer } = stored;
    if (pending === undefined) return answer;
    const commit = await this.#find(pending.transactionId);
    if (commit?.code !== validCode) return undefined;
    await this.#store.put(name, { digest: stored.digest, at: stored.at, answer: pending.onCommit });
    return pending.onCommit;
  }
}

function hash(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
