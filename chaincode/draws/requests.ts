import { limits } from '../api.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import { findFirst } from '../ledger/find-first.js';
import type { ReadVersions, Version } from '../ledger/versions.js';
import type { LedgerFunction } from '../permissions.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { digest, type Fingerprints } from '../rules/fingerprints.js';
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

/**
 * The claim or payment that a request made when it came before, as it is now. Its id follows from the caller and the
 * idempotency key. Its first version is asked, because a later one may have forgotten the command that made it.
 *
 * @returns the id to make it under where it has not been made yet.
 * @throws LedgerError IDEMPOTENCY_KEY_REUSED when another request came with that key.
 */
export async function drawnBefore<T extends Version & Remembering>(
  { work, caller }: Call,
  keys: Fingerprints,
  versions: ReadVersions<T>,
  idempotencyKey: string,
  request: RememberedRequest,
): Promise<{ readonly id: string; readonly known: T | undefined }> {
  const ids = keys.candidates(versions.line.thing, `${caller.mspId}\n${idempotencyKey}`);
  const { id, record: line } = await findFirst(work, ids, versions.line.at);
  if (line === undefined) return { id, known: undefined };
  const first = await work.read(versions.at(caller.mspId, id, 1));
  if (first === undefined || !alreadyDone(first, request)) {
    throw new LedgerError('IDEMPOTENCY_KEY_REUSED', { field: 'idempotencyKey' });
  }
  return { id, known: await versions.latest(work, caller.mspId, id) };
}
