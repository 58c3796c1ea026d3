import { z } from 'zod';
import { seal } from './seal.js';
import type { Shelf } from './shelf.js';
import { SealedWalletStore } from './wallet-store.js';

/** Certificate and private key of one person, both PEM. */
export interface Identity {
  readonly mspId: string;
  readonly certificate: string;
  readonly privateKey: string;
}

/**
 * An identity as fabric-network's wallet writes it. Written here: that package takes most of a second to load, half of it for
 * a client that we do not use, and every start of a gateway opens identities.
 */
const record = z.object({
  credentials: z.object({ certificate: z.string(), privateKey: z.string() }),
  mspId: z.string(),
  type: z.literal('X.509'),
  version: z.literal(1),
});

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
    const content = await this.#store(secret).get(label);
    if (content === undefined) return undefined;
    const read = record.safeParse(JSON.parse(content.toString('utf8')));
    if (!read.success) throw new TypeError(`The identity ${label} is not an X.509 identity.`);
    const { mspId, credentials } = read.data;
    return { mspId, ...credentials };
  }

  /** Takes as long as {@link open} with a wrong secret does, for whom there is nothing to open. */
  async pretend(secret: string): Promise<void> {
    await seal(new Uint8Array(), this.#masterKey, secret, '');
  }

  async save(label: string, secret: string, identity: Identity): Promise<void> {
    const { mspId, certificate, privateKey } = identity;
    const written: z.infer<typeof record> = {
      credentials: { certificate, privateKey },
      mspId,
      type: 'X.509',
      version: 1,
    };
    await this.#store(secret).put(label, Buffer.from(JSON.stringify(written)));
  }

  async remove(label: string): Promise<void> {
    await this.#store('').remove(label);
  }

  #store(secret: string): SealedWalletStore {
    return new SealedWalletStore(this.#place, this.#masterKey, secret);
  }
}
