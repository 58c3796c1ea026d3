import type { Logger } from 'pino';
import { readRefused, writeRefused, type Refused, type RefusalReason } from './refused-file.js';

/** Whoever floods a door would else flood its log. */
const everyMs = 10_000;

/** Something that goes no further. */
export interface Refusal {
  /** Undefined of a stranger. */
  readonly mspId: string | undefined;
  readonly reason: RefusalReason;
  /** What whoever sent it is told. */
  readonly info: string;
}

export interface RefusalParts {
  readonly log: Logger;
  /** Where the counts lie for the gateway of the organisation; nowhere unless given. */
  readonly file?: string | undefined;
  readonly clock?: (() => number) | undefined;
}

/**
 * Tells the operator who is refused, how often and why, every ten seconds at most: in the log what came in them, in the file
 * all there ever was. Members and reasons are few, so neither grows.
 */
export class Refusals {
  readonly #parts: RefusalParts;
  readonly #totals: Map<string, Refused>;
  readonly #untold = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: RefusalParts) {
    this.#parts = parts;
    const kept = parts.file === undefined ? [] : readRefused(parts.file);
    this.#totals = new Map(kept.map((one) => [nameOf(one), one]));
  }

  note({ mspId, reason, info }: Refusal): void {
    const name = nameOf({ mspId, reason });
    const lastAt = new Date((this.#parts.clock ?? Date.now)()).toISOString();
    const { count, firstAt } = this.#totals.get(name) ?? { count: 0, firstAt: lastAt };
    const whose = mspId === undefined ? {} : { mspId };
    this.#totals.set(name, { ...whose, reason, count: count + 1, firstAt, lastAt, info });
    this.#untold.set(name, (this.#untold.get(name) ?? 0) + 1);
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
    if (this.#untold.size === 0) return;
    const { log, file } = this.#parts;
    for (const [name, count] of this.#untold) {
      const { mspId: member = 'nobody', info: reason } = this.#totals.get(name) ?? { info: '' };
      log.warn({ member, count, reason }, 'refused at the door; the reason is that of the last');
    }
    this.#untold.clear();
    if (file === undefined) return;
    try {
      writeRefused(file, [...this.#totals.values()]);
    } catch (error) {
      log.error({ err: error }, 'what the door refused could not be kept');
    }
  }
}

function nameOf({
  mspId = '',
  reason,
}: Pick<Refused, 'mspId' | 'reason'> | Pick<Refusal, 'mspId' | 'reason'>): string {
  return `${mspId}/${reason}`;
}
