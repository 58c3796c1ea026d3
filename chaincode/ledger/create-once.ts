import { LedgerError } from '../errors.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import type { Address } from './addresses.js';
import type { Call } from './call.js';
import { findFirst } from './find-first.js';
import type { PublicLine } from './versions.js';

/** Where what a request makes lies. */
interface Kept<T> {
  readonly line: PublicLine;
  at(holder: string, id: string, seq: number): Address<T>;
}

/** A request that makes something. */
interface Making {
  readonly idempotencyKey: string;
  /** Digest of everything that it says. */
  readonly request: string;
  /** The enterprise for which a person of the portal acts: each has idempotency keys of its own. */
  readonly enterprise?: string | undefined;
}

/**
 * What a request made when it came before, as the caller holds it now. Its id follows from the caller and the idempotency
 * key, so that the same request never makes a second one.
 *
 * @returns the id to make it under where it has not been made yet.
 * @throws LedgerError IDEMPOTENCY_KEY_REUSED when another request came with that key.
 */
export async function createdBefore<T extends { readonly request: string }>(
  { work, caller }: Call,
  keys: Fingerprints,
  kept: Kept<T>,
  { idempotencyKey, request, enterprise }: Making,
): Promise<{ readonly id: string; readonly known: T | undefined }> {
  const text = [caller.mspId, ...(enterprise === undefined ? [] : [enterprise]), idempotencyKey].join('\n');
  const ids = keys.candidates(kept.line.thing, text);
  const { id, record: line } = await findFirst(work, ids, kept.line.at);
  if (line === undefined) return { id, known: undefined };
  const known = await work.read(kept.at(caller.mspId, id, line.seq));
  if (known?.request !== request) {
    throw new LedgerError('IDEMPOTENCY_KEY_REUSED', { field: 'idempotencyKey' });
  }
  return { id, known };
}
