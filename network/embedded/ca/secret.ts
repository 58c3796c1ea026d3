import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** A secret as it is kept: nobody can read it back. */
export interface StoredSecret {
  /** Base64, as is the hash. */
  readonly salt: string;
  readonly hash: string;
  /** scrypt's N, so that it can be raised without locking anybody out. */
  readonly cost: number;
}

const COST = 2 ** 14;
const BYTES = 32;
const NOBODY: StoredSecret = { salt: '', hash: Buffer.alloc(BYTES).toString('base64'), cost: COST };

/** 144 random bits that can be typed and put into a URL. */
export function newSecret(): string {
  return randomBytes(18).toString('base64url');
}

/** What is kept instead of a secret: a salt of its own, and the cost, so that a dearer one can be told from it later. */
export async function hashSecret(secret: string): Promise<StoredSecret> {
  const salt = randomBytes(16);
  return {
    salt: salt.toString('base64'),
    hash: (await derive(secret, salt, COST)).toString('base64'),
    cost: COST,
  };
}

/** Whether this is the secret. Takes as long when there is no such identity, so that time does not tell who exists. */
export async function matchesSecret(stored: StoredSecret | undefined, secret: string): Promise<boolean> {
  const { salt, hash, cost } = stored ?? NOBODY;
  const derived = await derive(secret, Buffer.from(salt, 'base64'), cost);
  return timingSafeEqual(derived, Buffer.from(hash, 'base64')) && stored !== undefined;
}

function derive(secret: string, salt: Buffer, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, BYTES, { N: cost, r: 8, p: 1 }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
