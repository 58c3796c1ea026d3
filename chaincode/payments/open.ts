import { catalogue } from '../catalogue.js';
import { LedgerError } from '../errors.js';
import { findFact } from '../facts/find.js';
import { checkCodeText } from '../facts/store.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { keptAttempts, openingAt, type OpeningRecord } from './records.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { checkAll } from '../rules/check-all.js';
import { instantText } from '../rules/dates.js';
import { documentKey, type DocumentKey, keyText, referenceOf } from '../rules/document-keys.js';
import { digest, type Fingerprints } from '../rules/fingerprints.js';
import { canonicalParty } from '../rules/parties.js';
import { findOpening, isLocked, judge } from './access.js';

/**
 * A bank shows the check code that its customer handed over. The attempt is put on the ledger without being judged, and
 * the first one without even looking for the document: whatever is endorsed here is the same for a right code and a wrong
 * one, so that nobody learns anything from a request that is never ordered. What came of it is read afterwards, by
 * `readOpening`.
 */
export const openDocument: Verb<'openDocument'> = async (call, input) => {
  const { work, caller, now } = call;
  const { document, payer, checkCode } = input;
  const keys = await fingerprints(work);
  const { holder, key } = checkAll({
    holder: () => canonicalParty(payer, 'payer'),
    key: () => documentKey(document, canonicalParty(payer, 'payer'), 'document.'),
    type: () => {
      if (!catalogue[document.type].checkCode) {
        throw new LedgerError('NOT_FINANCEABLE', {
          detail: 'Documents of this type have no check code.',
          field: 'document.type',
        });
      }
    },
  });
  const { id, record: last } = await findOpening(call, keys, key);
  const request = digest(canonicalJson(input));
  if (last !== undefined && requestsOf(last).includes(request)) return { id, attempt: request };
  const head = last && (await findFact(work, keys, key));
  const { failures, opened, right } = await judge(call, last, head);
  // By attempts that lie on the ledger.
  if (isLocked({ failures })) throw new LedgerError('CHECK_CODE_LOCKED');
  const version = head?.version ?? 0;
  work.write(openingAt(id), {
    bank: caller.mspId,
    document: referenceOf(key),
    ...(last !== undefined && { version }),
    failures,
    opened,
    earlier:
      last === undefined
        ? []
        : [...last.earlier, { request: last.attempt.request, version, failures, right }].slice(-keptAttempts),
    attempt: { request, payer: holder, given: givenCode(keys, key, checkCode), at: instantText(now) },
  });
  return { id, attempt: request };
};

function requestsOf({ attempt, earlier }: OpeningRecord): string[] {
  return [attempt, ...earlier].map(({ request }) => request);
}

/** The code as it would be hashed for this document under any key of the registry. */
function givenCode(keys: Fingerprints, key: DocumentKey, checkCode: string): string[] {
  return keys
    .candidates('fact', keyText(key))
    .flatMap((fact) => keys.candidates('check-code', checkCodeText(fact, checkCode)));
}
