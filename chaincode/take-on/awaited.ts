import { catalogue } from '../catalogue.js';
import { LineRefusal } from '../draws/line-refusal.js';
import type { PreparedLine } from '../draws/prepare.js';
import type { Call } from '../ledger/call.js';
import { findFirst } from '../ledger/find-first.js';
import { type DocumentKey, keyText } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { partyText } from '../rules/parties.js';
import { emptyTrade } from '../rules/trades.js';
import { limits, type PartyId } from '../schemas.js';
import { loadUnderlying } from '../underlyings/load.js';
import type { Underlying } from '../underlyings/records.js';
import { awaitedAt } from './records.js';

/**
 * What a document that is not recorded allows: anything. Its draws limit nobody, and the trade in which they wait is nobody
 * else's; what was repaid meanwhile is kept there until the document comes.
 */
const anything = 10n ** 30n;

/**
 * By which text an awaited document is found: its hard key. Where one issuer numbers the papers of all firms, a wrong number
 * must not wait for somebody else's paper, so the firm is a part of it.
 */
export function awaitedText(key: DocumentKey, enterprise: PartyId): string {
  const own = keyText(key);
  return catalogue[key.type].issuer === 'seller' ? own : `${own}\n${partyText(enterprise)}`;
}

/** A trade in which the draws on an awaited document wait, and the fact that stands in it for the document. */
export interface AwaitedTrade {
  readonly trade: Underlying;
  readonly fact: string;
}

/**
 * The trade in which a line waits for its document, made where there is none.
 *
 * @param claim that brings the line: what it makes is found by nobody else.
 * @throws LineRefusal TOO_MANY_DRAWS.
 */
export async function awaitedTrade(
  { work }: Call,
  keys: Fingerprints,
  enterprise: PartyId,
  { key, currency }: PreparedLine,
  claim: string,
): Promise<AwaitedTrade> {
  const text = awaitedText(key, enterprise);
  const { id, record } = await findFirst(work, keys.candidates('awaited', text), awaitedAt);
  const known = record?.trades.find((one) => one.currency === currency);
  if (known !== undefined) {
    const trade = await loadUnderlying(work, known.underlying);
    if (trade.draws.length >= limits.drawsPerAwaited) throw new LineRefusal('TOO_MANY_DRAWS');
    return { trade, fact: known.underlying };
  }
  const before = record?.trades ?? [];
  if (before.length >= limits.currenciesPerAwaited) throw new LineRefusal('TOO_MANY_DRAWS');
  const [underlying] = keys.candidates('underlying', `awaited\n${text}\n${currency}\n${claim}`);
  work.write(awaitedAt(id), { trades: [...before, { currency, underlying }] });
  const link = `awaited ${underlying}`;
  const row = {
    fact: underlying,
    type: key.type,
    link,
    names: [link],
    cites: [],
    currency,
    ceiling: anything,
    consumed: 0n,
    cancelled: false,
  };
  return { trade: { id: underlying, ...emptyTrade, rows: [row], overdrawn: [] }, fact: underlying };
}
