import type { Signatory } from '../ledger/signatory.js';
import { needsRenewal } from './service-identity.js';

type Opened = Pick<Signatory, 'certificate' | 'close'>;

/**
 * Signs what a deadline demands. Opened when first needed, and again before its certificate ends: a gateway runs longer
 * than a certificate lives, and nobody signs in for the clerk.
 */
export class ClerkSignatory<T extends Opened = Signatory> {
  readonly #open: () => Promise<T>;
  readonly #clock: () => number;
  #present: Promise<T> | undefined;

  constructor(open: () => Promise<T>, clock: () => number = Date.now) {
    this.#open = open;
    this.#clock = clock;
  }

  async get(): Promise<T> {
    const present = await this.#present;
    if (present !== undefined && needsRenewal(present, this.#clock())) {
      present.close();
      this.#present = undefined;
    }
    this.#present ??= this.#open().catch((error: unknown) => {
      this.#present = undefined;
      throw error;
    });
    return this.#present;
  }

  async close(): Promise<void> {
    (await this.#present)?.close();
  }
}
