import type { ClaimState } from '../api.js';
import { loadClaim } from '../claims/load.js';
import { findFact } from '../facts/find.js';
import { latestContent } from '../facts/latest.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import type { Underlying } from '../underlyings/records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { checkAll } from '../rules/check-all.js';
import { documentKey } from '../rules/document-keys.js';
import { drawsOnDebt } from '../rules/evidence/debts.js';
import { formatMoney, parseMoney } from '../rules/money.js';
import { canonicalParty } from '../rules/parties.js';
import { loadUnderlying } from '../underlyings/load.js';
import type { Payee } from './api.js';

/** A promise that a second person has confirmed, and that is not over. */
const holding: ReadonlySet<ClaimState> = new Set<ClaimState>([
  'accepted',
  'disbursed',
  'partly-repaid',
  'overdue',
  'disputed',
  'assigned-to-collector',
]);

/**
 * Whom a debtor pays with discharge. A bank is named only when the debtor has been told of its claim: before that the
 * law lets the debtor pay the seller, and that the invoice is financed is nobody's business.
 */
export const lookUpPayee: Verb<'lookUpPayee'> = async ({ work }, { document, particulars }) => {
  const keys = await fingerprints(work);
  const { seller, total } = checkAll({
    seller: () => canonicalParty(particulars.seller, 'particulars.seller'),
    total: () => parseMoney(particulars.total, 'particulars.total'),
  });
  const head = await findFact(work, keys, documentKey(document, seller, 'document.'));
  if (head === undefined) return { result: 'no-match' };
  const content = await latestContent(work, head);
  const asked = formatMoney(total.minor, total.currency);
  if (content.total?.amount !== asked.amount || content.total.currency !== asked.currency) {
    return { result: 'no-match' };
  }
  if (head.status === 'cancelled') return { result: 'cancelled' };
  const bank = await notifiedBank(work, await loadUnderlying(work, head.underlying), head.id);
  const payee: Payee =
    content.assignedTo === undefined
      ? { kind: 'seller', party: content.seller }
      : { kind: 'document', party: content.assignedTo };
  return { result: 'match', payee: bank ?? payee };
};

/**
 * Of several banks that have told the debtor the one whose claim was registered first, in whatever order the letters came
 * (PRC Civil Code art. 768). It is named as its letter names it: of a transfer of which the debtor was not told, nothing is
 * known here either.
 */
async function notifiedBank(work: UnitOfWork, trade: Underlying, fact: string): Promise<Payee | undefined> {
  const draws = drawsOnDebt(trade, fact).filter(({ kind }) => kind === undefined);
  const distinct = [...new Map(draws.map((draw) => [draw.drawnBy, draw])).values()];
  const claims = await Promise.all(
    distinct.map(({ owner, drawnBy: claim }) => loadClaim(work, owner, claim)),
  );
  const notified = claims.flatMap(({ state, debtorNotice, registeredAt, createdAt }) =>
    holding.has(state) && debtorNotice !== undefined
      ? { ...debtorNotice, registeredAt: registeredAt ?? createdAt }
      : [],
  );
  // Where two trades became one, their draws are in no order of time.
  const [first] = notified.sort(byRegistration);
  if (first === undefined) return undefined;
  const { bank, date, how } = first;
  return { kind: 'bank', bank, notified: { date, how } };
}

/** Shares of one loan were registered with it: the bank that sold them stays before those that took them. */
function byRegistration(
  one: { readonly registeredAt: string },
  other: { readonly registeredAt: string },
): number {
  if (one.registeredAt === other.registeredAt) return 0;
  return one.registeredAt < other.registeredAt ? -1 : 1;
}
