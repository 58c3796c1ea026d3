import type { Wallet, X509Identity } from 'fabric-network';
import { seal } from './seal.js';
import type { Shelf } from './shelf.js';
import { SealedWalletStore } from './wallet-store.js';

/** Certificate and private key of one person, both PEM. */
export interface Identity {
  readonly mspId: string;
  readonly certificate: string;
  readonly privateKey: string;
}

/** The identities that one gateway keeps, each encrypted under the secret of its person. */
export class IdentityStore {
  readonly #place: string | Shelf;
  readonly #masterKey: Uint8Array;

  /** @param place A folder, or a shelf of another kind. */
  constructor(place: string | Shelf, masterKey: Uint8Array) {
    this.#place = place;
    this.#masterKey = masterKey;
  }

  /** True when this secret can be tried on the stored identity instead of on the certificate authority. */
  holds(label: string): Promise<boolean> {
    return this.#store('').holdsSealed(label);
  }

  /**
   * @returns undefined when there is none.
   * @throws UnsealError when the secret is another one.
   */
  async open(label: string, secret: string): Promise<Identity | undefined> {
    const identity = await (await this.#wallet(secret)).get(label);
    if (identity === undefined) return undefined;
    if (!isX509(identity)) throw new TypeError(`The identity ${label} is not an X.509 identity.`);
    const { certificate, privateKey } = identity.credentials;
    return { mspId: identity.mspId, certificate, privateKey };
  }

  /** Takes as long as {@link open} with a wrong secret does, for whom there is nothing to open. */
  async pretend(secret: string): Promise<void> {
    await seal(new Uint8Array(), this.#masterKey, secret, '');
  }

  async save(label: string, secret: string, identity: Identity): Promise<void> {
    const { mspId, certificate, privateKey } = identity;
    const x509: X509Identity = { type: 'X.509', mspId, credentials: { certificate, privateKey } };
    await (await this.#wallet(secret)).put(label, x509);
  }

  async remove(label: string): Promise<void> {
    await this.#store('').remove(label);
  }

  async #wallet(secret: string): Promise<Wallet> {
    // Loaded when first needed: the package takes most of a second and half of it is a client that we do not use.
    const { Wallet } = await import('fabric-network');
    return new Wallet(this.#store(secret));
  }

  #store(secret: string): SealedWalletStore {
    return new SealedWalletStore(this.#place, this.#masterKey, secret);
  }
}

function isX509(identity: { readonly type: string }): identity is X509Identity {
  return identity.type === 'X.509';
}
