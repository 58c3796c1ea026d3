import { limits } from '../api.js';
import { catalogue } from '../catalogue.js';
import { type ErrorCode, errorTable, LedgerError, type LineError } from '../errors.js';
import type { PreparedClaim } from '../draws/prepare.js';
import { findFact } from '../facts/find.js';
import { latestContent, latestVersion } from '../facts/latest.js';
import type { FactHead } from '../facts/records.js';
import { openingAt, type OpeningRecord } from './records.js';
import type { Call } from '../ledger/call.js';
import { findFirst } from '../ledger/find-first.js';
import { dayNumber } from '../rules/dates.js';
import { type DocumentKey, keyText, withoutIssuer } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { partyText } from '../rules/parties.js';

/** How far a bank has come in opening a document, with its last attempt judged. */
export interface Opening {
  readonly failures: number;
  /** Whether it has opened the version that holds now. */
  readonly opened: boolean;
  /** Whether it has opened this or an earlier version, and so knows that there is such a document. */
  readonly known: boolean;
  /** Whether the last attempt was right. */
  readonly right: boolean;
}

const untried: Opening = { failures: 0, opened: false, known: false, right: false };

/** Under which id the attempts of the caller's bank on a document lie, and what has been tried. */
export function findOpening(
  { work, caller }: Call,
  keys: Fingerprints,
  key: DocumentKey,
): Promise<{ readonly id: string; readonly record: OpeningRecord | undefined }> {
  return findFirst(work, keys.candidates('opening', `${caller.mspId}\n${keyText(key)}`), openingAt);
}

/**
 * The attempts of a bank on a document, also on one that does not exist: guessing numbers is limited like guessing codes.
 * Each bank has its own count, so that none can lock another out. A new version starts the count afresh, but not the first
 * one: the count would tell who had guessed a number that it has been recorded meanwhile.
 */
export async function judge(
  { work }: Call,
  record: OpeningRecord | undefined,
  head: FactHead | undefined,
): Promise<Opening> {
  if (record === undefined) return untried;
  const { version, failures, opened, attempt } = record;
  if (head === undefined) return { failures: failures + 1, opened: false, known: false, right: false };
  const isRight =
    head.checkCode !== undefined &&
    partyText(head.holder) === partyText(attempt.payer) &&
    attempt.given.includes(head.checkCode);
  const known = opened || isRight;
  const isNew = version !== undefined && version > 0 && version !== head.version;
  const before = isNew ? untried : { failures, opened };
  // What was tried before this version was there says nothing of it.
  const { updatedAt } = await latestVersion(work, head);
  const right = isRight && attempt.at >= updatedAt;
  if (right) return { failures: before.failures, opened: true, known, right };
  const counts = !isNew || attempt.at >= updatedAt;
  return { failures: before.failures + (counts ? 1 : 0), opened: before.opened, known, right };
}

async function openingOf(call: Call, keys: Fingerprints, key: DocumentKey, head: FactHead | undefined) {
  return judge(call, (await findOpening(call, keys, key)).record, head);
}

/** Whether a wrong code was tried as often as is allowed. */
export function isLocked({ failures }: Pick<Opening, 'failures'>): boolean {
  return failures >= limits.checkCodeAttempts;
}

/**
 * A payment names documents that its bank has opened. Of one that it never has, nothing is told: whether it exists, whose
 * it is, what is left of it.
 *
 * @throws LedgerError CHECK_CODE_REQUIRED with every line that is closed.
 */
export async function assertKnown(
  call: Call,
  keys: Fingerprints,
  { lines }: Pick<PreparedClaim, 'lines'>,
): Promise<void> {
  const closed = await Promise.all(
    lines.map(async ({ list, index, key }): Promise<LineError[]> => {
      if (catalogue[key.type].checkCode === undefined) return [];
      const head = await findFact(call.work, keys, key);
      const { known } = await openingOf(call, keys, key, head);
      const code = 'CHECK_CODE_REQUIRED';
      return known ? [] : [{ list, line: index, code, detail: errorTable[code].sentence }];
    }),
  );
  if (closed.flat().length > 0) throw new LedgerError('CHECK_CODE_REQUIRED', { lines: closed.flat() });
}

/** Why the caller's bank may not pay against the document yet: it has to open the version that holds now. */
export async function whyClosed(
  call: Call,
  keys: Fingerprints,
  head: FactHead,
): Promise<ErrorCode | undefined> {
  const { type, issuer, number } = head;
  if (catalogue[type].checkCode === undefined) return undefined;
  const { opened } = await openingOf(call, keys, withoutIssuer({ type, issuer, number }), head);
  return opened ? undefined : 'CHECK_CODE_REQUIRED';
}

/** Days by which a payment may be dated before the document: a bank books abroad, in another zone and over a weekend. */
const dateTolerance = 3;

/** Why a payment of this day may not be made against the document: it was valid until an earlier day, or is younger. */
export async function whyNotThatDay(
  { work }: Call,
  head: FactHead,
  paidOn: string,
): Promise<ErrorCode | undefined> {
  const { date, filing } = await latestContent(work, head);
  if (filing === undefined) return undefined;
  if (filing.validUntil !== undefined && paidOn > filing.validUntil) return 'FILING_EXPIRED';
  return dayNumber(paidOn) < dayNumber(date) - dateTolerance ? 'FILING_LATER' : undefined;
}
