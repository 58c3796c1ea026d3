import { createHash, randomBytes } from 'node:crypto';
import type { Begun } from './identity-provider.js';

/** How long a person has at the provider. */
export const patienceMs = 10 * 60_000;
/** Whoever begins more than these at once pushes the oldest out. */
const most = 10_000;

/** Sign-ins that are under way at the provider, each bound to the browser that began it. */
export class BegunSignIns {
  readonly #clock: () => number;
  readonly #begun = new Map<string, { readonly begun: Begun; readonly endsAt: number }>();

  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
  }

  /** @returns what the browser keeps, and shows when it comes back. */
  add(begun: Begun): string {
    const now = this.#clock();
    for (const [name, { endsAt }] of this.#begun) {
      if (endsAt > now && this.#begun.size < most) break;
      this.#begun.delete(name);
    }
    const ticket = randomBytes(32).toString('base64url');
    this.#begun.set(nameOf(ticket), { begun, endsAt: now + patienceMs });
    return ticket;
  }

  /** Once. @returns undefined for what this browser has not begun, or too long ago. */
  take(ticket: string): Begun | undefined {
    const found = this.#begun.get(nameOf(ticket));
    this.#begun.delete(nameOf(ticket));
    return found === undefined || found.endsAt <= this.#clock() ? undefined : found.begun;
  }
}

function nameOf(ticket: string): string {
  return createHash('sha256').update(ticket).digest('base64url');
}
