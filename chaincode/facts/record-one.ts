import { factInputSchema, type FactView } from '../api.js';
import { catalogue } from '../catalogue.js';
import { LedgerError } from '../errors.js';
import { idsOf } from '../firms/firm-of.js';
import type { Call } from '../ledger/call.js';
import { assertBank } from '../members/banks.js';
import { factAt, type FactHead } from './records.js';
import { parseWith } from '../ledger/input.js';
import { instantText } from '../rules/dates.js';
import { type DocumentKey, type RecordedKey } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { partyText } from '../rules/parties.js';
import { actsFor, assertCurrency, assertRecorder } from './authority.js';
import { findByKeys, nameCredit, placeOf, writeAliases } from './find.js';
import { type PreparedFact, prepareFact } from './prepare.js';
import { presentFact } from './present.js';
import { contentDigest, storeFact } from './store.js';

/**
 * What is done in the transaction that records a document, by a domain above.
 *
 * @returns whether that has changed its trade.
 */
export type WithRecorded = (
  call: Call,
  keys: Fingerprints,
  fact: string,
  documentKeys: readonly DocumentKey[],
) => Promise<boolean>;

/** @param wasSaid whether a document that is on record has been said like this before: then nothing is to be done. */
export async function recordFact(
  call: Call,
  keys: Fingerprints,
  raw: unknown,
  request: string | undefined,
  recorded: WithRecorded,
  wasSaid: (head: FactHead, digest: string) => Promise<boolean> = () => Promise.resolve(false),
): Promise<FactView> {
  const input = parseWith(factInputSchema, raw);
  assertRecorder(call.caller, input.type);
  const bank = input.letterOfCredit?.availableWith;
  if (bank !== undefined) await assertBank(call, bank, 'letterOfCredit.availableWith');
  const prepared = prepareFact(input, call.now, call.caller.mspId);
  if (!actsFor(call.caller, prepared.seller)) throw new LedgerError('OTHER_ENTERPRISE', { field: 'seller' });

  const { work, caller } = call;
  const documentKeys = await keysOf(call, keys, prepared);
  const [existing, another] = await findByKeys(work, keys, documentKeys);
  if (another !== undefined)
    throw new LedgerError('FACT_EXISTS', { detail: severalFacts, field: 'seller.otherIds' });
  const recordedAt = instantText(call.now);
  if (existing === undefined) {
    const { id, named } = await placeOf(work, keys, prepared.key);
    // What a member numbers has one key, under which it lies.
    if (catalogue[input.type].issuer === 'seller') writeAliases(work, keys, id, documentKeys);
    if (input.type === 'letter-of-credit') await nameCredit(work, keys, id, prepared.key);
    const edition = { id, named, version: 1, status: 'active', recordedAt, request } as const;
    const view = await storeFact(call, keys, prepared, edition);
    return (await recorded(call, keys, id, documentKeys)) ? afterwards(call, id) : view;
  }
  if (isRepeated(existing, prepared, request)) return presentFact(call, existing);
  if (await wasSaid(existing, contentDigest(prepared))) return presentFact(call, existing);
  const takesOver = existing.self === true && caller.kind !== 'enterprise';
  if (existing.status !== 'cancelled' && !takesOver) throw alreadyRecorded(prepared);
  // Recorded again after a cancellation, or by an authority in the place of the seller's own paper: the next version of
  // the same document, with everything that was drawn on it.
  if (existing.authority !== caller.mspId && !takesOver) throw alreadyRecorded(prepared);
  assertCurrency(existing, prepared.balance.currency);
  const { id, version } = existing;
  if (catalogue[input.type].issuer === 'seller') writeAliases(work, keys, id, documentKeys);
  if (takesOver) work.alert({ alert: 'taken-over', facts: [id] });
  const edition = {
    id,
    version: version + 1,
    status: 'active',
    recordedAt,
    request,
    before: existing,
  } as const;
  const view = await storeFact(call, keys, prepared, edition);
  return (await recorded(call, keys, id, documentKeys)) ? afterwards(call, id) : view;
}

const severalFacts =
  'The registered ids of the seller belong to documents that are recorded as two. The regulator has to say whether they are one firm.';

/**
 * Every hard key of a document: its number under each registered id of its issuer. An authority is believed about the
 * ids on its papers; of a seller's own papers only the id for which its people act counts.
 */
async function keysOf(
  { work, caller }: Call,
  keys: Fingerprints,
  { key, content }: PreparedFact,
): Promise<readonly RecordedKey[]> {
  if (catalogue[key.type].issuer !== 'seller') return [key];
  const known = await idsOf(work, keys, key.issuer);
  const stated =
    caller.kind === 'enterprise'
      ? []
      : ((content.selfBilled ? content.buyer : content.seller)?.otherIds ?? []);
  const ids = new Map([key.issuer, ...stated, ...known].map((issuer) => [partyText(issuer), issuer]));
  return [...ids.values()].map((issuer) => ({ ...key, issuer }));
}

/** Numbers that are restarted can be told apart only by the period in which they were given. */
function alreadyRecorded({ key }: PreparedFact): LedgerError {
  const mayRestart = catalogue[key.type].issuer === 'seller' && key.period === undefined;
  return new LedgerError('FACT_EXISTS', {
    ...(mayRestart && {
      detail:
        'This document is recorded already. If its issuer restarts its numbers, state the period of this one as `numberingPeriod`, such as "2026".',
    }),
    field: 'number',
  });
}

function isRepeated(existing: FactHead, prepared: PreparedFact, request: string | undefined): boolean {
  if (existing.status === 'cancelled' || request === undefined) return false;
  return existing.request === request && existing.content === contentDigest(prepared);
}

/** A document that this transaction has recorded, with what that has changed since. */
async function afterwards(call: Call, id: string): Promise<FactView> {
  const head = await call.work.read(factAt(id));
  if (head === undefined) throw new Error(`fact ${id} is missing`);
  return presentFact(call, head);
}
