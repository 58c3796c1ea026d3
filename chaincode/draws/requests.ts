import { limits } from '../api.js';
import { LedgerError } from '../errors.js';
import type { LedgerFunction } from '../permissions.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { digest } from '../rules/fingerprints.js';
import type { RememberedRequest } from './records.js';

/** A claim or payment, as far as it remembers its commands. */
interface Remembering {
  readonly requests: readonly RememberedRequest[];
}

/** Recognises a command that is sent again: digests of its idempotency key and of everything it says. */
export function requestOf(
  name: LedgerFunction,
  input: { readonly idempotencyKey: string },
): RememberedRequest {
  return { key: digest(input.idempotencyKey), body: digest(`${name}\n${canonicalJson(input)}`) };
}

/**
 * Whether the claim has already carried out this command.
 *
 * @throws LedgerError IDEMPOTENCY_KEY_REUSED when the key stands for another command.
 */
export function alreadyDone(claim: Remembering, request: RememberedRequest): boolean {
  const same = claim.requests.find(({ key }) => key === request.key);
  if (same !== undefined && same.body !== request.body) {
    throw new LedgerError('IDEMPOTENCY_KEY_REUSED', { field: 'idempotencyKey' });
  }
  return same !== undefined;
}

/** The commands to remember after one more. */
export function remember(claim: Remembering, request: RememberedRequest): RememberedRequest[] {
  return [...claim.requests, request].slice(-limits.requestsRemembered);
}
