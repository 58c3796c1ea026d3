import { LedgerError } from '../errors.js';
import { assertBank } from '../members/banks.js';
import { createdBefore } from '../ledger/create-once.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { limits } from '../schemas.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { dateOf, dayNumber, instantText } from '../rules/dates.js';
import { digest } from '../rules/fingerprints.js';
import { ownEnterprise } from './own-enterprise.js';
import { type Authorisation, authorisationVersions, authorisationView } from './records.js';
import { storeAuthorisation } from './write.js';

/** An enterprise lets a bank query its records: which, for what, from when to when, how often. */
export const authoriseQuery: Verb<'authoriseQuery'> = async (call, input) => {
  const { work, caller, now } = call;
  const { idempotencyKey, ...terms } = input;
  const enterprise = ownEnterprise(caller);
  await assertBank(call, terms.bank, 'bank');
  const keys = await fingerprints(work);
  const request = digest(canonicalJson(input));
  const { id, known } = await createdBefore(call, keys, authorisationVersions, {
    idempotencyKey,
    request,
    enterprise: enterprise.id,
  });
  if (known !== undefined) return authorisationView(known);
  assertPeriod(terms.from, terms.to, now);
  const authorisation: Authorisation = {
    id,
    state: 'active',
    seq: 1,
    owner: caller.mspId,
    enterprise,
    ...terms,
    usesLeft: terms.uses,
    createdAt: instantText(now),
    updatedAt: instantText(now),
    request,
  };
  storeAuthorisation(call, authorisation);
  return authorisationView(authorisation);
};

/** @throws LedgerError DATE_INVALID unless the period is ahead, in order and not longer than allowed. */
function assertPeriod(from: string, to: string, now: number): void {
  if (to < from || to < dateOf(now)) throw new LedgerError('DATE_INVALID', { field: 'to' });
  if (dayNumber(to) - dayNumber(from) > limits.authorisationDays) {
    throw new LedgerError('DATE_INVALID', {
      detail: `An authorisation holds for ${limits.authorisationDays} days at most.`,
      field: 'to',
    });
  }
}
