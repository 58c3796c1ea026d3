import { createHmac, randomBytes } from 'node:crypto';
import { likelihood } from './compare.js';
import { guessableKeys, isRecognised } from './dictionary.js';
import { type Hashes, sha256 } from './public-places.js';

const number = '221820260123456789';
const text = `customs-declaration\n*\n${number}`;
const idUnder = (key: Buffer) => createHmac('sha256', key).update(`fact\n${text}`).digest('hex');
const hashes = (changes: Partial<Hashes>): Hashes => ({
  ids: new Set(),
  keys: new Set(),
  values: new Set(),
  ...changes,
});
const guess = (found: Hashes, keys = guessableKeys) =>
  isRecognised('customs-declaration', number, keys, found);

describe('a guess at a number', () => {
  it('is confirmed by a plain hash, by one under a key that is guessed, and by the hash of a private key', () => {
    const [key = Buffer.alloc(0)] = guessableKeys.slice(1);
    expect(guess(hashes({ values: new Set([sha256(number)]) }))).toBe(true);
    expect(guess(hashes({ ids: new Set([idUnder(key)]) }))).toBe(true);
    expect(guess(hashes({ keys: new Set([sha256(`U~${idUnder(key)}`)]) }))).toBe(true);
  });

  it('is not confirmed by an id under a secret key, unless whoever guesses has that key', () => {
    const secret = randomBytes(32);
    const found = hashes({ ids: new Set([idUnder(secret)]) });
    expect(guess(found)).toBe(false);
    expect(guess(found, [secret])).toBe(true);
  });
});

describe('how often one took longer than the other', () => {
  it('is a half of the same, and all or nothing of what never meets', () => {
    expect(likelihood([1, 2, 3], [1, 2, 3])).toBe(0.5);
    expect([likelihood([5, 6], [1, 2]), likelihood([1, 2], [5, 6])]).toEqual([1, 0]);
  });
});
