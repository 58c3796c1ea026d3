import type { FactInput, Money, Party } from '@pledgeonce/chaincode/api.js';
import { DocumentError } from './document-error.js';
import { isNegative, isZero, partyOf, present, type NamedParty } from './fields.js';
import type { Warning } from './parsed.js';

export type InvoiceType = 'commercial-invoice' | 'tax-invoice';

/** What UBL and CII both say, once their element names are out of the way. */
export interface InvoiceFields {
  readonly number: string;
  /** UNTDID 1001: 380 invoice, 381 credit note, 384 corrected invoice … */
  readonly typeCode: string | undefined;
  readonly date: string;
  readonly seller: NamedParty;
  readonly buyer: NamedParty;
  readonly payee: NamedParty | undefined;
  readonly gross: Money | undefined;
  readonly payable: Money | undefined;
  readonly prepaid: Money | undefined;
  readonly paymentDueDate: string | undefined;
  /** Numbers of the earlier invoices that this one refers to. */
  readonly precedes: readonly string[];
  readonly orderNumber: string | undefined;
  readonly contractNumber: string | undefined;
  readonly despatchNumber: string | undefined;
  /** Further papers with their UNTDID 1001 code. */
  readonly papers: readonly { readonly number: string; readonly typeCode: string | undefined }[];
  /** Element names of this syntax, for the sentence of a refusal. */
  readonly elements: { readonly seller: string; readonly gross: string; readonly precedes: string };
}

type Citation = NonNullable<FactInput['cites']>[number];

const creditNoteCodes: ReadonlySet<string> = new Set(['81', '83', '381', '396', '532']);
const paperTypes: ReadonlyMap<string, Citation['type']> = new Map([
  ['703', 'bill-of-lading'],
  ['704', 'bill-of-lading'],
  ['705', 'bill-of-lading'],
  ['720', 'waybill'],
  ['730', 'waybill'],
  ['740', 'waybill'],
  ['830', 'customs-declaration'],
]);

/**
 * Turns the fields of an e-invoice into the fact that an authority records.
 *
 * @throws DocumentError when the invoice names no registered seller, states no positive total, or credits nothing.
 */
export function invoiceToFact(
  fields: InvoiceFields,
  invoiceType: InvoiceType,
): { readonly fact: FactInput; readonly warnings: readonly Omit<Warning, 'row'>[] } {
  const seller = partyOf(fields.seller);
  if (seller === undefined) {
    throw new DocumentError('PARTY_INVALID', fields.elements.seller, 'The seller has no registered number.');
  }
  const isCredit = fields.typeCode !== undefined && creditNoteCodes.has(fields.typeCode);
  const total = totalOf(fields, isCredit);
  const warnings: Omit<Warning, 'row'>[] = [];
  const assignedTo = fields.payee && payeeOf(fields.payee, seller);
  if (assignedTo !== undefined) {
    warnings.push({ warning: 'assigned', detail: `It is payable to ${assignedTo.name ?? assignedTo.id}.` });
  }
  const [corrected] = fields.precedes;
  if (isCredit && corrected === undefined) {
    throw new DocumentError('CORRECTS_REQUIRED', fields.elements.precedes);
  }
  if (fields.typeCode === '384' && corrected !== undefined) {
    warnings.push({
      warning: 'replaces',
      detail: `It replaces ${corrected}, which its authority should cancel.`,
    });
  }
  const payable = isCredit ? undefined : payableOf(fields, warnings);
  const cites = isCredit ? [] : citationsOf(fields, seller, invoiceType);
  const details = present<NonNullable<FactInput['details']>>({
    documentTypeCode: fields.typeCode,
    prepaid: fields.prepaid && !isZero(fields.prepaid) ? fields.prepaid : undefined,
    paymentDueDate: fields.paymentDueDate,
    orderNumber: fields.orderNumber?.slice(0, 80),
    contractNumber: fields.contractNumber?.slice(0, 80),
  });
  const buyer = partyOf(fields.buyer);
  return {
    fact: {
      type: isCredit ? 'credit-note' : invoiceType,
      number: fields.number,
      date: fields.date,
      seller,
      total,
      ...(buyer !== undefined && { buyer }),
      ...(payable !== undefined && { payable }),
      ...(cites.length > 0 && { cites }),
      ...(isCredit && corrected !== undefined && { corrects: { number: corrected } }),
      ...(assignedTo !== undefined && { assignedTo }),
      details,
    },
    warnings,
  };
}

function totalOf({ gross, payable, elements }: InvoiceFields, isCredit: boolean): Money {
  const total = gross ?? payable;
  if (total === undefined) {
    throw new DocumentError('AMOUNT_INVALID', elements.gross, 'The document states no total.');
  }
  if (isNegative(total)) {
    const meaning = isCredit ? 'A credit note with a negative total asks for money' : 'It gives money back';
    throw new DocumentError(
      'AMOUNT_NOT_POSITIVE',
      elements.gross,
      `The total is negative. ${meaning}: nothing can be claimed on it.`,
    );
  }
  if (isZero(total)) throw new DocumentError('AMOUNT_NOT_POSITIVE', elements.gross, 'The total is zero.');
  return total;
}

/** What is still to be paid is the ceiling of every claim; an invoice that is paid in full keeps nothing. */
function payableOf({ payable, gross }: InvoiceFields, warnings: Omit<Warning, 'row'>[]): Money | undefined {
  if (payable === undefined) return undefined;
  if (isNegative(payable)) {
    warnings.push({ warning: 'overpaid', detail: 'More was paid than invoiced: nothing is payable.' });
    return { ...payable, amount: '0' };
  }
  if (gross !== undefined && payable.amount !== gross.amount) {
    warnings.push({
      warning: 'prepaid',
      detail: `Of ${gross.amount} ${gross.currency}, ${payable.amount} is to pay.`,
    });
  }
  return payable;
}

/** Who is to be paid instead of the seller. One without a registered number is kept as the document names him: he warns. */
function payeeOf(payee: NamedParty, seller: Party): Party | undefined {
  const unregistered = payee.others[0]?.id ?? payee.name;
  const party =
    partyOf(payee) ??
    (unregistered === undefined
      ? undefined
      : {
          scheme: 'LEGAL' as const,
          // Names carry marks that no registered number has.
          id: unregistered.replace(/[^\p{L}\d]/gu, '').slice(0, 60),
          ...(payee.name !== undefined && { name: payee.name.slice(0, 200) }),
        });
  return party?.id === seller.id ? undefined : party;
}

/**
 * Papers that prove the same goods. Orders and contracts stay details: one of them covers many deliveries, and a
 * citation would join trades that have nothing else in common.
 */
function citationsOf(fields: InvoiceFields, seller: Party, type: InvoiceType): Citation[] {
  const issuer = { scheme: seller.scheme, id: seller.id };
  const papers = fields.papers.flatMap(({ number, typeCode }): Citation[] => {
    const paper = paperTypes.get(typeCode ?? '');
    return paper === undefined ? [] : [{ type: paper, number }];
  });
  const despatch = fields.despatchNumber;
  return [
    ...fields.precedes.map((number): Citation => ({ type, number, issuer })),
    ...(despatch === undefined ? [] : [{ type: 'despatch-advice' as const, number: despatch, issuer }]),
    ...papers,
  ].slice(0, 50);
}
