import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';

/** Work factor of scrypt: about 60 ms and 32 MiB per guess on a server of today. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/** What a secret has closed can be guessed at, what only the master key has closed cannot: that needs no stretching. */
const kinds = ['scrypt-aes-256-gcm', 'hkdf-aes-256-gcm'] as const;
type Kind = (typeof kinds)[number];

const envelopeSchema = z.strictObject({
  sealed: z.enum(kinds),
  version: z.literal(1),
  salt: z.base64(),
  nonce: z.base64(),
  tag: z.base64(),
  data: z.base64(),
});

/** The content does not open with this secret: the secret is another one, or someone altered the file. */
export class UnsealError extends Error {
  override readonly name = 'UnsealError';
}

/** True when these bytes were written by {@link seal}, whatever the secret. */
export function isSealed(bytes: Uint8Array): boolean {
  return readEnvelope(bytes) !== undefined;
}

/**
 * Encrypts under a secret that a person knows together with a key that only the gateway's host holds: a stolen
 * file cannot be guessed offline without the host's key, and the host alone cannot sign for the person.
 *
 * @param secret Empty where the host's key alone opens it.
 * @param context Bound to the content, so that one person's file cannot be passed off as another's.
 */
export async function seal(
  plain: Uint8Array,
  masterKey: Uint8Array,
  secret: string,
  context: string,
): Promise<Buffer> {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const kind: Kind = secret === '' ? 'hkdf-aes-256-gcm' : 'scrypt-aes-256-gcm';
  const cipher = createCipheriv('aes-256-gcm', await keys[kind](masterKey, secret, salt), nonce);
  cipher.setAAD(Buffer.from(context));
  const data = Buffer.concat([cipher.update(plain), cipher.final()]);
  const envelope: z.infer<typeof envelopeSchema> = {
    sealed: kind,
    version: 1,
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
  return Buffer.from(JSON.stringify(envelope));
}

/**
 * Opens what {@link seal} closed.
 *
 * @throws UnsealError with any other secret, key or context.
 */
export async function unseal(
  sealed: Uint8Array,
  masterKey: Uint8Array,
  secret: string,
  context: string,
): Promise<Buffer> {
  const envelope = readEnvelope(sealed);
  if (envelope === undefined) throw new UnsealError('The content is not sealed.');
  const key = await keys[envelope.sealed](masterKey, secret, Buffer.from(envelope.salt, 'base64'));
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(envelope.nonce, 'base64'), {
    authTagLength: 16,
  });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(Buffer.from(envelope.tag, 'base64'));
  try {
    return Buffer.concat([decipher.update(Buffer.from(envelope.data, 'base64')), decipher.final()]);
  } catch (error) {
    throw new UnsealError('The secret does not open this content.', { cause: error });
  }
}

function readEnvelope(bytes: Uint8Array): z.infer<typeof envelopeSchema> | undefined {
  try {
    return envelopeSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

type Derive = (masterKey: Uint8Array, secret: string, salt: Uint8Array) => Promise<Buffer>;

/** How the key of an envelope is made, by what the envelope says. Older ones are stretched whatever closed them. */
const keys: Readonly<Record<Kind, Derive>> = {
  'scrypt-aes-256-gcm': stretched,
  'hkdf-aes-256-gcm': (masterKey, secret, salt) =>
    Promise.resolve(Buffer.from(hkdfSync('sha256', peppered(masterKey, secret), salt, 'sealed', 32))),
};

function peppered(masterKey: Uint8Array, secret: string): Buffer {
  return createHmac('sha256', masterKey).update(secret.normalize('NFKC')).digest();
}

function stretched(masterKey: Uint8Array, secret: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(peppered(masterKey, secret), salt, 32, cost, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
