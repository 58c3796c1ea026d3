import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { seal, unseal } from '../people/seal.js';
import type { Webhook } from './webhook.js';

/** What receivers know a key by, as Standard Webhooks 1.0 writes it. */
const publicPrefix = 'whpk_';

/** The keys that sign what webhooks are sent: each has its own, so that no receiver can pass a message on as another's. */
export class SigningKeys {
  readonly #masterKey: Uint8Array;
  readonly #opened = new Map<string, KeyObject>();

  /** @param masterKey under which the private keys are sealed on disk. */
  constructor(masterKey: Uint8Array) {
    this.#masterKey = masterKey;
  }

  async make(webhook: string): Promise<Pick<Webhook, 'sealedKey' | 'publicKey'>> {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const secret = privateKey.export({ format: 'der', type: 'pkcs8' });
    const sealed = await seal(secret, this.#masterKey, '', contextOf(webhook));
    return { sealedKey: sealed.toString('base64'), publicKey: publicPrefix + rawOf(publicKey) };
  }

  /**
   * Every key that signs at this time, the present one first.
   *
   * @throws UnsealError when the gateway's master key is another one.
   */
  async of(webhook: Pick<Webhook, 'id' | 'sealedKey' | 'formerKey'>, now: number): Promise<KeyObject[]> {
    const { id, sealedKey, formerKey } = webhook;
    const isFormerGood = formerKey !== undefined && Date.parse(formerKey.until) > now;
    const sealed = [sealedKey, ...(isFormerGood ? [formerKey.sealedKey] : [])];
    return Promise.all(sealed.map((one) => this.#open(id, one)));
  }

  async #open(id: string, sealedKey: string): Promise<KeyObject> {
    const known = this.#opened.get(sealedKey);
    if (known !== undefined) return known;
    const sealed = Buffer.from(sealedKey, 'base64');
    const secret = await unseal(sealed, this.#masterKey, '', contextOf(id));
    const opened = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' });
    this.#opened.set(sealedKey, opened);
    return opened;
  }
}

/** The headers by which a receiver knows who sent a message, and that it is no old one. */
export function signedHeaders(
  keys: readonly KeyObject[],
  message: { readonly id: string; readonly body: string },
  now: number,
): Readonly<Record<string, string>> {
  const seconds = Math.floor(now / 1_000);
  const signed = Buffer.from(`${message.id}.${seconds}.${message.body}`);
  // A receiver takes it by whichever of the keys it knows.
  const signatures = keys.map((key) => `v1a,${sign(null, signed, key).toString('base64')}`);
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  };
}

/** The 32 bytes of the key, without what says of what kind it is. */
function rawOf(key: KeyObject): string {
  const { x } = key.export({ format: 'jwk' });
  return Buffer.from(x ?? '', 'base64url').toString('base64');
}

function contextOf(webhook: string): string {
  return `webhook/${webhook}`;
}
