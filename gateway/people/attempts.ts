import { isIPv4, isIPv6 } from 'node:net';
import { LockOut } from './lock-out.js';

/** Attempts of one person from one address that wait for the one under way. */
const mostWaiting = 20;
/** Attempts of everybody that are worked on at once: each takes a core and 32 MiB for a while. */
const mostAtOnce = 4;
const mostWaitingForWork = 100;

/** Why an attempt is not made at all. */
export class AttemptRefusedError extends Error {
  override readonly name = 'AttemptRefusedError';

  constructor(
    readonly reason: 'paused' | 'busy',
    /** Time to wait before the next attempt, milliseconds. */
    readonly waitMs: number,
  ) {
    super(reason);
  }
}

/**
 * Lets attempts to sign in happen one at a time for each person from each address, and few at once in all. An attempt is
 * counted before any work is done for it, so that many at once are not all free; and it is counted for the pair of person
 * and address, so that nobody can lock another out.
 */
export class Attempts {
  readonly #lockOut: LockOut;
  readonly #lines = new Map<string, { waiting: number; last: Promise<unknown> }>();
  readonly #idle: (() => void)[] = [];
  #atWork = 0;

  constructor(clock: () => number = Date.now) {
    this.#lockOut = new LockOut(clock);
  }

  /**
   * @param proves Resolves with undefined for a wrong secret; what it throws counts as an attempt too.
   * @throws AttemptRefusedError
   */
  async make<T>(
    person: string,
    address: string,
    proves: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const pair = `${addressKey(address)}\n${person}`;
    return this.#inLine(pair, async () => {
      const waitMs = this.#lockOut.wait(pair);
      if (waitMs > 0) throw new AttemptRefusedError('paused', waitMs);
      return this.#atOnce(async () => {
        this.#lockOut.failed(pair);
        const proven = await proves();
        if (proven !== undefined) this.#lockOut.succeeded(pair);
        return proven;
      });
    });
  }

  /** Failures in a row of this person from this address. */
  failures(person: string, address: string): number {
    return this.#lockOut.failures(`${addressKey(address)}\n${person}`);
  }

  async #inLine<T>(pair: string, work: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(pair) ?? { waiting: 0, last: Promise.resolve() };
    if (line.waiting >= mostWaiting) throw new AttemptRefusedError('busy', 1_000);
    this.#lines.set(pair, line);
    line.waiting += 1;
    const mine = line.last.then(work, work);
    line.last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      line.waiting -= 1;
      if (line.waiting === 0) this.#lines.delete(pair);
    }
  }

  async #atOnce<T>(work: () => Promise<T>): Promise<T> {
    if (this.#atWork >= mostAtOnce) {
      if (this.#idle.length >= mostWaitingForWork) throw new AttemptRefusedError('busy', 1_000);
      await new Promise<void>((resolve) => {
        this.#idle.push(resolve);
      });
    } else {
      this.#atWork += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#idle.shift();
      if (next === undefined) this.#atWork -= 1;
      else next();
    }
  }
}

/** What counts as one address: of IPv6 the network, because whoever has one address there has them all. */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (isIPv4(mapped) || !isIPv6(mapped)) return mapped;
  const [head = '', tail] = mapped.toLowerCase().split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
