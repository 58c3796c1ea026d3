import { recordingFacts } from '../facts/record.js';
import { factAt } from '../facts/records.js';
import { idsOf } from '../firms/firm-of.js';
import { catalogue } from '../catalogue.js';
import type { Call } from '../ledger/call.js';
import { type DocumentKey, withoutIssuer } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { awaitedText } from './awaited.js';
import { matchAwaited } from './match.js';

/** Records documents; what banks had lent on one before an authority recorded it lies on it from then on. */
export const recordAndMatch = recordingFacts(match);

async function match(
  call: Call,
  keys: Fingerprints,
  fact: string,
  documentKeys: readonly DocumentKey[],
): Promise<boolean> {
  // What a seller records itself vouches for nothing: the loans wait for an authority.
  if (call.caller.kind === 'enterprise') return false;
  const head = await call.work.read(factAt(fact));
  if (head === undefined) throw new Error(`fact ${fact} is missing`);
  if (!catalogue[head.type].drawnAs.some((role) => role !== 'payment' && role !== 'mark')) return false;
  const isSellers = catalogue[head.type].issuer === 'seller';
  const holders = isSellers
    ? [head.holder]
    : [head.holder, ...(head.holderIds ?? []), ...(await idsOf(call.work, keys, head.holder))];
  // A bank that awaits a bill need not know which carrier records it.
  const awaited = documentKeys.flatMap((key) => [key, withoutIssuer(key)]);
  const texts = awaited.flatMap((key) => holders.map((holder) => awaitedText(key, holder)));
  return (await matchAwaited(call, keys, head, texts)) > 0;
}
