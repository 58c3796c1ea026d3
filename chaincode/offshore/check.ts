import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { findFirst } from '../ledger/find-first.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { instantText } from '../rules/dates.js';
import { documentKey, keyText } from '../rules/document-keys.js';
import { digest } from '../rules/fingerprints.js';
import { canonicalParty } from '../rules/parties.js';
import { type OffshoreCheck, offshoreCheckAt, publicCheckAt } from './records.js';
import { reportOn } from './report.js';

/**
 * A bank lets the papers of an offshore trade be compared with the record. The report becomes an entry on the ledger
 * before anybody can read it: whoever probes particulars leaves a trace, and the regulator can see what was checked
 * before a payment.
 */
export const checkOffshore: Verb<'checkOffshore'> = async (call, { idempotencyKey, ...input }) => {
  const { work, caller, now } = call;
  const keys = await fingerprints(work);
  const asked = { ...input, enterprise: canonicalParty(input.enterprise, 'enterprise') };
  assertEachOnce(asked);
  const request = digest(canonicalJson(asked));
  const ids = keys.candidates('check', `${caller.mspId}\n${idempotencyKey}`);
  const { id, record: known } = await findFirst(work, ids, (one) => offshoreCheckAt(caller.mspId, one));
  if (known !== undefined) {
    if (known.request === request) return { id, at: known.at };
    throw new LedgerError('IDEMPOTENCY_KEY_REUSED', { field: 'idempotencyKey' });
  }
  const { opened: _opened, ...found } = await reportOn(work, keys, asked);
  const report = {
    bank: caller.mspId,
    person: caller.person,
    asked,
    ...found,
    at: instantText(now),
  };
  writeCheck(call, { id, ...report, reportHash: digest(canonicalJson(report)), request });
  return { id, at: report.at };
};

function writeCheck({ work }: Call, check: OffshoreCheck): void {
  const { id, bank } = check;
  work.write(offshoreCheckAt(bank, id), check);
  // The verdict is nobody else's business: the public line says that there was a check.
  work.write(publicCheckAt(id), { state: 'checked', seq: 1 });
  work.changed({ kind: 'check', id, state: 'checked', seq: 1 });
}

/** One check of twenty guesses at one bill would tell the right one at the price of one. @throws LedgerError LINE_REPEATED. */
function assertEachOnce({ enterprise, bills, receipts = [] }: OffshoreCheck['asked']): void {
  const seen = new Set<string>();
  for (const [member, papers] of [
    ['bills', bills],
    ['receipts', receipts],
  ] as const) {
    for (const [index, { document }] of papers.entries()) {
      const field = `${member}.${index}.document`;
      const key = keyText(documentKey(document, enterprise, `${field}.`));
      if (seen.has(key)) {
        throw new LedgerError('LINE_REPEATED', { detail: 'A check names every paper once.', field });
      }
      seen.add(key);
    }
  }
}
