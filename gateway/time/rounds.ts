import type { Logger } from 'pino';

/**
 * Everything that is done again and again, by what the log says when a round fails. Whoever adds one adds it to the tasks
 * of `testing/played-rounds.ts` as well: a spec plays each with more than its page, and with one that fails.
 */
export const roundNames = [
  'deadlines not attended to',
  'loans not attended to',
  'claims past their time or rate not swept',
  'open transactions not settled',
  'old requests not removed',
  'entries not put under the new fingerprint key',
  'documents of a stated firm not linked',
  'certificate authority not asked',
  'webhooks not attended to',
  'ends of certificates not looked at',
] as const;
export type RoundName = (typeof roundNames)[number];

/** Does something again and again, one round at a time; a round that fails is logged and tried in the next. */
export class Rounds {
  readonly #everyMs: number;
  readonly #work: () => Promise<void>;
  readonly #failed: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;

  constructor(everyMs: number, work: () => Promise<void>, log: Logger, complaint: RoundName) {
    this.#everyMs = everyMs;
    this.#work = work;
    this.#failed = (error) => {
      log.warn({ err: error }, complaint);
    };
  }

  /** @param firstMs when the first round is, counted from now; as long off as the second is from it unless given. */
  start(firstMs = this.#everyMs): void {
    this.#timer = setTimeout(() => {
      this.#timer = setInterval(() => {
        this.#begin();
      }, this.#everyMs);
      this.#begin();
    }, firstMs);
  }

  /** Waits for the present round. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#round;
  }

  #begin(): void {
    this.#round ??= this.#work()
      .catch(this.#failed)
      .finally(() => {
        this.#round = undefined;
      });
  }
}
