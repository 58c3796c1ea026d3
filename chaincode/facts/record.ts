import { factInputSchema, type FactView } from '../api.js';
import { LedgerError } from '../errors.js';
import { eachItem } from '../ledger/batch.js';
import { type Call, fingerprints } from '../ledger/call.js';
import type { Verb } from '../ledger/execute.js';
import { parseWith } from '../ledger/input.js';
import type { FactHead } from '../ledger/kinds.js';
import { instantText } from '../rules/dates.js';
import { keyText } from '../rules/document-keys.js';
import { digest, type Fingerprints } from '../rules/fingerprints.js';
import { loadUnderlying } from '../underlyings/load.js';
import { actsFor, assertCurrency, assertRecorder } from './authority.js';
import { findFact } from './find.js';
import { latestVersion } from './latest.js';
import { prepareFact } from './prepare.js';
import { contentDigest, storeFact } from './store.js';
import { factView } from './view.js';

/** Records documents by their authority, each with its own verdict. */
export const recordFacts: Verb<'recordFacts'> = async (call, { facts, idempotencyKey }) => {
  const keys = await fingerprints(call.work);
  const request =
    idempotencyKey === undefined ? undefined : digest(`${call.caller.mspId}\n${idempotencyKey}`);
  return {
    items: await eachItem(call, facts, async (call, raw, index) => ({
      index,
      status: 'recorded' as const,
      fact: await recordFact(call, keys, raw, request),
    })),
  };
};

async function recordFact(
  call: Call,
  keys: Fingerprints,
  raw: unknown,
  request: string | undefined,
): Promise<FactView> {
  const input = parseWith(factInputSchema, raw);
  assertRecorder(call.caller, input.type);
  const prepared = prepareFact(input, call.now);
  if (!actsFor(call.caller, prepared.seller)) throw new LedgerError('OTHER_ENTERPRISE', { field: 'seller' });

  const existing = await findFact(call.work, keys, prepared.key);
  if (existing === undefined) {
    const [id] = keys.candidates('fact', keyText(prepared.key));
    const recordedAt = instantText(call.now);
    return storeFact(call, keys, prepared, { id, version: 1, status: 'active', recordedAt, request });
  }
  if (existing.status !== 'cancelled') {
    const repeated = request !== undefined && existing.request === request;
    if (!repeated || existing.content !== contentDigest(prepared))
      throw new LedgerError('FACT_EXISTS', { field: 'number' });
    return present(call, existing);
  }
  // Recorded again after a cancellation: the next version of the same document, with everything that was drawn on it.
  if (existing.authority !== call.caller.mspId) throw new LedgerError('FACT_EXISTS', { field: 'number' });
  assertCurrency(existing, prepared.balance.currency);
  const { id, version } = existing;
  const recordedAt = instantText(call.now);
  return storeFact(call, keys, prepared, { id, version: version + 1, status: 'active', recordedAt, request });
}

async function present({ work }: Call, head: FactHead): Promise<FactView> {
  const [version, trade] = await Promise.all([
    latestVersion(work, head),
    loadUnderlying(work, head.underlying),
  ]);
  return factView(head, version, trade.overdrawn);
}
