import type { Input } from '../api.js';
import { ownEnterprise } from '../authorisations/own-enterprise.js';
import { LedgerError } from '../errors.js';
import { findFact } from '../facts/find.js';
import { latestContent } from '../facts/latest.js';
import { isVerified } from '../facts/proofs.js';
import { factAt, type FactHead, type FactVersion } from '../facts/records.js';
import { isSameFirm } from '../firms/firm-of.js';
import { idsOf } from '../insurance/names.js';
import { type Call, isOwnName } from '../ledger/call.js';
import { documentKey } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import type { Trade } from '../rules/trade.js';

/** What is objected to, and by what whoever objects says that it is concerned. */
interface Asked {
  readonly head: FactHead;
  readonly trade: Trade;
  readonly enterprise: Input<'raiseObjection'>['enterprise'];
  readonly verified: readonly string[];
  readonly cover: Input<'raiseObjection'>['cover'];
}

type Content = FactVersion['content'];

/**
 * Whether the caller is a party to the trade.
 *
 * @throws LedgerError FACT_NOT_FOUND of a cover that the caller has not recorded for this seller, or has cancelled.
 */
export async function isConcerned(call: Call, keys: Fingerprints, asked: Asked): Promise<boolean> {
  const { work, caller } = call;
  const { head, trade, enterprise, verified, cover } = asked;
  if (cover !== undefined && caller.kind !== 'insurer') throw unknownCover();
  if (!(await isSameFirm(work, keys, [head.holder, ...(head.holderIds ?? [])], enterprise))) return false;
  if (caller.kind === 'enterprise') return isSameFirm(work, keys, [ownEnterprise(caller)], enterprise);
  if (caller.kind === 'bank') {
    const isHolder = trade.draws.some(({ owner }) => isOwnName(caller, owner));
    return isHolder || isVerified(call, keys, head, verified);
  }
  const found = await Promise.all(trade.rows.map(({ fact }) => work.read(factAt(fact))));
  const heads = found.filter((one) => one !== undefined);
  if (heads.some((one) => isOwnName(caller, one.authority))) return true;
  return cover !== undefined && (await isCovered(call, keys, asked, cover, heads));
}

/**
 * Whether a document of the trade falls under this cover of the caller's own: under a policy what the seller sells while it
 * runs, under a buyer limit what it sells to that buyer. Which of its covers concerns it the insurer says: nothing on the
 * ledger leads from a seller to the policies of everybody.
 */
async function isCovered(
  { work, caller }: Call,
  keys: Fingerprints,
  { enterprise }: Asked,
  cover: NonNullable<Asked['cover']>,
  heads: readonly FactHead[],
): Promise<boolean> {
  const own = await findFact(work, keys, documentKey(cover, enterprise, 'cover.'), 'cover.issuer');
  if (own === undefined || !isOwnName(caller, own.authority) || own.status === 'cancelled')
    throw unknownCover();
  if (!(await isSameFirm(work, keys, [own.holder, ...(own.holderIds ?? [])], enterprise)))
    throw unknownCover();
  const terms = await latestContent(work, own);
  const documents = await Promise.all(heads.map((one) => latestContent(work, one)));
  return documents.some((document) => fallsUnder(document, terms));
}

function fallsUnder({ date, buyer }: Content, { policy, buyer: insured }: Content): boolean {
  if (policy !== undefined) return policy.from <= date && date <= policy.to;
  if (buyer === undefined || insured === undefined) return false;
  const ids = idsOf(insured);
  return idsOf(buyer).some((id) => ids.includes(id));
}

function unknownCover(): LedgerError {
  return new LedgerError('FACT_NOT_FOUND', { field: 'cover' });
}
