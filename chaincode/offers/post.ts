import type { Input } from '../api.js';
import { ownEnterprise } from '../authorisations/own-enterprise.js';
import { LedgerError } from '../errors.js';
import { isBank } from '../members/banks.js';
import type { Call } from '../ledger/call.js';
import { createdBefore } from '../ledger/create-once.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { limits } from '../schemas.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { hoursAfter, instantText } from '../rules/dates.js';
import { digest } from '../rules/fingerprints.js';
import { assertNeed } from './need.js';
import { type FinancingRequest, requestVersions, requestView } from './records.js';
import { storeRequest } from './write.js';

/** An enterprise tells the banks of its choice what it needs and on which documents, and until when they may offer. */
export const postRequest: Verb<'postRequest'> = async (call, input) => {
  const { work, caller, now } = call;
  const { idempotencyKey, ...need } = input;
  const enterprise = ownEnterprise(caller);
  const keys = await fingerprints(work);
  const body = digest(canonicalJson(input));
  const { id, known } = await createdBefore(call, keys, requestVersions, {
    idempotencyKey,
    request: body,
    enterprise: enterprise.id,
  });
  if (known !== undefined) return requestView(known);
  await assertBanks(call, input.banks);
  assertDeadline(input.deadline, now);
  assertNeed(need, enterprise, now);
  const request: FinancingRequest = {
    id,
    state: 'open',
    seq: 1,
    owner: caller.mspId,
    enterprise,
    ...need,
    deadline: instantText(Date.parse(input.deadline)),
    createdAt: instantText(now),
    updatedAt: instantText(now),
    request: body,
  };
  storeRequest(call, request);
  return requestView(request);
};

async function assertBanks(call: Call, banks: Input<'postRequest'>['banks']): Promise<void> {
  const known = await Promise.all(banks.map((bank) => isBank(call, bank)));
  const wrong = banks.findIndex((bank, index) => known[index] !== true || banks.indexOf(bank) !== index);
  if (wrong !== -1) throw new LedgerError('BANK_INVALID', { field: `banks.${wrong}` });
}

function assertDeadline(deadline: string, now: number): void {
  const at = Date.parse(deadline);
  if (at <= now || at > hoursAfter(now, limits.requestHours)) {
    throw new LedgerError('DEADLINE_INVALID', { field: 'deadline' });
  }
}
