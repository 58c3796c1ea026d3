import { createHmac } from 'node:crypto';
import { factTypes } from '@pledgeonce/chaincode/schemas.js';
import { documentNumber, keyText } from '@pledgeonce/chaincode/rules/document-keys.js';
import { exporter } from '../../acceptance/support/documents.js';
import { type Hashes, sha256 } from './public-places.js';

/** Kinds of ids that are made of a document's number, as anybody reads in the source. */
const kinds = ['fact', 'link', 'shared-number', 'near'] as const;
/** Letters of private keys under which such an id lies. */
const letters = ['F', 'L', 'N', 'U', 'V'];
type Type = (typeof factTypes)[number];

/** Keys that somebody might have left in place. */
export const guessableKeys: readonly Buffer[] = ['', 'pledgeonce', '\0'.repeat(32)].map((key) =>
  Buffer.from(key),
);

/**
 * Holds a number against every hash that the blocks have, as an outsider can who knows the source: the plain hash of whatever
 * the registry hashes of it, and its keyed hash under each of these keys.
 *
 * @returns whether any of them is there.
 */
export function isRecognised(type: Type, number: string, keys: readonly Buffer[], hashes: Hashes): boolean {
  return textsOf(type, number).some((text) => {
    const plain = sha256(text);
    if (hashes.ids.has(plain) || hashes.keys.has(plain) || hashes.values.has(plain)) return true;
    return keys.some((key) =>
      kinds.some((kind) => {
        const id = createHmac('sha256', key).update(`${kind}\n${text}`).digest('hex');
        return hashes.ids.has(id) || letters.some((letter) => hashes.keys.has(sha256(`${letter}~${id}`)));
      }),
    );
  });
}

/** What the registry hashes of a document: under its number alone, its issuer's id, and the link by which others cite it. */
function textsOf(type: Type, given: string): readonly string[] {
  const number = documentNumber(type, given, {}, 'number');
  const open = keyText({ type, issuer: undefined, number });
  const issued = keyText({ type, issuer: exporter, number });
  return [number, open, issued];
}
