import type { Logger } from 'pino';

/** Does something again and again, one round at a time; a round that fails is logged and tried in the next. */
export class Rounds {
  readonly #everyMs: number;
  readonly #work: () => Promise<void>;
  readonly #failed: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;

  constructor(everyMs: number, work: () => Promise<void>, log: Logger, complaint: string) {
    this.#everyMs = everyMs;
    this.#work = work;
    this.#failed = (error) => {
      log.warn({ err: error }, complaint);
    };
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#round ??= this.#work()
        .catch(this.#failed)
        .finally(() => {
          this.#round = undefined;
        });
    }, this.#everyMs);
  }

  /** Waits for the present round. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#round;
  }
}
