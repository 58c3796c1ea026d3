import { X509Certificate } from 'node:crypto';
import { Kept } from '../kept.js';
import { EvidenceError } from './evidence-error.js';

/** PEM of one certificate. */
type Pem = string | Uint8Array;

/** One for all organisations that this process serves: they read the same configuration and the same profile. */
const opened = new Kept<X509Certificate>(1_000);

/** The certificates by which the people and nodes of an MSP are known. */
export interface Authorities {
  readonly roots: readonly X509Certificate[];
  readonly intermediates: readonly X509Certificate[];
}

/**
 * Those of which each is opened when somebody's certificate is first held
 * against them: of the hundreds that share an MSP few sign what a gateway looks at, and blocks are signed by orderers only.
 */
export class LazyAuthorities implements Authorities {
  readonly #mspId: string;
  readonly #stated: { readonly roots: readonly Pem[]; readonly intermediates: readonly Pem[] };
  #roots: readonly X509Certificate[] | undefined;
  #intermediates: readonly X509Certificate[] | undefined;

  constructor(mspId: string, roots: readonly Pem[], intermediates: readonly Pem[] = []) {
    this.#mspId = mspId;
    this.#stated = { roots, intermediates };
  }

  /** @throws EvidenceError when one cannot be read. */
  get roots(): readonly X509Certificate[] {
    return (this.#roots ??= this.#stated.roots.map((pem) => this.#open(pem)));
  }

  /** @throws EvidenceError when one cannot be read. */
  get intermediates(): readonly X509Certificate[] {
    return (this.#intermediates ??= this.#stated.intermediates.map((pem) => this.#open(pem)));
  }

  #open(pem: Pem): X509Certificate {
    const text = typeof pem === 'string' ? pem : Buffer.from(pem).toString('latin1');
    return opened.of(text, () => {
      try {
        return new X509Certificate(pem);
      } catch {
        throw new EvidenceError(`A certificate of an authority of ${this.#mspId} cannot be read.`);
      }
    });
  }
}
