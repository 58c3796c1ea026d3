import { dateOf, moneyOf, required, type NamedParty } from './fields.js';
import type { InvoiceFields } from './invoice.js';
import { find, findAll, textOf, type XmlElement } from './xml-tree.js';

export const ciiNamespace = 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100';

/** Reads a UN/CEFACT cross-industry invoice, D16B. */
export function readCii(root: XmlElement): InvoiceFields {
  const document = find(root, 'ExchangedDocument');
  const transaction = find(root, 'SupplyChainTradeTransaction');
  const agreement = find(transaction, 'ApplicableHeaderTradeAgreement');
  const delivery = find(transaction, 'ApplicableHeaderTradeDelivery');
  const settlement = find(transaction, 'ApplicableHeaderTradeSettlement');
  const totals = find(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation');
  const currency = required(
    textOf(settlement, 'InvoiceCurrencyCode'),
    'InvoiceCurrencyCode',
    'The document names no currency.',
  );
  const gross = findAll(totals, 'GrandTotalAmount');
  const dueDate = textOf(settlement, 'SpecifiedTradePaymentTerms', 'DueDateDateTime', 'DateTimeString');
  const payee = find(settlement, 'PayeeTradeParty');
  return {
    number: required(textOf(document, 'ID'), 'ExchangedDocument/ID', 'The document has no number.'),
    typeCode: textOf(document, 'TypeCode'),
    date: dateOf(textOf(document, 'IssueDateTime', 'DateTimeString'), 'ExchangedDocument/IssueDateTime'),
    seller: readParty(find(agreement, 'SellerTradeParty')),
    buyer: readParty(find(agreement, 'BuyerTradeParty')),
    payee: payee && readParty(payee),
    // The total may be repeated in the accounting currency.
    gross: moneyOf(
      gross.find(({ attributes }) => (attributes.get('currencyID') ?? currency) === currency) ?? gross[0],
      currency,
      'GrandTotalAmount',
    ),
    payable: moneyOf(find(totals, 'DuePayableAmount'), currency, 'DuePayableAmount'),
    prepaid: moneyOf(find(totals, 'TotalPrepaidAmount'), currency, 'TotalPrepaidAmount'),
    paymentDueDate: dueDate && dateOf(dueDate, 'DueDateDateTime'),
    precedes: numbersOf(settlement, 'InvoiceReferencedDocument'),
    orderNumber: numbersOf(agreement, 'BuyerOrderReferencedDocument')[0],
    contractNumber: numbersOf(agreement, 'ContractReferencedDocument')[0],
    despatchNumber: numbersOf(delivery, 'DespatchAdviceReferencedDocument')[0],
    papers: findAll(agreement, 'AdditionalReferencedDocument').flatMap((reference) => {
      const number = textOf(reference, 'IssuerAssignedID');
      return number === undefined ? [] : [{ number, typeCode: textOf(reference, 'TypeCode') }];
    }),
    elements: {
      seller: 'SellerTradeParty',
      gross: 'GrandTotalAmount',
      precedes: 'InvoiceReferencedDocument',
    },
  };
}

function numbersOf(parent: XmlElement | undefined, name: string): string[] {
  return findAll(parent, name).flatMap((reference) => {
    const number = textOf(reference, 'IssuerAssignedID');
    return number === undefined ? [] : [number];
  });
}

function readParty(party: XmlElement | undefined): NamedParty {
  const legal = find(party, 'SpecifiedLegalOrganization', 'ID');
  const legalId = textOf(legal);
  const vat = findAll(party, 'SpecifiedTaxRegistration')
    .map((registration) => find(registration, 'ID'))
    .find((id) => id?.attributes.get('schemeID') === 'VA');
  return {
    name: textOf(party, 'Name'),
    vat: textOf(vat),
    legal: legalId === undefined ? undefined : { id: legalId, schemeId: legal?.attributes.get('schemeID') },
    others: [...findAll(party, 'GlobalID'), ...findAll(party, 'ID')].flatMap((element) => {
      const id = textOf(element);
      return id === undefined ? [] : [{ id, schemeId: element.attributes.get('schemeID') }];
    }),
  };
}
