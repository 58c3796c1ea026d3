import type { Input } from '../api.js';
import type { Authorisation } from '../authorisations/records.js';
import { findAuthorisation } from '../authorisations/load.js';
import { whyNot } from '../authorisations/scope.js';
import { writeAuthorisation } from '../authorisations/write.js';
import { type ErrorCode, errorTable, LedgerError } from '../errors.js';
import { type Call, fingerprints } from '../ledger/call.js';
import type { Verb } from '../ledger/execute.js';
import { findFirst } from '../ledger/find-first.js';
import { enterpriseMsp } from '../roles.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { instantText } from '../rules/dates.js';
import { digest, type Fingerprints } from '../rules/fingerprints.js';
import { canonicalParty, partyText } from '../rules/parties.js';
import { type CreditCategory, creditCategories, type CreditQueryView } from './api.js';
import { creditIds, type CreditQuery, creditQueryAt, publicCreditAt, publicQueryAt } from './records.js';

/**
 * A bank asks for an enterprise's records. Allowed or refused, the query becomes an entry of the log: that is why a
 * refusal is an answer here and not an error. The data themselves are read afterwards, so that nobody can have them
 * endorsed and keep the entry back. The authorisation is read and counted down here: of two simultaneous last uses one
 * commits.
 */
export const queryCredit: Verb<'queryCredit'> = async (call, input) => {
  const { work, caller, now } = call;
  const keys = await fingerprints(work);
  const asked = { ...input, enterprise: canonicalParty(input.enterprise, 'enterprise') };
  const request = digest(canonicalJson(asked));
  const ids = keys.candidates('query', `${caller.mspId}\n${input.idempotencyKey}`);
  const { id, record: known } = await findFirst(work, ids, (one) => creditQueryAt(caller.mspId, one));
  if (known !== undefined) {
    if (known.request === request) return queryView(known);
    throw new LedgerError('IDEMPOTENCY_KEY_REUSED', { field: 'idempotencyKey' });
  }

  const authorisation = await findAuthorisation(work, input.authorisation);
  const code = refusalOf(call, authorisation, asked);
  const used = code === undefined && authorisation !== undefined ? useOnce(call, authorisation) : undefined;
  const categories = creditCategories.filter((category) => input.categories.includes(category));
  const entry: CreditQuery = {
    id,
    state: code === undefined ? 'allowed' : 'refused',
    bank: caller.mspId,
    person: caller.person,
    enterprise: asked.enterprise,
    authorisation: input.authorisation,
    categories,
    purpose: input.purpose,
    ...(code !== undefined && { code, detail: errorTable[code].sentence }),
    ...(used !== undefined && { usesLeft: used.usesLeft }),
    at: instantText(now),
    opened: code === undefined ? await latestRecords(call, keys, asked.enterprise, categories) : [],
    request,
  };
  writeEntry(call, entry, authorisation);
  return queryView(entry);
};

/** An entry without what only the ledger needs. */
export function queryView({ opened: _opened, request: _request, ...view }: CreditQuery): CreditQueryView {
  return view;
}

function refusalOf(
  { caller, now }: Call,
  authorisation: Authorisation | undefined,
  { enterprise, categories, purpose }: Input<'queryCredit'>,
): ErrorCode | undefined {
  // Ids are public: to another bank an authorisation is as unknown as one that does not exist.
  if (authorisation?.bank !== caller.mspId) return 'NOT_AUTHORISED';
  if (partyText(authorisation.enterprise) !== partyText(enterprise)) return 'NOT_AUTHORISED';
  return whyNot(authorisation, { categories, purpose, now });
}

function useOnce(call: Call, authorisation: Authorisation): Authorisation {
  const usesLeft = authorisation.usesLeft - 1;
  return writeAuthorisation(call, authorisation, { usesLeft, ...(usesLeft === 0 && { state: 'used-up' }) });
}

/** Id and version of every record that the query opens; reading them makes a change meanwhile a conflict. */
async function latestRecords(
  { work }: Call,
  keys: Fingerprints,
  enterprise: CreditQuery['enterprise'],
  categories: readonly CreditCategory[],
): Promise<CreditQuery['opened']> {
  const found = await Promise.all(
    categories.map((category) => findFirst(work, creditIds(keys, enterprise, category), publicCreditAt)),
  );
  return found.flatMap(({ id, record }) =>
    record === undefined ? [] : [{ record: id, version: record.seq }],
  );
}

/** The bank's own copy, and the one of the enterprise whose authorisation was quoted: that one decides who may know. */
function writeEntry({ work }: Call, entry: CreditQuery, quoted: Authorisation | undefined): void {
  const { id, bank, state } = entry;
  work.write(creditQueryAt(bank, id), entry);
  work.write(creditQueryAt(quoted?.owner ?? enterpriseMsp, id), {
    ...entry,
    enterprise: quoted?.enterprise ?? entry.enterprise,
  });
  work.write(publicQueryAt(id), { state, seq: 1 });
  work.changed({ kind: 'query', id, state, seq: 1 });
}
