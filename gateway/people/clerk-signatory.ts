import type { Signatory } from '../ledger/signatory.js';
import { renewalOf, retryMs } from './service-identity.js';

type Opened = Pick<Signatory, 'certificate' | 'close'>;

interface Present<T> {
  readonly signatory: T;
  readonly renewAt: number;
}

/**
 * Signs what a deadline demands. Opened when first needed, and again before its certificate ends: a gateway runs longer
 * than a certificate lives, and nobody signs in for the clerk.
 */
export class ClerkSignatory<T extends Opened = Signatory> {
  readonly #open: () => Promise<T>;
  readonly #clock: () => number;
  #present: Promise<Present<T>> | undefined;

  constructor(open: () => Promise<T>, clock: () => number = Date.now) {
    this.#open = open;
    this.#clock = clock;
  }

  async get(): Promise<T> {
    const opening = (this.#present ??= this.#begin(this.#opened()));
    const present = await opening;
    if (present.renewAt > this.#clock()) return present.signatory;
    // Several may have waited: the first of them asks for all.
    if (this.#present === opening) this.#present = this.#begin(this.#followed(present));
    return this.get();
  }

  async close(): Promise<void> {
    (await this.#present)?.signatory.close();
  }

  #begin(opening: Promise<Present<T>>): Promise<Present<T>> {
    return opening.catch((error: unknown) => {
      this.#present = undefined;
      throw error;
    });
  }

  /** While no other certificate is to be had, whoever works with the present one goes on undisturbed. */
  async #followed(present: Present<T>): Promise<Present<T>> {
    const next = await this.#opened();
    const isAnother = next.signatory.certificate !== present.signatory.certificate;
    (isAnother ? present : next).signatory.close();
    return isAnother ? next : { ...present, renewAt: next.renewAt };
  }

  async #opened(): Promise<Present<T>> {
    const signatory = await this.#open();
    return { signatory, renewAt: Math.max(renewalOf(signatory), this.#clock() + retryMs) };
  }
}
