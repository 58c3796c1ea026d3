import type { ClaimState } from '../api.js';
import { catalogue } from '../catalogue.js';
import { loadClaim } from '../claims/load.js';
import { findFact } from '../facts/find.js';
import { latestContent } from '../facts/latest.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import type { Underlying } from '../underlyings/records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { checkAll } from '../rules/check-all.js';
import { documentKey } from '../rules/document-keys.js';
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
  if (head === undefined) return { result: 'no-match', payees: [] };
  const content = await latestContent(work, head);
  const asked = formatMoney(total.minor, total.currency);
  if (content.total?.amount !== asked.amount || content.total.currency !== asked.currency) {
    return { result: 'no-match', payees: [] };
  }
  if (head.status === 'cancelled') return { result: 'cancelled', payees: [] };
  const payees: Payee[] = await notifiedBanks(work, await loadUnderlying(work, head.underlying), head.id);
  if (content.assignedTo !== undefined) payees.push({ kind: 'document', party: content.assignedTo });
  return {
    result: 'match',
    payees: payees.length > 0 ? payees : [{ kind: 'seller', party: content.seller }],
  };
};

/** Each once, in the order in which their claims were registered. */
async function notifiedBanks(work: UnitOfWork, trade: Underlying, fact: string): Promise<Payee[]> {
  const draws = trade.draws.filter((draw) => draw.kind === undefined && isOwedOn(trade, fact, draw.fact));
  const claims = await Promise.all(draws.map(({ owner, claim }) => loadClaim(work, owner, claim)));
  const banks = new Map<string, Payee>();
  for (const { owner, state, debtorNotice } of claims) {
    if (!holding.has(state) || debtorNotice === undefined || banks.has(owner)) continue;
    const { date, how } = debtorNotice;
    banks.set(owner, { kind: 'bank', bank: owner, notified: { date, how } });
  }
  return [...banks.values()];
}

/**
 * Whether a draw on one document of the trade is on the debt of this invoice: drawn on the invoice itself, under
 * whichever type it is recorded, or on what covers the whole trade. Another invoice of the trade is another debt, and so
 * is freight.
 */
function isOwedOn({ rows }: Underlying, invoice: string, drawn: string): boolean {
  const [own, other] = [invoice, drawn].map((fact) => rows.find((row) => row.fact === fact));
  if (own === undefined || other === undefined) return false;
  const { dimension, family } = catalogue[other.type];
  return dimension === 'price' && (other.link === own.link || family !== catalogue[own.type].family);
}
