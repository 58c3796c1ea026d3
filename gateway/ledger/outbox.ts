import { z } from 'zod';
import type { DurableStore } from '../storage/durable-store.js';
import { forgetOlder } from '../storage/forget-older.js';
import type { Commit } from './commit-watcher.js';

const sentPrefix = 'sent/';
const stepPrefix = 'step/';

const sentSchema = z.strictObject({ prepared: z.string(), at: z.number() });
const stepSchema = z.strictObject({ transactionId: z.string(), output: z.unknown(), at: z.number() });
const keptSentSchema = sentSchema.optional();
const keptStepSchema = stepSchema.optional();

/** What one step of a request has sent, and its answer if that commits. */
interface SentStep {
  readonly transactionId: string;
  readonly output: unknown;
}

/** One submission of a request; a repetition of the request meets it again at the same place. */
export interface Step {
  /** What was sent for it before, by this process or by one that was killed. */
  known(): Promise<SentStep | undefined>;
  /** Its place among what is kept. */
  readonly key: string;
}

/** The submissions of one keyed request, in their order. */
export interface Steps {
  next(): Step;
  /** Those of one item of the request, which keep their places whatever becomes of the others. */
  part(name: string): Steps;
}

/** What is kept of a transaction before it leaves: the envelope, signed, and the answer for each step that waits for it. */
export interface Leaving {
  readonly transactionId: string;
  readonly prepared: Uint8Array;
  readonly steps: readonly { readonly step: Step; readonly output: unknown }[];
}

export interface OutboxParts {
  readonly store: DurableStore;
  /** @returns undefined while no peer knows the transaction. */
  readonly find: (transactionId: string) => Promise<Pick<Commit, 'code'> | undefined>;
  /** Hands the orderers the very same envelope again, and waits for the verdict; undefined when none comes in time. */
  readonly sendAgain: (
    transactionId: string,
    prepared: Uint8Array,
  ) => Promise<Pick<Commit, 'code'> | undefined>;
  readonly lifeMs: number;
  readonly clock?: () => number;
}

/**
 * What is on its way to the orderers, on disk before it leaves. A process that is killed afterwards does not know whether
 * its transaction was ordered; since the network takes each transaction id once, sending the same envelope again brings a
 * verdict without doing anything twice.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #clock: () => number;
  readonly #settling = new Map<string, Promise<Pick<Commit, 'code'> | undefined>>();

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? Date.now;
  }

  /** @param request Names a request and whoever made it; the same for every repetition. */
  steps(request: string): Steps {
    let count = 0;
    return {
      next: () => {
        const key = `${stepPrefix}${request}/${String(count++).padStart(6, '0')}`;
        const known = async () => {
          const kept = keptStepSchema.parse(await this.#parts.store.get(key));
          return kept !== undefined && kept.at >= this.#clock() - this.#parts.lifeMs ? kept : undefined;
        };
        return { key, known };
      },
      part: (name) => this.steps(`${request}.${name}`),
    };
  }

  /** On disk when it resolves: only then may the transaction leave. */
  async keep({ transactionId, prepared, steps }: Leaving): Promise<void> {
    const at = this.#clock();
    const { store } = this.#parts;
    const envelope = { prepared: Buffer.from(prepared).toString('base64'), at };
    await Promise.all([
      store.put(sentPrefix + transactionId, envelope),
      ...steps.map(({ step, output }) => store.put(step.key, { transactionId, output, at })),
    ]);
  }

  /** The network has decided: nothing has to be sent again. */
  async decided(transactionId: string): Promise<void> {
    await this.#parts.store.delete(sentPrefix + transactionId);
  }

  /** The orderers refused it, so it never was: a repetition of its steps starts anew. */
  async withdrawn(transactionId: string, steps: readonly Step[]): Promise<void> {
    const { store } = this.#parts;
    await Promise.all([
      store.delete(sentPrefix + transactionId),
      ...steps.map(({ key }) => store.delete(key)),
    ]);
  }

  /**
   * The network's verdict on a transaction. What no peer knows is sent again first.
   *
   * @returns undefined when the network gives none in time.
   */
  settle(transactionId: string): Promise<Pick<Commit, 'code'> | undefined> {
    const present = this.#settling.get(transactionId);
    if (present !== undefined) return present;
    const settling = this.#settle(transactionId).finally(() => this.#settling.delete(transactionId));
    this.#settling.set(transactionId, settling);
    return settling;
  }

  /**
   * Settles what a crash, of this process or of the network, has left open, one after the other; one that cannot be
   * settled now holds up none of the others.
   *
   * @param until Leaves alone what left later, milliseconds since 1970: somebody still waits for it.
   * @throws the first failure, after all had their turn.
   */
  async settleAll(until: number): Promise<void> {
    const failures: unknown[] = [];
    for await (const [key, value] of this.#parts.store.entries(sentPrefix)) {
      try {
        const { at } = sentSchema.parse(value);
        if (at <= until) await this.settle(key.slice(sentPrefix.length));
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  /** How many transactions have left, or are about to, and have no verdict yet. */
  async countOpen(): Promise<number> {
    let count = 0;
    for await (const _entry of this.#parts.store.entries(sentPrefix)) count += 1;
    return count;
  }

  /** Forgets the steps of requests that are older than the promised life. */
  async expire(): Promise<void> {
    const { store, lifeMs } = this.#parts;
    const oldest = this.#clock() - lifeMs;
    for (const [prefix, schema] of [
      [stepPrefix, stepSchema],
      [sentPrefix, sentSchema],
    ] as const) {
      await forgetOlder(store, prefix, oldest, (value) => schema.parse(value).at);
    }
  }

  async #settle(transactionId: string): Promise<Pick<Commit, 'code'> | undefined> {
    const { store, find, sendAgain } = this.#parts;
    const found = await find(transactionId);
    if (found !== undefined) {
      await this.decided(transactionId);
      return found;
    }
    const kept = keptSentSchema.parse(await store.get(sentPrefix + transactionId));
    if (kept === undefined) return undefined;
    const sent = await sendAgain(transactionId, Buffer.from(kept.prepared, 'base64'));
    // A peer that did not know it, or did not answer, while it was in a block already, knows it now.
    const verdict = sent ?? (await find(transactionId));
    if (verdict !== undefined) await this.decided(transactionId);
    return verdict;
  }
}
