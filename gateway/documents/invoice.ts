import type { FactInput, Money, Party } from '@pledgeonce/chaincode/api.js';
import { catalogue } from '@pledgeonce/chaincode/catalogue.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import { canonicalNumber } from '@pledgeonce/chaincode/rules/numbers.js';
import { citationsOf } from './citations.js';
import { DocumentError } from './document-error.js';
import type { InvoiceFields } from './invoice-fields.js';
import { instalmentsOf } from './instalments.js';
import { isNegative, isZero, optionalText, positive, present } from './fields.js';
import { type NamedParty, nameOf, partyOf, requiredParty } from './parties.js';
import type { Warn } from './parsed.js';
import { kindOfPaper, type PaperKind } from './type-codes.js';

export type InvoiceType = 'commercial-invoice' | 'tax-invoice';

/** As what a paper is recorded. */
export interface InvoiceOptions {
  readonly invoiceType: InvoiceType;
  readonly numberingPeriod?: string | undefined;
}

/**
 * Turns the fields of an e-invoice into the fact that an authority records.
 *
 * @throws DocumentError when the paper is no receivable, names no registered seller, states no total, or corrects nothing.
 */
export function invoiceToFact(
  fields: InvoiceFields,
  { invoiceType, numberingPeriod }: InvoiceOptions,
  warn: Warn,
): FactInput {
  const { root, elements } = fields;
  const isFreight = root === 'freight-invoice';
  const stated = kindOfPaper(isFreight ? 'invoice' : root, fields.typeCode, elements.type);
  const total = totalOf(fields);
  const kind = isNegative(total) ? asCredit(stated, fields, warn) : stated;
  const isCredit = kind.effect === 'credit';
  const seller = requiredParty(fields.seller, elements.seller, 'seller', warn);
  const type = isCredit ? 'credit-note' : isFreight ? 'freight-invoice' : invoiceType;
  // A seller's own record of it stays under the seller: it must not take up numbers of somebody else.
  const selfBilled = kind.selfBilled && (type === 'tax-invoice' || type === 'freight-invoice');
  const buyer = selfBilled ? issuingBuyer(fields, warn) : partyOf(fields.buyer, elements.buyer, warn);
  const assignedTo = assigneeOf(fields, kind, seller, warn);
  const corrected = isCredit || kind.effect === 'corrected' ? correctedBy(fields, kind) : undefined;
  if (kind.effect === 'corrected') {
    warn({
      warning: 'replaces',
      field: elements.precedes,
      detail: `It takes the place of ${corrected ?? ''}.`,
    });
  }
  const payable = isCredit ? undefined : payableOf(fields, warn);
  const instalments = isCredit ? undefined : plannedOf(fields, type, payable ?? positive(total), warn);
  const cites = isCredit ? [] : citationsOf(fields, seller, type, corrected, warn);
  const details = present<NonNullable<FactInput['details']>>({
    documentTypeCode: fields.typeCode,
    prepaid: fields.prepaid && !isZero(fields.prepaid) ? fields.prepaid : undefined,
    paymentDueDate: lastDay(instalments) ?? fields.paymentDueDate,
    orderNumber: optionalText(fields.orderNumber, 80, elements.order, warn),
    contractNumber: optionalText(fields.contractNumber, 80, elements.contract, warn),
  });
  return {
    type,
    number: fields.number,
    date: fields.date,
    seller,
    total: positive(total),
    ...(selfBilled && { selfBilled: true as const }),
    ...present({ numberingPeriod, buyer, payable, instalments, assignedTo }),
    ...(cites.length > 0 && { cites }),
    ...(isCredit && corrected !== undefined && { corrects: { number: corrected } }),
    ...(kind.effect === 'corrected' && corrected !== undefined && { replaces: { number: corrected } }),
    details,
  };
}

/** In which instalments it is paid, where documents of its type may say so. */
function plannedOf(
  fields: InvoiceFields,
  type: FactInput['type'],
  payable: Money,
  warn: Warn,
): FactInput['instalments'] {
  if (catalogue[type].instalments !== true) return undefined;
  return instalmentsOf({ ...fields, field: fields.elements.terms }, payable, warn);
}

/** With instalments everything is due with the last of them. */
function lastDay(instalments: FactInput['instalments']): string | undefined {
  return instalments?.at(-1)?.dueDate;
}

/** The number of a self-billed invoice is the buyer's: without a registered buyer nobody could tell two of them apart. */
function issuingBuyer({ buyer, elements }: InvoiceFields, warn: Warn): Party {
  const party = requiredParty(buyer, elements.buyer, 'buyer, who wrote it,', warn);
  warn({
    warning: 'self-billed',
    field: elements.type,
    detail: `Its number is one of ${party.name ?? party.id}.`,
  });
  return party;
}

