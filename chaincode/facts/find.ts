import { catalogue } from '../catalogue.js';
import { LedgerError } from '../errors.js';
import { factAliasAt, factAt, type FactHead, sharedNumberAt, writeAlias } from './records.js';
import { findFirst } from '../ledger/find-first.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import {
  type DocumentKey,
  keyText,
  type RecordedKey,
  withoutBank,
  withoutIssuer,
} from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { partyText } from '../rules/parties.js';

/**
 * The fact with this hard key, under whichever id of its issuer and whichever fingerprint key it was recorded. Of documents
 * whose number a member gives, the first under a number lies where one that names no issuer looks; others lie under theirs.
 *
 * @param field where a request names the issuer.
 * @throws LedgerError ISSUER_REQUIRED where several members have given the number and the key names none of them, or of a letter
 *   of credit where several banks have.
 */
export async function findFact(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  key: DocumentKey,
  field = 'document.issuer',
): Promise<FactHead | undefined> {
  if (key.type === 'letter-of-credit' && key.issuingBank === undefined)
    return findCredit(work, fingerprints, key, field);
  if (catalogue[key.type].issuer === 'recorder') return findNumbered(work, fingerprints, key, field);
  return headUnder(work, fingerprints, keyText(key));
}

async function findNumbered(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  key: DocumentKey,
  field: string,
): Promise<FactHead | undefined> {
  const open = keyText(withoutIssuer(key));
  const first = await headUnder(work, fingerprints, open);
  const { issuer } = key;
  // Where a code guards a paper its number is given once, whichever office records it.
  if (first === undefined || catalogue[key.type].checkCode) return first;
  if (issuer !== undefined) {
    const isMeant = partyText(first.issuer) === partyText(issuer);
    return isMeant ? first : headUnder(work, fingerprints, keyText(key));
  }
  const { record: shared } = await sharedNumberOf(work, fingerprints, open);
  if (shared !== undefined) throw new LedgerError('ISSUER_REQUIRED', { field });
  return first;
}

/** A letter of credit by its number, and perhaps by the bank that has advised it. */
async function findCredit(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  key: DocumentKey,
  field: string,
): Promise<FactHead | undefined> {
  const text = keyText(key);
  const { record: shared } = await sharedNumberOf(work, fingerprints, text);
  if (shared === undefined) return headUnder(work, fingerprints, text);
  const missing = key.issuer === undefined ? field : field.replace(/issuer$/, 'issuingBank');
  throw new LedgerError('ISSUER_REQUIRED', { detail: severalCredits, field: missing });
}

const severalCredits =
  'Several letters of credit have this number. Name the bank that has recorded the one that you mean (`issuer`), and the one that has issued it (`issuingBank`).';

/** Makes a letter of credit known by its number alone, and by that of its advising bank, as long as it is the only one. */
export async function nameCredit(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  fact: string,
  key: RecordedKey,
): Promise<void> {
  const ofBank = withoutBank(key);
  for (const text of [keyText(ofBank), keyText(withoutIssuer(ofBank))]) {
    if ((await headUnder(work, fingerprints, text)) === undefined) {
      writeAlias(work, fingerprints.candidates('fact', text)[0], fact);
      continue;
    }
    const { id, record } = await sharedNumberOf(work, fingerprints, text);
    if (record === undefined) work.write(sharedNumberAt(id), {});
  }
}

async function headUnder(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  text: string,
): Promise<FactHead | undefined> {
  const candidates = fingerprints.candidates('fact', text);
  const { record: head } = await findFirst(work, candidates, factAt);
  if (head !== undefined) return head;
  const { record: alias } = await findFirst(work, candidates, factAliasAt);
  return alias && work.read(factAt(alias.fact));
}

function sharedNumberOf(work: UnitOfWork, fingerprints: Fingerprints, text: string) {
  return findFirst(work, fingerprints.candidates('shared-number', text), sharedNumberAt);
}

/**
 * The text from which the id of a document that is new is made. Of those whose number a member gives, the first under a
 * number is found without its issuer; with a second one the number becomes one for which the issuer has to be named.
 */
export async function placeOf(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  key: RecordedKey,
): Promise<{ readonly id: string; readonly named?: true }> {
  const open = keyText(withoutIssuer(key));
  const isFirst = (await headUnder(work, fingerprints, open)) === undefined;
  if (isFirst) return { id: fingerprints.candidates('fact', open)[0] };
  const { id, record } = await sharedNumberOf(work, fingerprints, open);
  if (record === undefined) work.write(sharedNumberAt(id), {});
  return { id: fingerprints.candidates('fact', keyText(key))[0], named: true };
}

/**
 * The facts that have one of these keys, each once. A document whose issuer has several registered ids is found by any
 * of them.
 */
export async function findByKeys(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  keys: readonly DocumentKey[],
): Promise<readonly FactHead[]> {
  const heads = await Promise.all(keys.map((key) => findFact(work, fingerprints, key)));
  return [...new Map(heads.flatMap((head) => (head ? [[head.id, head] as const] : []))).values()];
}

/** Makes a fact known under all of its keys; the first one is its id. */
export function writeAliases(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  fact: string,
  keys: readonly DocumentKey[],
): void {
  for (const key of keys) {
    const [id] = fingerprints.candidates('fact', keyText(key));
    if (id !== fact) writeAlias(work, id, fact);
  }
}
