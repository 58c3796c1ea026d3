import { type ErrorCode, errorTable, LedgerError, mostSevere } from '../errors.js';
import type { Call } from '../ledger/call.js';
import { type OffshoreCheck, offshoreCheckAt } from '../offshore/records.js';
import { type OffshoreReport, reportOn } from '../offshore/report.js';
import type { PreparedClaim } from '../draws/prepare.js';
import { documentKey, keyText } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { partyText } from '../rules/parties.js';
import type { PaymentInput } from './api.js';
import { purposes } from './purposes.js';

/**
 * The check that a payment for an offshore trade quotes: its bank's own, for the same payer, of all the documents that the
 * payment names, and not one that found them inconsistent. What nobody has recorded is for the bank to judge.
 *
 * @returns undefined for a payment of another purpose.
 * @throws LedgerError CHECK_REQUIRED, CHECK_NOT_FOUND, CHECK_INCONSISTENT; with every line that fails, WRONG_DOCUMENT or
 *   NOT_CHECKED.
 */
export async function quotedCheck(
  { work, caller }: Call,
  { purpose, check: id }: PaymentInput,
  { enterprise, lines }: PreparedClaim,
): Promise<OffshoreCheck | undefined> {
  const { documents, drawnAs } = purposes[purpose];
  const isAsked = drawnAs === 'mark';
  if (isAsked !== (id !== undefined)) throw new LedgerError('CHECK_REQUIRED', { field: 'check' });
  if (id === undefined) return undefined;
  const check = await work.read(offshoreCheckAt(caller.mspId, id));
  if (check === undefined) throw new LedgerError('CHECK_NOT_FOUND', { field: 'check' });
  const papers = papersOf(check);
  const isSame = partyText(check.asked.enterprise) === partyText(enterprise);
  const failures = lines.flatMap(({ list, index, key }) => {
    const isChecked = isSame && papers.has(keyText(key));
    const code: ErrorCode = documents.includes(key.type) ? 'NOT_CHECKED' : 'WRONG_DOCUMENT';
    return isChecked ? [] : [{ list, line: index, code, detail: errorTable[code].sentence }];
  });
  const worst = mostSevere(failures);
  if (worst !== undefined) throw new LedgerError(worst.code, { lines: failures });
  if (check.verdict === 'inconsistent') throw new LedgerError('CHECK_INCONSISTENT', { field: 'check' });
  return check;
}

/**
 * Compares the papers of the check once more: the record may have changed since. A paper that is not on record with these
 * particulars is as good as none, whether or not there is another one under its number.
 *
 * @throws LedgerError NOT_CHECKED with every line of such a paper.
 */
export async function checkedAgain(
  { work }: Call,
  keys: Fingerprints,
  { asked }: OffshoreCheck,
  { lines }: PreparedClaim,
): Promise<OffshoreReport> {
  const report = await reportOn(work, keys, asked);
  const code: ErrorCode = 'NOT_CHECKED';
  const closed = lines
    .filter(({ key }) => !report.opened.has(keyText(key)))
    .map(({ list, index }) => ({
      list,
      line: index,
      code,
      detail: 'Nobody has recorded a document with the particulars that were checked.',
    }));
  if (closed.length > 0) throw new LedgerError(code, { lines: closed });
  return report;
}

/** @throws LedgerError CHECK_INCONSISTENT. */
export function assertStillConsistent({ verdict }: OffshoreReport): void {
  if (verdict !== 'inconsistent') return;
  throw new LedgerError('CHECK_INCONSISTENT', {
    detail: 'The record has changed since the check and does not fit the papers any more. Check them again.',
    field: 'check',
  });
}

/** The documents of transport that a check was about. */
function papersOf({ asked: { enterprise, bills, receipts = [] } }: OffshoreCheck): ReadonlySet<string> {
  return new Set(
    [...bills, ...receipts].map(({ document }) => keyText(documentKey(document, enterprise, 'document.'))),
  );
}
