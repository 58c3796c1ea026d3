import { LedgerError } from '../errors.js';
import { createdBefore } from '../ledger/create-once.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { instantText } from '../rules/dates.js';
import { documentKey, type DocumentKey, mayBeOne } from '../rules/document-keys.js';
import { digest } from '../rules/fingerprints.js';
import { canonicalParty } from '../rules/parties.js';
import { checkLine, type OffshoreCheck, offshoreCheckAt, offshoreQuestionAt } from './records.js';
import { reportOn } from './report.js';

/** Where a question lies, which stays there when the report on it has come. */
const questions = { line: checkLine, at: offshoreQuestionAt };

/**
 * A bank lets the papers of an offshore trade be compared with the record. What it asks becomes an entry on the ledger
 * before any paper is looked for: what is endorsed then, reads included, is the same whatever the record says, so that nobody
 * learns from a check that is never ordered. The same request again, once its entry is committed, makes the report, which
 * is an entry before anybody can read it: the regulator sees what was checked before a payment.
 */
export const checkOffshore: Verb<'checkOffshore'> = async (call, { idempotencyKey, ...input }) => {
  const { work, caller, now } = call;
  const keys = await fingerprints(work);
  const asked = { ...input, enterprise: canonicalParty(input.enterprise, 'enterprise') };
  assertEachOnce(asked);
  const request = digest(canonicalJson(asked));
  const { id, known: question } = await createdBefore(call, keys, questions, { idempotencyKey, request });
  const entry = { bank: caller.mspId, person: caller.person, asked, at: instantText(now) };
  if (question === undefined) {
    work.write(offshoreQuestionAt(caller.mspId, id), { id, ...entry, state: 'asked', request });
    checkLine.announce(work, { id, state: 'asked', seq: 1 });
    return { id, state: 'asked', at: entry.at };
  }
  const known = await work.read(offshoreCheckAt(caller.mspId, id));
  if (known !== undefined) return { id, state: 'checked', at: known.at };
  const { opened: _opened, ...found } = await reportOn(work, keys, asked);
  const report = { ...entry, ...found };
  // The verdict is nobody else's business: the public line says that there was a check.
  work.write(offshoreCheckAt(caller.mspId, id), {
    id,
    ...report,
    reportHash: digest(canonicalJson(report)),
    request,
  });
  checkLine.announce(work, { id, state: 'checked', seq: 2 });
  return { id, state: 'checked', at: entry.at };
};

/** One check of twenty guesses at one bill would tell the right one at the price of one. @throws LedgerError LINE_REPEATED. */
function assertEachOnce({ enterprise, bills, receipts = [] }: OffshoreCheck['asked']): void {
  const seen: DocumentKey[] = [];
  for (const [member, papers] of [
    ['bills', bills],
    ['receipts', receipts],
  ] as const) {
    for (const [index, { document }] of papers.entries()) {
      const field = `${member}.${index}.document`;
      const key = documentKey(document, enterprise, `${field}.`);
      if (seen.some((one) => mayBeOne(one, key))) {
        throw new LedgerError('LINE_REPEATED', { detail: 'A check names every paper once.', field });
      }
      seen.push(key);
    }
  }
}
