import { ownParty } from '../authorisations/own-enterprise.js';
import { LedgerError } from '../errors.js';
import { findFact } from '../facts/find.js';
import { latestContent } from '../facts/latest.js';
import type { FactHead } from '../facts/records.js';
import { isSameFirm } from '../firms/firm-of.js';
import type { Input } from '../api.js';
import { assertBank } from '../members/banks.js';
import type { Call } from '../ledger/call.js';
import { createdBefore } from '../ledger/create-once.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { accountText } from '../rules/accounts.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { instantText } from '../rules/dates.js';
import { documentKey } from '../rules/document-keys.js';
import { digest, type Fingerprints } from '../rules/fingerprints.js';
import { formatMoney, parseMoney } from '../rules/money.js';
import { canonicalParty } from '../rules/parties.js';
import { isPartial } from '../underlyings/join.js';
import { loadUnderlying } from '../underlyings/load.js';
import { storeWithAlerts } from '../underlyings/store.js';
import { confirmedDebtAt, type Debt, debtVersions, debtView } from './records.js';

/**
 * The debtor of an invoice confirms that it owes it, how much it will pay, and, where it wants, which bank: on that a bank
 * lends to the seller on the debtor's credit. It is not taken back. To anybody but its buyer there is no such invoice, and
 * every wrong particular gets that answer. The same of an order that it has given, which counts for nothing before; where
 * the order has grown, its buyer may confirm more of it.
 *
 * @throws LedgerError FACT_NOT_FOUND, FACT_CANCELLED, DEBT_INVALID, DEBT_CONFIRMED, BANK_INVALID, TOO_MANY_DOCUMENTS.
 */
export const confirmDebt: Verb<'confirmDebt'> = async (call, input) => {
  const { work, caller, now } = call;
  const debtor = ownParty(caller);
  const { idempotencyKey, payTo } = input;
  if (payTo !== undefined) await assertBank(call, payTo, 'payTo');
  const keys = await fingerprints(work);
  const request = digest(canonicalJson(input));
  const making = { idempotencyKey, request, enterprise: accountText(debtor) };
  const { id, known } = await createdBefore(call, keys, debtVersions, making);
  if (known !== undefined) return debtView(known);
  const amount = parseMoney(input.amount, 'amount');
  const { head, payable } = await ownInvoice(call, keys, input);
  if (head.status === 'cancelled' || head.status === 'replaced') {
    throw new LedgerError(head.status === 'cancelled' ? 'FACT_CANCELLED' : 'FACT_REPLACED', {
      field: 'document',
    });
  }
  if (amount.currency !== payable.currency || amount.minor > payable.minor) {
    throw new LedgerError('DEBT_INVALID', { field: 'amount' });
  }
  const earlier = await work.read(confirmedDebtAt(head.id));
  if (earlier !== undefined && !isMoreOf(head, earlier, amount.minor, payTo)) {
    throw new LedgerError('DEBT_CONFIRMED', { field: 'document' });
  }
  const confirmed: Debt = {
    id,
    state: 'confirmed',
    seq: 1,
    owner: caller.mspId,
    debtor,
    document: { type: head.type, number: head.number },
    seller: head.seller,
    amount: formatMoney(amount.minor, amount.currency),
    payTo,
    confirmedAt: instantText(now),
    fact: head.id,
    request,
  };
  work.write(confirmedDebtAt(head.id), {
    debt: id,
    currency: amount.currency,
    amount: amount.minor,
    payTo,
    debtor,
    at: confirmed.confirmedAt,
  });
  if (head.type === 'purchase-order') await putInForce(call, keys, head, amount.minor);
  debtVersions.write(work, confirmed, [confirmed.owner]);
  return debtView(confirmed);
};

/** Whether an order is confirmed once more, for more, and for the same bank. */
function isMoreOf(
  { type }: FactHead,
  { amount, payTo }: { readonly amount: bigint; readonly payTo?: string | undefined },
  more: bigint,
  to: string | undefined,
): boolean {
  return type === 'purchase-order' && more > amount && to === payTo;
}

/** From now on the order carries what is drawn on it, and limits what is drawn on what is invoiced of it. */
async function putInForce(
  { work }: Call,
  keys: Fingerprints,
  { id, underlying }: FactHead,
  confirmed: bigint,
): Promise<void> {
  const trade = await loadUnderlying(work, underlying);
  const link = trade.rows.find(({ fact }) => fact === id)?.link;
  if (link !== undefined && (await isPartial(work, keys, link))) {
    throw new LedgerError('TOO_MANY_DOCUMENTS', { field: 'document' });
  }
  const rows = trade.rows.map((row) => (row.fact === id ? { ...row, confirmed } : row));
  await storeWithAlerts(work, { ...trade, rows });
}

/** The document whose buyer the caller's enterprise is, with every particular right, and what is payable on it. */
async function ownInvoice(
  { work, caller }: Call,
  keys: Fingerprints,
  { document, particulars }: Input<'confirmDebt'>,
): Promise<{ readonly head: FactHead; readonly payable: ReturnType<typeof parseMoney> }> {
  const seller = canonicalParty(particulars.seller, 'particulars.seller');
  const total = parseMoney(particulars.total, 'particulars.total');
  const head = await findFact(work, keys, documentKey(document, seller, 'document.'));
  const content = head && (await latestContent(work, head));
  const { buyer, total: stated } = content ?? {};
  const said = formatMoney(total.minor, total.currency);
  const isRight = stated?.amount === said.amount && stated.currency === said.currency;
  const ids = buyer ? [{ scheme: buyer.scheme, id: buyer.id }, ...(buyer.otherIds ?? [])] : [];
  if (head === undefined || !isRight || !(await isSameFirm(work, keys, ids, ownParty(caller)))) {
    throw new LedgerError('FACT_NOT_FOUND', { field: 'document' });
  }
  return { head, payable: parseMoney(content?.payable ?? said, 'payable', 'allow-zero') };
}
