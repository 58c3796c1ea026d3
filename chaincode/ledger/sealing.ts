import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

const tagLength = 16;

/**
 * Encrypts an answer for the caller: a submitted transaction's answer becomes part of a block that every member reads.
 * All endorsers must give the same bytes, so the nonce comes from the transaction; the key must be fresh per request.
 *
 * @param key 32 random bytes chosen by the caller.
 */
export function seal(answer: string, key: Uint8Array, transactionId: string): string {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(transactionId));
  const sealed = Buffer.concat([cipher.update(answer, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return JSON.stringify({ sealed: sealed.toString('base64') });
}

/**
 * Opens a sealed answer.
 *
 * @param payload what the transaction returned.
 * @throws Error when it was not sealed with this key for this transaction.
 */
export function unseal(payload: string, key: Uint8Array, transactionId: string): string {
  const parsed: unknown = JSON.parse(payload);
  if (
    typeof parsed !== 'object' ||
    parsed === null ||
    !('sealed' in parsed) ||
    typeof parsed.sealed !== 'string'
  ) {
    throw new Error('the answer of the ledger is not sealed');
  }
  const sealed = Buffer.from(parsed.sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(transactionId));
  decipher.setAuthTag(sealed.subarray(-tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(0, -tagLength)), decipher.final()]).toString('utf8');
}

function nonceOf(transactionId: string): Uint8Array {
  return createHash('sha256').update(transactionId).digest().subarray(0, 12);
}

/** Members of an answer that mean nothing to an outsider; everything else is left out of an answer without a key. */
const opaque: ReadonlySet<string> = new Set([
  'items',
  'index',
  'fact',
  'claim',
  'id',
  'state',
  'status',
  'seq',
  'version',
  'code',
  'published',
]);

/** What remains of an answer that is not sealed: opaque ids, states and codes. */
export function withoutSecrets(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(withoutSecrets);
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(
    Object.entries(answer)
      .filter(([name]) => opaque.has(name))
      .map(([name, member]) => [name, withoutSecrets(member)]),
  );
}
