import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import type { OfferTerms } from '../offers/api.js';

/**
 * What a bank puts on the ledger in place of its offer. Request and bank are part of it, so that a competitor cannot
 * pass a copied commitment off as its own; the salt is random, so that nobody can try out likely rates.
 *
 * @param salt 32 bytes, base64.
 * @returns hexadecimal SHA-256.
 */
export function commitmentOf(request: string, bank: string, salt: string, terms: OfferTerms): string {
  return createHash('sha256')
    .update(Buffer.from(salt, 'base64'))
    .update(canonicalJson({ request, bank, terms }))
    .digest('hex');
}
