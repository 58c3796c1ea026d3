import type { Input } from '../api.js';
import type { Authorisation } from '../authorisations/records.js';
import { findAuthorisation, writeAuthorisation } from '../authorisations/write.js';
import { whyNot } from '../authorisations/scope.js';
import { type ErrorCode, errorTable } from '../errors.js';
import type { Call } from '../ledger/call.js';
import { createdBefore } from '../ledger/create-once.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { findFirst } from '../ledger/find-first.js';
import { accountText, portalOf } from '../rules/accounts.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { instantText } from '../rules/dates.js';
import { digest, type Fingerprints } from '../rules/fingerprints.js';
import { canonicalParty, partyText } from '../rules/parties.js';
import { type CreditCategory, creditCategories } from './api.js';
import { creditIds, creditLine, type CreditQuery, queryVersions } from './records.js';
import { queryView } from './view.js';

/**
 * A bank asks for an enterprise's records. That it asks becomes an entry of the log before anything is judged: what is
 * endorsed then is the same whatever the authorisation allows, so that nobody learns from a query that is never ordered.
 * The same request again, once its entry is committed, is answered: allowed or refused, which is why a refusal is an
 * answer here and not an error. The authorisation is read and counted down then: of two simultaneous last uses one commits.
 */
export const queryCredit: Verb<'queryCredit'> = async (call, input) => {
  const keys = await fingerprints(call.work);
  const asked = { ...input, enterprise: canonicalParty(input.enterprise, 'enterprise') };
  const request = digest(canonicalJson(asked));
  const { idempotencyKey } = input;
  const { id, known } = await createdBefore(call, keys, queryVersions, { idempotencyKey, request });
  if (known === undefined) return queryView(logQuestion(call, id, asked, request));
  return queryView(known.state === 'asked' ? await answerQuery(call, keys, known) : known);
};

function logQuestion(
  call: Call,
  id: string,
  { enterprise, authorisation, categories, purpose }: Input<'queryCredit'>,
  request: string,
): CreditQuery {
  const entry: CreditQuery = {
    id,
    state: 'asked',
    seq: 1,
    bank: call.caller.mspId,
    person: call.caller.person,
    enterprise,
    authorisation,
    categories: creditCategories.filter((category) => categories.includes(category)),
    purpose,
    at: instantText(call.now),
    opened: [],
    request,
  };
  writeEntry(call, entry);
  return entry;
}

async function answerQuery(call: Call, keys: Fingerprints, asked: CreditQuery): Promise<CreditQuery> {
  const authorisation = await findAuthorisation(call, asked.authorisation);
  const code = refusalOf(call, authorisation, asked);
  const used = code === undefined && authorisation !== undefined ? useOnce(call, authorisation) : undefined;
  const entry: CreditQuery = {
    ...asked,
    state: code === undefined ? 'allowed' : 'refused',
    seq: asked.seq + 1,
    ...(code !== undefined && { code, detail: errorTable[code].sentence }),
    ...(used !== undefined && { usesLeft: used.usesLeft }),
    opened: code === undefined ? await latestRecords(call, keys, asked.enterprise, asked.categories) : [],
  };
  writeEntry(call, entry);
  return entry;
}

function refusalOf(
  { caller, now }: Call,
  authorisation: Authorisation | undefined,
  { enterprise, categories, purpose }: CreditQuery,
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
    categories.map((category) => findFirst(work, creditIds(keys, enterprise, category), creditLine.at)),
  );
  return found.flatMap(({ id, record }) =>
    record === undefined ? [] : [{ record: id, version: record.seq }],
  );
}

/** The same for the bank and for the enterprise's portal; the regulator holds both. */
function writeEntry({ work }: Call, entry: CreditQuery): void {
  queryVersions.write(work, entry, [entry.bank, portalOf(accountText(entry.enterprise), work.places)]);
}