function totalOf({ gross, payable, elements }: InvoiceFields): Money {
  const total = gross ?? payable;
  if (total === undefined) {
    throw new DocumentError('AMOUNT_INVALID', elements.gross, 'The document states no total.');
  }
  if (isZero(total)) throw new DocumentError('AMOUNT_NOT_POSITIVE', elements.gross, 'The total is zero.');
  return total;
}

/** A negative total gives money back: a credit of that amount on the invoice that the paper names, whatever its code. */
function asCredit(kind: PaperKind, { precedes, elements }: InvoiceFields, warn: Warn): PaperKind {
  if (kind.effect !== 'credit') {
    if (precedes.length === 0) {
      throw new DocumentError(
        'AMOUNT_NOT_POSITIVE',
        elements.gross,
        'The total is negative: it gives money back, and names no invoice that it lowers. Nothing can be claimed on it.',
      );
    }
    const detail = 'The total is negative: it is recorded as a credit on the invoice that it names.';
    warn({ warning: 'negative-total', field: elements.gross, detail });
  }
  return { ...kind, effect: 'credit' };
}

/** The one invoice that is lowered or replaced. */
function correctedBy({ precedes, elements }: InvoiceFields, { effect }: PaperKind): string {
  const distinct = [...new Set(precedes)];
  const [corrected] = distinct;
  const what = effect === 'credit' ? 'credit note' : 'corrected invoice';
  if (corrected === undefined) {
    const verb = effect === 'credit' ? 'lowers' : 'takes the place of';
    const detail = `A ${what} must name the invoice that it ${verb}, and this one names none.`;
    throw new DocumentError('CORRECTS_REQUIRED', elements.precedes, detail);
  }
  if (distinct.length > 1) {
    const detail = `This ${what} names ${distinct.length} invoices and does not say how its amount is shared among them. Record it for each of them.`;
    throw new DocumentError('DOCUMENT_AMBIGUOUS', elements.precedes, detail);
  }
  try {
    canonicalNumber(corrected, elements.precedes);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new DocumentError(error.code, elements.precedes, error.body.detail);
  }
  return corrected;
}

/** What is still to be paid is the ceiling of every claim; an invoice that is paid in full keeps nothing. */
function payableOf({ payable, gross, elements }: InvoiceFields, warn: Warn): Money | undefined {
  if (payable === undefined) return undefined;
  if (isNegative(payable)) {
    warn({ warning: 'overpaid', detail: 'More was paid than invoiced: nothing is payable.' });
    return { ...payable, amount: '0' };
  }
  if (gross !== undefined && exceeds(payable, gross)) {
    const detail = `To pay are ${payable.amount}, which is more than the total of ${gross.amount}: the total is what can be claimed.`;
    warn({ warning: 'left-out', field: elements.gross, detail });
    return gross;
  }
  if (gross !== undefined && payable.amount !== gross.amount) {
    warn({
      warning: 'prepaid',
      detail: `Of ${gross.amount} ${gross.currency}, ${payable.amount} is to pay.`,
    });
  }
  return payable;
}

/** False also for what is no amount: the ledger names it. */
function exceeds(payable: Money, gross: Money): boolean {
  try {
    return parseMoney(payable, '', 'allow-zero').minor > parseMoney(gross, '').minor;
  } catch (error) {
    if (error instanceof LedgerError) return false;
    throw error;
  }
}

/** Who is to be paid instead of the seller. One without a registered number is kept as the document names it: it warns. */
function assigneeOf(
  { payee, elements }: InvoiceFields,
  { factored }: PaperKind,
  seller: Party,
  warn: Warn,
): Party | undefined {
  const party = payee && (partyOf(payee, elements.payee, warn) ?? unregistered(payee));
  const isSeller = [seller, ...(seller.otherIds ?? [])].some(({ id }) => id === party?.id);
  if (party !== undefined && !isSeller) {
    const detail = `It is payable to ${party.name ?? party.id}.`;
    warn({ warning: 'assigned', field: elements.payee, detail });
    return party;
  }
  if (factored) {
    warn({
      warning: 'factored',
      field: elements.type,
      detail: 'By its code it is assigned to a factor, whom it does not name.',
    });
  }
  return undefined;
}

function unregistered(payee: NamedParty): Party | undefined {
  const text = payee.ids[0]?.id ?? payee.name;
  // Names carry marks that no registered number has.
  const id =
    text
      ?.normalize('NFKC')
      .replace(/[^\p{L}\d]/gu, '')
      .slice(0, 60) ?? '';
  return id === '' ? undefined : { scheme: 'LEGAL', id, ...nameOf(payee.name) };
}
