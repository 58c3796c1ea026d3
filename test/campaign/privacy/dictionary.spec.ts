import { createHmac, randomBytes } from 'node:crypto';
import { likelihood } from './compare.js';
import { guessableKeys, placesOf, recognisedAs } from './dictionary.js';
import { templates } from './guesser.js';
import { type Hashes, sha256 } from './public-places.js';

const number = '221820260123456789';
const text = `customs-declaration\n*\n${number}`;
const idUnder = (key: Buffer, kind = 'fact', of = text) =>
  createHmac('sha256', key).update(`${kind}\n${of}`).digest('hex');
const hashes = (changes: Partial<Hashes>): Hashes => ({
  ids: new Set(),
  keys: new Set(),
  values: new Set(),
  ...changes,
});
const guess = (found: Hashes, keys = guessableKeys) =>
  recognisedAs('customs-declaration', number, keys, found);

describe('a guess at a number', () => {
  it('is confirmed by a plain hash, by one under a key that is guessed, and by the hash of a private key', () => {
    const [key = Buffer.alloc(0)] = guessableKeys.slice(1);
    expect(guess(hashes({ values: new Set([sha256(number)]) }))).toEqual(['a plain hash']);
    expect(guess(hashes({ ids: new Set([idUnder(key)]) }))).toEqual(['fact']);
    expect(guess(hashes({ keys: new Set([sha256(`FK~${idUnder(key)}`)]) }))).toEqual(['fact']);
    const link = idUnder(key, 'link', `declaration\n*\n${number}`);
    expect(guess(hashes({ keys: new Set([sha256(`L~${link}`)]) }))).toEqual(['link']);
  });

  it('is not confirmed by an id under a secret key, unless whoever guesses has that key', () => {
    const secret = randomBytes(32);
    const found = hashes({ ids: new Set([idUnder(secret)]) });
    expect(guess(found)).toEqual([]);
    expect(guess(found, [secret])).toEqual(['fact']);
  });
});

describe('many guesses at a time', () => {
  it('differ in nothing but the number from one guess', () => {
    const { plain, keyed } = templates('customs-declaration', '221820260', 9);
    expect(plain.map((before) => before + number)).toContain(text);
    const places = placesOf('customs-declaration', number);
    expect(keyed.map(({ before, letters }) => [before + number, letters])).toEqual(
      places.map(({ kind, text: of, letters }) => [`${kind}\n${of}`, letters]),
    );
  });
});

describe('how often one took longer than the other', () => {
  it('is a half of the same, and all or nothing of what never meets', () => {
    expect(likelihood([1, 2, 3], [1, 2, 3])).toBe(0.5);
    expect([likelihood([5, 6], [1, 2]), likelihood([1, 2], [5, 6])]).toEqual([1, 0]);
  });
});
