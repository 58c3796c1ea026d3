import { LedgerError } from '../errors.js';
import { type Call, fingerprints } from '../ledger/call.js';
import type { Verb } from '../ledger/execute.js';
import { findFirst } from '../ledger/find-first.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { instantText } from '../rules/dates.js';
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
  const request = digest(canonicalJson(asked));
  const ids = keys.candidates('check', `${caller.mspId}\n${idempotencyKey}`);
  const { id, record: known } = await findFirst(work, ids, (one) => offshoreCheckAt(caller.mspId, one));
  if (known !== undefined) {
    if (known.request === request) return { id, at: known.at };
    throw new LedgerError('IDEMPOTENCY_KEY_REUSED', { field: 'idempotencyKey' });
  }
  const report = {
    bank: caller.mspId,
    person: caller.person,
    asked,
    ...(await reportOn(work, keys, asked)),
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
