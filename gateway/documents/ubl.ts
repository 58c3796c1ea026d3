import { dateOf, moneyOf, optionalDate, optionalMoney, required } from './fields.js';
import type { PaymentTerm } from './instalments.js';
import type { InvoiceFields } from './invoice-fields.js';
import { only, onlyText, own } from './own-elements.js';
import type { Warn } from './parsed.js';
import type { InvoiceRoot } from './type-codes.js';
import { readUblParty } from './ubl-party.js';
import { find, findAll, textOf, type XmlElement } from './xml-tree.js';

const schema = 'urn:oasis:names:specification:ubl:schema:xsd:';

/** Papers of UBL 2 that say what is owed, by their root. */
const roots: ReadonlyMap<string, InvoiceRoot | 'freight-invoice'> = new Map([
  ['Invoice', 'invoice'],
  ['CreditNote', 'credit-note'],
  ['DebitNote', 'debit-note'],
  ['SelfBilledInvoice', 'self-billed-invoice'],
  ['SelfBilledCreditNote', 'self-billed-credit-note'],
  ['FreightInvoice', 'freight-invoice'],
]);

/** What kind of UBL paper a root element opens; undefined when it opens none that is an invoice. */
export function ublRoot({ name, namespace }: XmlElement): InvoiceRoot | 'freight-invoice' | undefined {
  return namespace === `${schema}${name}-2` ? roots.get(name) : undefined;
}

/** The document without what is not UBL. */
export function ownUbl(root: XmlElement): XmlElement {
  return own(
    root,
    (namespace) =>
      namespace === root.namespace ||
      namespace === `${schema}CommonAggregateComponents-2` ||
      namespace === `${schema}CommonBasicComponents-2`,
  );
}

/** Reads a UBL 2 invoice, credit or debit note. */
export function readUbl(document: XmlElement, warn: Warn): InvoiceFields {
  const root = ownUbl(document);
  const currency = required(
    onlyText(root, 'DocumentCurrencyCode'),
    'DocumentCurrencyCode',
    'The document names no currency.',
  );
  // A debit note asks for its total by another name.
  const totalName = root.name === 'DebitNote' ? 'RequestedMonetaryTotal' : 'LegalMonetaryTotal';
  const totals = only(root, totalName);
  const codeName = `${root.name.replace('SelfBilled', '').replace('Freight', '')}TypeCode`;
  const money = (name: string) => moneyOf(only(totals, name), currency, `${totalName}/${name}`);
  const dueDate = textOf(root, 'DueDate') ?? textOf(root, 'PaymentMeans', 'PaymentDueDate');
  const payee = find(root, 'PayeeParty');
  return {
    root: ublRoot(document) ?? 'invoice',
    number: required(onlyText(root, 'ID'), 'ID', 'The document has no number.'),
    typeCode: onlyText(root, codeName),
    date: dateOf(onlyText(root, 'IssueDate'), 'IssueDate'),
    seller: readUblParty(only(root, 'AccountingSupplierParty', 'Party')),
    buyer: readUblParty(find(root, 'AccountingCustomerParty', 'Party')),
    payee: payee && readUblParty(payee),
    gross: money('TaxInclusiveAmount'),
    payable: money('PayableAmount'),
    prepaid: optionalMoney(find(totals, 'PrepaidAmount'), currency, `${totalName}/PrepaidAmount`, warn),
    paymentDueDate: optionalDate(dueDate, 'DueDate', 'due date', warn),
    terms: termsOf(root, currency, warn),
    precedes: findAll(root, 'BillingReference').flatMap((reference) => {
      const number =
        textOf(reference, 'InvoiceDocumentReference', 'ID') ??
        textOf(reference, 'SelfBilledInvoiceDocumentReference', 'ID') ??
        textOf(reference, 'CreditNoteDocumentReference', 'ID') ??
        textOf(reference, 'DebitNoteDocumentReference', 'ID');
      return number === undefined ? [] : [number];
    }),
    orderNumber: textOf(root, 'OrderReference', 'ID'),
    contractNumber: textOf(root, 'ContractDocumentReference', 'ID'),
    despatchNumber: textOf(root, 'DespatchDocumentReference', 'ID'),
    papers: findAll(root, 'AdditionalDocumentReference').flatMap((reference) => {
      const number = textOf(reference, 'ID');
      return number === undefined ? [] : [{ number, typeCode: textOf(reference, 'DocumentTypeCode') }];
    }),
    elements: {
      type: codeName,
      seller: 'AccountingSupplierParty',
      buyer: 'AccountingCustomerParty',
      payee: 'PayeeParty',
      gross: `${totalName}/TaxInclusiveAmount`,
      precedes: 'BillingReference',
      order: 'OrderReference',
      contract: 'ContractDocumentReference',
      despatch: 'DespatchDocumentReference',
      papers: 'AdditionalDocumentReference',
      terms: 'PaymentTerms',
    },
  };
}

/** By when how much is to be paid; the day may stand in the means of payment that a term names. */
function termsOf(root: XmlElement, currency: string, warn: Warn): PaymentTerm[] {
  const means = findAll(root, 'PaymentMeans').map(
    (one) => [textOf(one, 'ID'), textOf(one, 'PaymentDueDate')] as const,
  );
  return findAll(root, 'PaymentTerms').map((term) => {
    const meant = textOf(term, 'PaymentMeansID');
    const day =
      textOf(term, 'InstallmentDueDate') ??
      textOf(term, 'PaymentDueDate') ??
      (meant === undefined ? undefined : means.find(([id]) => id === meant)?.[1]);
    return {
      dueDate: optionalDate(day, 'PaymentTerms', 'due date', warn),
      amount: optionalMoney(find(term, 'Amount'), currency, 'PaymentTerms/Amount', warn),
      percent: textOf(term, 'PaymentPercent'),
    };
  });
}
