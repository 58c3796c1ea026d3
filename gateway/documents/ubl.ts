import { dateOf, moneyOf, required, type NamedParty } from './fields.js';
import type { InvoiceFields } from './invoice.js';
import { find, findAll, textOf, type XmlElement } from './xml-tree.js';

export const ublNamespaces = {
  invoice: 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2',
  creditNote: 'urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2',
} as const;

/** Reads a UBL 2.1 invoice or credit note. */
export function readUbl(root: XmlElement): InvoiceFields {
  const currency = required(
    textOf(root, 'DocumentCurrencyCode'),
    'DocumentCurrencyCode',
    'The document names no currency.',
  );
  const totals = find(root, 'LegalMonetaryTotal');
  const dueDate = textOf(root, 'DueDate') ?? textOf(root, 'PaymentMeans', 'PaymentDueDate');
  const payee = find(root, 'PayeeParty');
  return {
    number: required(textOf(root, 'ID'), 'ID', 'The document has no number.'),
    typeCode:
      textOf(root, 'InvoiceTypeCode') ??
      textOf(root, 'CreditNoteTypeCode') ??
      (root.namespace === ublNamespaces.creditNote ? '381' : undefined),
    date: dateOf(textOf(root, 'IssueDate'), 'IssueDate'),
    seller: readParty(find(root, 'AccountingSupplierParty', 'Party')),
    buyer: readParty(find(root, 'AccountingCustomerParty', 'Party')),
    payee: payee && readParty(payee),
    gross: moneyOf(find(totals, 'TaxInclusiveAmount'), currency, 'LegalMonetaryTotal/TaxInclusiveAmount'),
    payable: moneyOf(find(totals, 'PayableAmount'), currency, 'LegalMonetaryTotal/PayableAmount'),
    prepaid: moneyOf(find(totals, 'PrepaidAmount'), currency, 'LegalMonetaryTotal/PrepaidAmount'),
    paymentDueDate: dueDate && dateOf(dueDate, 'DueDate'),
    precedes: findAll(root, 'BillingReference').flatMap((reference) => {
      const number =
        textOf(reference, 'InvoiceDocumentReference', 'ID') ??
        textOf(reference, 'CreditNoteDocumentReference', 'ID');
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
      seller: 'AccountingSupplierParty',
      gross: 'LegalMonetaryTotal/TaxInclusiveAmount',
      precedes: 'BillingReference',
    },
  };
}

function readParty(party: XmlElement | undefined): NamedParty {
  const legal = find(party, 'PartyLegalEntity');
  const legalId = textOf(legal, 'CompanyID');
  // The same element also carries prose ("approved for F-tax"): only under the scheme VAT is it an id.
  const vat = findAll(party, 'PartyTaxScheme').find(
    (scheme) => textOf(scheme, 'TaxScheme', 'ID')?.toUpperCase() === 'VAT',
  );
  return {
    name: textOf(legal, 'RegistrationName') ?? textOf(party, 'PartyName', 'Name'),
    vat: textOf(vat, 'CompanyID'),
    legal:
      legalId === undefined
        ? undefined
        : { id: legalId, schemeId: find(legal, 'CompanyID')?.attributes.get('schemeID') },
    others: findAll(party, 'PartyIdentification').flatMap((identification) => {
      const id = textOf(identification, 'ID');
      const schemeId = find(identification, 'ID')?.attributes.get('schemeID');
      // SEPA marks the creditor of a direct debit, which is not the name of an organisation.
      return id === undefined || schemeId === 'SEPA' ? [] : [{ id, schemeId }];
    }),
  };
}
