import { limits } from '../api.js';
import { catalogue } from '../catalogue.js';
import type { ErrorCode } from '../errors.js';
import { latestContent } from '../facts/latest.js';
import { openingAt } from '../ledger/addresses.js';
import type { Call } from '../ledger/call.js';
import type { FactHead } from '../ledger/kinds.js';
import { findFirst } from '../ledger/find-first.js';
import { type DocumentKey, keyText } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';

/** How far the caller's bank has come in opening a document. */
export interface Opening {
  /** Under which the attempts are counted. */
  readonly id: string;
  readonly failures: number;
  readonly opened: boolean;
}

/**
 * The attempts of the caller's bank on a document, also on one that does not exist: guessing numbers is limited like
 * guessing codes. Each bank has its own count, so that none can lock another out.
 *
 * @param version of the document, 0 when there is none; a new version starts the count afresh.
 */
export async function openingOf(
  { work, caller }: Call,
  keys: Fingerprints,
  key: DocumentKey,
  version: number,
): Promise<Opening> {
  const ids = keys.candidates('opening', `${caller.mspId}\n${keyText(key)}`);
  const { id, record } = await findFirst(work, ids, openingAt);
  return record?.version === version ? { ...record, id } : { id, failures: 0, opened: false };
}

/** Whether a wrong code was tried as often as is allowed. */
export function isLocked({ failures }: Opening): boolean {
  return failures >= limits.checkCodeAttempts;
}

/** Why the caller's bank may not pay against the document yet: it has to open the version that holds now. */
export async function whyClosed(
  call: Call,
  keys: Fingerprints,
  { type, issuer, number, version }: FactHead,
): Promise<ErrorCode | undefined> {
  if (catalogue[type].checkCode === undefined) return undefined;
  const { opened } = await openingOf(call, keys, { type, issuer, number }, version);
  return opened ? undefined : 'CHECK_CODE_REQUIRED';
}

/** Why a payment of this day may not be made against the document: it was valid until an earlier one. */
export async function whyExpired(
  { work }: Call,
  head: FactHead,
  paidOn: string,
): Promise<ErrorCode | undefined> {
  const validUntil = (await latestContent(work, head)).filing?.validUntil;
  return validUntil !== undefined && paidOn > validUntil ? 'FILING_EXPIRED' : undefined;
}
