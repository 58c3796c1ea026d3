import type { Signatory } from '../ledger/signatory.js';
import { renewalOf } from './service-identity.js';

type Opened = Pick<Signatory, 'certificate' | 'close'>;

/**
 * Signs what a deadline demands. Opened when first needed, and again before its certificate ends: a gateway runs longer
 * than a certificate lives, and nobody signs in for the clerk.
 */
export class ClerkSignatory<T extends Opened = Signatory> {
  readonly #open: () => Promise<T>;
  readonly #clock: () => number;
  #present: Promise<{ readonly signatory: T; readonly renewAt: number }> | undefined;

  constructor(open: () => Promise<T>, clock: () => number = Date.now) {
    this.#open = open;
    this.#clock = clock;
  }

  async get(): Promise<T> {
    const present = await this.#present;
    if (present !== undefined && present.renewAt <= this.#clock()) {
      present.signatory.close();
      this.#present = undefined;
    }
    this.#present ??= this.#opened().catch((error: unknown) => {
      this.#present = undefined;
      throw error;
    });
    return (await this.#present).signatory;
  }

  async close(): Promise<void> {
    (await this.#present)?.signatory.close();
  }

  async #opened(): Promise<{ readonly signatory: T; readonly renewAt: number }> {
    const signatory = await this.#open();
    return { signatory, renewAt: renewalOf(signatory) };
  }
}
