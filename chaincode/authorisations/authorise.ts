import { LedgerError } from '../errors.js';
import { assertBank } from '../ledger/banks.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { findFirst } from '../ledger/find-first.js';
import { limits } from '../schemas.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { dateOf, dayNumber, instantText } from '../rules/dates.js';
import { digest } from '../rules/fingerprints.js';
import { findAuthorisation } from './load.js';
import { ownEnterprise } from './own-enterprise.js';
import { type Authorisation, authorisationAt, authorisationView } from './records.js';
import { storeAuthorisation } from './write.js';

/** An enterprise lets a bank query its records: which, for what, from when to when, how often. */
export const authoriseQuery: Verb<'authoriseQuery'> = async (call, input) => {
  const { work, caller, now } = call;
  const { idempotencyKey, ...terms } = input;
  const enterprise = ownEnterprise(caller);
  await assertBank(call, terms.bank, 'bank');
  const keys = await fingerprints(work);
  const request = digest(canonicalJson(input));
  const ids = keys.candidates('authorisation', `${caller.mspId}\n${enterprise.id}\n${idempotencyKey}`);
  const { id, record: known } = await findFirst(work, ids, (one) => authorisationAt(caller.mspId, one, 1));
  if (known !== undefined) {
    if (known.request !== request)
      throw new LedgerError('IDEMPOTENCY_KEY_REUSED', { field: 'idempotencyKey' });
    return authorisationView((await findAuthorisation(work, id)) ?? known);
  }
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
