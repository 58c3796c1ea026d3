import { ownEnterprise } from '../authorisations/own-enterprise.js';
import { loadClaim } from '../claims/load.js';
import { LedgerError } from '../errors.js';
import { findFact } from '../facts/find.js';
import { latestVersion } from '../facts/latest.js';
import { whatIsLeft } from '../facts/verify.js';
import { isSameFirm } from '../firms/firm-of.js';
import type { Output } from '../api.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { factAt, type FactHead } from '../facts/records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { loadPayment } from '../payments/store.js';
import { clockToleranceMs } from '../clock.js';
import { instantText } from '../rules/dates.js';
import { documentKey } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { formatMoney } from '../rules/money.js';
import type { Draw } from '../rules/trade.js';
import { withoutLapsed } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import type { OwnDraw } from './api.js';

/**
 * An enterprise's own document, whoever recorded it: what is left of it, and each live claim and payment on its trade with
 * the bank that holds it. Of anybody else's document it learns nothing, not even whether there is one.
 *
 * @throws LedgerError FACT_NOT_FOUND.
 */
export const readOwnDocument: Verb<'readOwnDocument'> = async (call, { document }) => {
  const { work, caller } = call;
  const keys = await fingerprints(work);
  const key = documentKey(document, ownEnterprise(caller), 'document.');
  const found = await ownDocument(call, keys, await findFact(work, keys, key));
  if (found === undefined) throw new LedgerError('FACT_NOT_FOUND', { field: 'document' });
  return found;
};

/** A page of own documents, in the order of their ids; null for one that is not the enterprise's. */
export const readOwnDocuments: Verb<'readOwnDocuments'> = async (call, { ids }) => {
  const keys = await fingerprints(call.work);
  const heads = await Promise.all(ids.map((id) => call.work.read(factAt(id))));
  const documents = await Promise.all(heads.map((head) => ownDocument(call, keys, head)));
  return { documents: documents.map((document) => document ?? null) };
};

/** The document as its holder sees it; undefined where the caller's enterprise does not hold it. */
async function ownDocument(
  call: Call,
  keys: Fingerprints,
  head: FactHead | undefined,
): Promise<Output<'readOwnDocument'> | undefined> {
  const { work, caller, now } = call;
  const enterprise = ownEnterprise(caller);
  const isOwn = (one: FactHead) => isSameFirm(work, keys, [one.holder, ...(one.holderIds ?? [])], enterprise);
  if (head === undefined || !(await isOwn(head))) return undefined;
  const { id, type, number, status, underlying } = head;
  const version = await latestVersion(work, head);
  const isStanding = status !== 'cancelled' && status !== 'replaced';
  const trade = withoutLapsed(await loadUnderlying(work, underlying), now, clockToleranceMs);
  const draws = await Promise.all(
    trade.draws.map(async (draw) => {
      const drawnOn = await work.read(factAt(draw.fact));
      return drawnOn !== undefined && (await isOwn(drawnOn)) ? ownDraw(work, draw, drawnOn) : undefined;
    }),
  );
  return {
    id,
    document: { type, number },
    printedNumber: version.content.printedNumber,
    status,
    total: version.content.total,
    date: version.content.date,
    ...(isStanding ? await whatIsLeft(work, head, version, now) : { warnings: [] }),
    draws: draws.flatMap((draw) => draw ?? []),
  };
}

async function ownDraw(work: UnitOfWork, draw: Draw, { type, number }: FactHead): Promise<OwnDraw> {
  const { drawnBy: id, owner: bank, kind } = draw;
  const document = { type, number };
  if (kind !== undefined) {
    const { state, amount, currency, paidOn, createdAt: since } = await loadPayment(work, bank, id);
    return {
      kind: 'payment',
      id,
      bank,
      state,
      document,
      amount: formatMoney(amount, currency),
      paidOn,
      since,
    };
  }
  const claim = await loadClaim(work, bank, id);
  const { state, product, currency, dueDate, debtorNotice, expiresAt, dispute, createdAt: since } = claim;
  return {
    kind: 'claim',
    id,
    bank,
    state,
    product,
    document,
    amount: formatMoney(claim.amount, currency),
    outstanding: formatMoney(claim.outstanding, currency),
    dueDate,
    ...(debtorNotice && { debtorNotice: { date: debtorNotice.date, how: debtorNotice.how } }),
    ...(expiresAt !== undefined && { expiresAt: instantText(expiresAt) }),
    ...(dispute && { dispute: dispute.reason }),
    since,
  };
}
