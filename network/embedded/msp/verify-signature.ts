import { createHash, verify } from 'node:crypto';
import type { Identity } from './identity.js';
import { isLowS } from './low-s.js';

/**
 * Verifies signatures and remembers, up to a bound, those that were good: the same endorsement is verified when it
 * is collected, when it is ordered and when its block is validated. A bad one is never remembered, so that nobody
 * can push good ones out with rubbish that costs them nothing.
 */
export class SignatureVerifier {
  readonly #good = new Set<string>();
  readonly #capacity: number;

  constructor(capacity = 20_000) {
    this.#capacity = capacity;
  }

  verify(identity: Identity, message: Uint8Array, signature: Uint8Array): boolean {
    // The memo's key covers all three inputs: the same signature under another message is another question.
    const digest = createHash('sha256').update(message).digest('binary');
    const question = `${identity.id}:${digest}${Buffer.from(signature).toString('latin1')}`;
    if (this.#good.has(question)) return true;
    if (!isGood(identity, message, signature)) return false;
    if (this.#good.size >= this.#capacity) {
      for (const oldest of this.#good) {
        this.#good.delete(oldest);
        break;
      }
    }
    this.#good.add(question);
    return true;
  }
}

function isGood({ publicKey }: Identity, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.asymmetricKeyType === 'ed25519') return verify(null, message, publicKey, signature);
  return isLowS(signature) && verify('sha256', message, publicKey, signature);
}
