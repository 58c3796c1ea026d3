import type { Policy } from '../api.js';
import { LedgerError } from '../errors.js';
import { isBank } from '../ledger/banks.js';
import type { Call } from '../ledger/call.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import { limits } from '../schemas.js';
import { policyAt } from './records.js';

/** The regulator records what the consortium has decided on; what is not named stays as it was. */
export const setPolicy: Verb<'setPolicy'> = async (call, changes) => {
  const { work, now } = call;
  for (const table of ['twoPeople', 'consent'] as const) {
    for (const whose of Object.keys(changes[table] ?? {})) {
      if (whose !== 'bank' && !(await isBank(call, whose))) {
        throw new LedgerError('BANK_INVALID', { field: `${table}.${whose}` });
      }
    }
  }
  const known = await policyInForce(call);
  const policy = {
    ownDocuments: changes.ownDocuments ?? known.ownDocuments,
    payoutDays: changes.payoutDays ?? known.payoutDays,
    twoPeople: changes.twoPeople ?? known.twoPeople,
    consent: changes.consent ?? known.consent,
  };
  work.write(policyAt, { ...policy, since: instantText(now) });
  return policy;
};

/** What the consortium has decided on. */
export const readPolicy: Verb<'readPolicy'> = (call) => policyInForce(call);

/** What holds now; where nothing has been recorded, the strictest rule. */
export async function policyInForce({ work }: Pick<Call, 'work'>): Promise<Policy> {
  const policy = await work.read(policyAt);
  return {
    ownDocuments: policy?.ownDocuments ?? 'refused',
    payoutDays: policy?.payoutDays ?? limits.payoutDays.byDefault,
    twoPeople: policy?.twoPeople ?? {},
    consent: policy?.consent ?? {},
  };
}
