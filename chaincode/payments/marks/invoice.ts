import { LedgerError } from '../../errors.js';
import { findFact } from '../../facts/find.js';
import { latestContent } from '../../facts/latest.js';
import type { Call } from '../../ledger/call.js';
import { findFirst } from '../../ledger/find-first.js';
import type { FactHead, FactVersion } from '../../facts/records.js';
import type { Payment } from '../records.js';
import type { UnitOfWork } from '../../ledger/unit-of-work.js';
import type { OffshoreCheck } from '../../offshore/records.js';
import { documentKey, linkText } from '../../rules/document-keys.js';
import { dateOf } from '../../rules/dates.js';
import { exchange } from '../../rules/exchange.js';
import type { Fingerprints } from '../../rules/fingerprints.js';
import { type MinorMoney, parseMoney } from '../../rules/money.js';
import { names } from '../../rules/parties.js';
import { assertCurrent } from '../../rules/rates.js';
import { ratesOf } from '../../underlyings/rates.js';
import { paidOnInvoiceAt } from './records.js';

/** The invoice that was checked with the papers, as the registry has it. */
export interface CheckedInvoice {
  readonly head: FactHead;
  readonly content: FactVersion['content'];
}

/**
 * The invoice against which a payment is held: checked with the papers, on record, and one that does not rest on the
 * payer's own word, which would say whatever the payer likes.
 *
 * @throws LedgerError INVOICE_REQUIRED.
 */
export async function checkedInvoice(
  { work }: Pick<Call, 'work'>,
  keys: Fingerprints,
  { asked: { enterprise, invoice } }: OffshoreCheck,
): Promise<CheckedInvoice> {
  const head = invoice && (await findFact(work, keys, documentKey(invoice.document, enterprise, 'invoice.')));
  const content = head && (await latestContent(work, head));
  const isOnRecord = head !== undefined && head.status !== 'cancelled' && sameTotal(invoice, content);
  if (!isOnRecord || content === undefined) throw new LedgerError('INVOICE_REQUIRED', { field: 'check' });
  const isToPayer = names(content.buyer, enterprise);
  const isBelieved = head.self !== true && names(content.seller, enterprise);
  if (!isToPayer && !isBelieved) {
    throw new LedgerError('INVOICE_REQUIRED', {
      detail: 'The invoice that was checked is not one to the payer, and no authority has recorded it.',
      field: 'check',
    });
  }
  return { head, content };
}

/** The link text under which payments on the checked invoice are held; undefined where it is not on record. */
export async function invoiceText(
  { work }: Pick<Call, 'work'>,
  keys: Fingerprints,
  { asked: { enterprise, invoice } }: OffshoreCheck,
): Promise<string | undefined> {
  const head = invoice && (await findFact(work, keys, documentKey(invoice.document, enterprise, 'invoice.')));
  return head && textOf(head);
}

/** One sale under a commercial and a tax invoice is paid once. */
function textOf({ issuer, number }: FactHead): string {
  return linkText('invoice', issuer, number);
}

/** What has not been paid yet of an invoice, in minor units of its currency, with the text under which it is held. */
export async function leftOfInvoice(
  { work }: Pick<Call, 'work'>,
  keys: Fingerprints,
  { head, content }: CheckedInvoice,
): Promise<{ readonly text: string; readonly left: bigint }> {
  if (content.total === undefined) throw new Error(`invoice ${head.id} states no total`);
  const total = parseMoney(content.total, 'total', 'allow-zero');
  const text = textOf(head);
  const { record } = await findFirst(work, keys.candidates('invoice-paid', text), paidOnInvoiceAt);
  const paid = (record?.paid ?? []).reduce((sum, one) => sum + one.amount, 0n);
  return { text, left: total.minor - paid };
}

/**
 * Holds a payment against its invoice: what is paid on it abroad, at whatever banks, is never more than it states.
 *
 * @returns the link text under which it is held.
 * @throws LedgerError EXCEEDS_INVOICE; RATE_MISSING or RATE_STALE for a payment in another currency.
 */
export async function holdAgainst(
  { work, now }: Call,
  keys: Fingerprints,
  { head, content }: CheckedInvoice,
  payment: string,
  amount: MinorMoney,
): Promise<string> {
  if (content.total === undefined) throw new Error(`invoice ${head.id} states no total`);
  const total = parseMoney(content.total, 'total', 'allow-zero');
  const rates = await ratesOf(work, [amount.currency, total.currency]);
  if (amount.currency !== total.currency) assertCurrent(rates, dateOf(now));
  const { minor } = exchange(amount.minor, amount.currency, total.currency, rates);
  const text = textOf(head);
  const { id, record } = await findFirst(work, keys.candidates('invoice-paid', text), paidOnInvoiceAt);
  const paid = record?.paid ?? [];
  const before = paid.reduce((sum, one) => sum + one.amount, 0n);
  if (before + minor > total.minor) throw new LedgerError('EXCEEDS_INVOICE', { field: 'amount.amount' });
  work.write(paidOnInvoiceAt(id), { paid: [...paid, { payment, amount: minor }] });
  return text;
}

/** The invoice of a payment that came back, or whose mark was lifted, can be paid again. */
export async function freeInvoice(
  work: UnitOfWork,
  keys: Fingerprints,
  { id: payment, heldAgainst }: Pick<Payment, 'id' | 'heldAgainst'>,
): Promise<void> {
  if (heldAgainst === undefined) return;
  const ids = keys.candidates('invoice-paid', heldAgainst);
  const { id, record } = await findFirst(work, ids, paidOnInvoiceAt);
  const left = (record?.paid ?? []).filter((one) => one.payment !== payment);
  work.write(paidOnInvoiceAt(id), { paid: left });
}

function sameTotal(
  invoice: OffshoreCheck['asked']['invoice'],
  content: FactVersion['content'] | undefined,
): boolean {
  if (invoice === undefined || content?.total === undefined) return false;
  const [told, recorded] = [invoice.total, content.total].map((money) =>
    parseMoney(money, 'total', 'allow-zero'),
  );
  return told?.minor === recorded?.minor && told?.currency === recorded?.currency;
}
