import { createHmac } from 'node:crypto';
import { catalogue } from '@pledgeonce/chaincode/catalogue.js';
import type { factTypes } from '@pledgeonce/chaincode/schemas.js';
import { documentNumber, keyText, linkText } from '@pledgeonce/chaincode/rules/document-keys.js';
import { digitsOf } from '@pledgeonce/chaincode/rules/near-keys.js';
import { partyText } from '@pledgeonce/chaincode/rules/parties.js';
import { exporter } from '../../acceptance/support/documents.js';
import { type Hashes, sha256 } from './public-places.js';

type Type = (typeof factTypes)[number];

/** Something of a document whose keyed hash is an id of the registry, as anybody reads in the source. */
export interface Place {
  readonly kind: string;
  readonly text: string;
  /** Letters of keys under which such an id lies; the private ones stand hashed in blocks. */
  readonly letters: readonly string[];
}

/** Keys that somebody might have left in place. */
export const guessableKeys: readonly Buffer[] = ['', 'pledgeonce', '\0'.repeat(32)].map((key) =>
  Buffer.from(key),
);
/** Who has tried check codes. */
const openers = ['BankAMSP', 'BankBMSP'];

/** Everything of a document that its number, its type and a known exporter tell, and that the registry makes ids of. */
export function placesOf(type: Type, given: string): readonly Place[] {
  const number = documentNumber(type, given, {}, 'number');
  const { family } = catalogue[type];
  const [open, issued] = [undefined, exporter].map((issuer) => keyText({ type, issuer, number }));
  const place = (kind: string, text: string, ...letters: readonly string[]) => ({ kind, text, letters });
  return [
    ...[open, issued].map((text = '') => place('fact', text, 'F', 'FK')),
    ...[open, issued].map((text = '') => place('shared-number', text, 'FN')),
    ...[undefined, exporter].map((firm) => place('link', linkText(family, firm, number), 'L')),
    place('near', `digits\n${partyText(exporter)}\n${digitsOf(number)}`, 'N'),
    ...openers.map((bank) => place('opening', `${bank}\n${open ?? ''}`, 'V')),
  ];
}

/**
 * Holds a number against every hash that the blocks have, as an outsider can who knows the source: the plain hash of whatever
 * the registry hashes of it, and its keyed hash under each of these keys.
 *
 * @returns as what of the document it was recognised.
 */
export function recognisedAs(
  type: Type,
  number: string,
  keys: readonly Buffer[],
  hashes: Hashes,
): readonly string[] {
  const found = [number, ...placesOf(type, number).map(({ text }) => text)].some((text) =>
    isPlain(sha256(text), hashes),
  );
  const kinds = placesOf(type, number).flatMap(({ kind, text, letters }) => {
    const ids = keys.map((key) => createHmac('sha256', key).update(`${kind}\n${text}`).digest('hex'));
    const isThere = (id: string) =>
      hashes.ids.has(id) || letters.some((letter) => hashes.keys.has(sha256(`${letter}~${id}`)));
    return ids.some(isThere) ? [kind] : [];
  });
  return [...new Set([...(found ? ['a plain hash'] : []), ...kinds])];
}

function isPlain(hash: string, { ids, keys, values }: Hashes): boolean {
  return ids.has(hash) || keys.has(hash) || values.has(hash);
}
