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
/** For what nobody can guess: 144 random bits. */
const LEAST_COST = 2;
const BYTES = 32;
const NOBODY: StoredSecret = { salt: '', hash: Buffer.alloc(BYTES).toString('base64'), cost: COST };

/** 144 random bits that can be typed and put into a URL. */
export function newSecret(): string {
  return randomBytes(18).toString('base64url');
}

/**
 * What is kept instead of a secret: a salt of its own, and the cost, so that a dearer one can be told from it later.
 *
 * @param isRandom Whether it was just made by {@link newSecret}: nobody guesses it, however cheap a guess is.
 */
export async function hashSecret(secret: string, isRandom = false): Promise<StoredSecret> {
  const salt = randomBytes(16);
  const cost = isRandom ? LEAST_COST : COST;
  return { salt: salt.toString('base64'), hash: (await derive(secret, salt, cost)).toString('base64'), cost };
}

/** Whether this is the secret. A wrong one takes as long whoever it is shown for, so that time does not tell who exists. */
export async function matchesSecret(stored: StoredSecret | undefined, secret: string): Promise<boolean> {
  const { salt, hash, cost } = stored ?? NOBODY;
  const derived = await derive(secret, Buffer.from(salt, 'base64'), cost);
  const isRight = timingSafeEqual(derived, Buffer.from(hash, 'base64')) && stored !== undefined;
  if (!isRight && cost < COST) await derive(secret, Buffer.from(salt, 'base64'), COST);
  return isRight;
}

function derive(secret: string, salt: Buffer, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, BYTES, { N: cost, r: 8, p: 1 }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
