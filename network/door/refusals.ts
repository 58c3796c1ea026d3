import type { Logger } from 'pino';
import type { Admitted } from './admission.js';

/** Whoever floods a door would else flood its log. */
const everyMs = 10_000;

/** Tells the operator who is refused, how often and why, every ten seconds at most. */
export class Refusals {
  readonly #log: Logger;
  readonly #counts = new Map<string, { count: number; reason: string }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  note({ mspId = 'nobody', refusal }: Admitted): void {
    if (refusal === undefined) return;
    const { count } = this.#counts.get(mspId) ?? { count: 0 };
    this.#counts.set(mspId, { count: count + 1, reason: refusal.info });
    this.#timer ??= setTimeout(() => {
      this.#tell();
    }, everyMs).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#tell();
  }

  #tell(): void {
    this.#timer = undefined;
    for (const [member, { count, reason }] of this.#counts) {
      this.#log.warn({ member, count, reason }, 'envelopes refused; the reason is that of the last');
    }
    this.#counts.clear();
  }
}
