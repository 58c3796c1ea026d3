import type { z } from 'zod';
import { type FactView, pastItemSchemas } from '../api.js';
import { catalogue, isRecordersNumber } from '../catalogue.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import { parseWith } from '../ledger/input.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { dateOf, dayNumber } from '../rules/dates.js';
import { documentKey } from '../rules/document-keys.js';
import { digest, type Fingerprints } from '../rules/fingerprints.js';
import { policyInForce } from '../registry/policy.js';
import { takesTwo } from '../rules/steps-of-two.js';
import { amendHead } from './amend.js';
import { assertRecorder, factToChange } from './authority.js';
import { cancelHead } from './cancel.js';
import { findFact } from './find.js';
import { presentFact } from './present.js';
import { recordFact, type WithRecorded } from './record-one.js';
import { type FactHead, type FactVersion, factVersionAt } from './records.js';
import { contentDigest } from './store.js';

type Amendment = z.infer<typeof pastItemSchemas.amends>;
type Cancellation = z.infer<typeof pastItemSchemas.cancels>;

/**
 * Brings one item of an authority's past. What was brought before, under whatever key, changes nothing: a document of which
 * a version said the same, a change that a version remembers.
 *
 * @throws LedgerError FACT_NOT_FOUND, also for a document of another authority; CHANGED_LATER for a change that is older
 *   than one on record.
 */
export async function pastFact(
  call: Call,
  keys: Fingerprints,
  raw: object,
  recorded: WithRecorded,
): Promise<FactView> {
  if ('records' in raw) {
    const { records } = parseWith(pastItemSchemas.records, raw);
    return recordFact(call, keys, records, undefined, recorded, (head, content) => {
      const isSame = (one: FactVersion) => contentDigest(one) === content;
      return head.authority === call.caller.mspId ? someVersion(call, head, isSame) : Promise.resolve(false);
    });
  }
  return 'amends' in raw
    ? change(call, keys, parseWith(pastItemSchemas.amends, raw))
    : change(call, keys, parseWith(pastItemSchemas.cancels, raw));
}

async function change(call: Call, keys: Fingerprints, item: Amendment | Cancellation): Promise<FactView> {
  const { work, caller, now } = call;
  const { on, reason } = item;
  const [field, document] = 'amends' in item ? ['amends', item.amends] : ['cancels', item.cancels];
  assertRecorder(caller, document.type);
  const { issuer } = document;
  if (issuer === undefined && catalogue[document.type].issuer === 'seller')
    throw new LedgerError('FIELD_REQUIRED', { field: `${field}.issuer` });
  if (dayNumber(on) > dayNumber(dateOf(now)) + 1) throw new LedgerError('DATE_INVALID', { field: 'on' });
  const own = { scheme: 'MSP' as const, id: caller.mspId };
  const named = isRecordersNumber(document.type) ? { ...document, issuer: own } : document;
  const head = await findFact(work, keys, documentKey(named, issuer ?? own, `${field}.`));
  if (head?.authority !== caller.mspId) throw new LedgerError('FACT_NOT_FOUND', { field });
  const known = digest(canonicalJson(item));
  if (await someVersion(call, head, (one) => one.change === known)) return presentFact(call, head);
  if (await someVersion(call, head, ({ changedOn }) => changedOn !== undefined && changedOn > on))
    throw new LedgerError('CHANGED_LATER', { field: 'on' });
  const open = await factToChange(call, head.id, undefined);
  const step = 'amends' in item ? 'amendment' : 'cancellation';
  // What was decided long ago by whoever decided then is no way round the second person of today.
  if (caller.kind !== 'enterprise' && takesTwo(step, caller, (await policyInForce(call)).twoPeople))
    throw new LedgerError('FOUR_EYES', { detail: secondPerson, field });
  const why = { reason, changedOn: on, change: known, proposedBy: undefined };
  return 'amends' in item ? amendHead(call, open, item.changes, why) : cancelHead(call, open, why);
}

const secondPerson =
  'The consortium wants two people for this: amend or cancel the document by itself, so that one proposes and another confirms.';

/** Whether one of the versions of a document is like that, the latest looked at first. */
async function someVersion(
  { work }: Call,
  { id, version }: FactHead,
  isLike: (one: FactVersion) => boolean,
): Promise<boolean> {
  for (let at = version; at > 0; at -= 1) {
    const found = await work.read(factVersionAt(id, at));
    if (found !== undefined && isLike(found)) return true;
  }
  return false;
}
