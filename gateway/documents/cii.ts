import { dateOf, moneyOf, optionalDate, optionalMoney, required } from './fields.js';
import type { PaymentTerm } from './instalments.js';
import type { InvoiceFields } from './invoice-fields.js';
import { only, onlyText, own } from './own-elements.js';
import type { Warn } from './parsed.js';
import type { NamedParty, StatedId } from './parties.js';
import { find, findAll, ownText, textOf, type XmlElement } from './xml-tree.js';

/** What the two editions of the cross-industry invoice call the same things. */
interface Edition {
  readonly document: string;
  readonly transaction: string;
  readonly agreement: string;
  readonly delivery: string;
  readonly settlement: string;
  readonly totals: string;
  readonly belongs: (namespace: string) => boolean;
}

const editions: ReadonlyMap<string, Edition> = new Map([
  [
    'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
    {
      document: 'ExchangedDocument',
      transaction: 'SupplyChainTradeTransaction',
      agreement: 'ApplicableHeaderTradeAgreement',
      delivery: 'ApplicableHeaderTradeDelivery',
      settlement: 'ApplicableHeaderTradeSettlement',
      totals: 'SpecifiedTradeSettlementHeaderMonetarySummation',
      belongs: (namespace) => /^urn:un:unece:uncefact:data:standard:\w+:100$/.test(namespace),
    },
  ],
  [
    // ZUGFeRD 1.0, of an earlier schema of the same.
    'urn:ferd:CrossIndustryDocument:invoice:1p0',
    {
      document: 'HeaderExchangedDocument',
      transaction: 'SpecifiedSupplyChainTradeTransaction',
      agreement: 'ApplicableSupplyChainTradeAgreement',
      delivery: 'ApplicableSupplyChainTradeDelivery',
      settlement: 'ApplicableSupplyChainTradeSettlement',
      totals: 'SpecifiedTradeSettlementMonetarySummation',
      belongs: (namespace) =>
        namespace === 'urn:ferd:CrossIndustryDocument:invoice:1p0' ||
        /^urn:un:unece:uncefact:data:standard:\w+:\d+$/.test(namespace),
    },
  ],
]);

/** Whether a root element opens a cross-industry invoice: Factur-X, XRechnung in CII, ZUGFeRD from 1.0 on. */
export function isCii({ namespace }: XmlElement): boolean {
  return editions.has(namespace);
}

/**
 * Reads a UN/CEFACT cross-industry invoice.
 *
 * @throws DocumentError when it lacks what every invoice states.
 * @throws TypeError when its root is not of a namespace that the caller has looked for.
 */
export function readCii(foreign: XmlElement, warn: Warn): InvoiceFields {
  const edition = editions.get(foreign.namespace);
  if (edition === undefined) throw new TypeError(`${foreign.namespace} is no cross-industry invoice.`);
  const root = own(foreign, edition.belongs);
  const document = only(root, edition.document);
  const transaction = only(root, edition.transaction);
  const agreement = only(transaction, edition.agreement);
  const delivery = find(transaction, edition.delivery);
  const settlement = only(transaction, edition.settlement);
  const totals = only(settlement, edition.totals);
  const currency = required(
    onlyText(settlement, 'InvoiceCurrencyCode'),
    'InvoiceCurrencyCode',
    'The document names no currency.',
  );
  const dueDate = textOf(settlement, 'SpecifiedTradePaymentTerms', 'DueDateDateTime', 'DateTimeString');
  const payee = find(settlement, 'PayeeTradeParty');
  return {
    root: 'invoice',
    number: required(onlyText(document, 'ID'), `${edition.document}/ID`, 'The document has no number.'),
    typeCode: onlyText(document, 'TypeCode'),
    date: dateOf(onlyText(document, 'IssueDateTime', 'DateTimeString'), `${edition.document}/IssueDateTime`),
    seller: readParty(only(agreement, 'SellerTradeParty')),
    buyer: readParty(find(agreement, 'BuyerTradeParty')),
    payee: payee && readParty(payee),
    gross: moneyOf(grossIn(currency, totals), currency, 'GrandTotalAmount'),
    payable: moneyOf(only(totals, 'DuePayableAmount'), currency, 'DuePayableAmount'),
    prepaid: optionalMoney(find(totals, 'TotalPrepaidAmount'), currency, 'TotalPrepaidAmount', warn),
    paymentDueDate: optionalDate(dueDate, 'DueDateDateTime', 'due date', warn),
    terms: termsOf(settlement, currency, warn),
    precedes: numbersOf(settlement, 'InvoiceReferencedDocument'),
    orderNumber: numbersOf(agreement, 'BuyerOrderReferencedDocument')[0],
    contractNumber: numbersOf(agreement, 'ContractReferencedDocument')[0],
    despatchNumber: numbersOf(delivery, 'DespatchAdviceReferencedDocument')[0],
    papers: findAll(agreement, 'AdditionalReferencedDocument').flatMap((reference) => {
      const number = textOf(reference, 'IssuerAssignedID') ?? textOf(reference, 'ID');
      return number === undefined ? [] : [{ number, typeCode: textOf(reference, 'TypeCode') }];
    }),
    elements: {
      type: `${edition.document}/TypeCode`,
      seller: 'SellerTradeParty',
      buyer: 'BuyerTradeParty',
      payee: 'PayeeTradeParty',
      gross: 'GrandTotalAmount',
      precedes: 'InvoiceReferencedDocument',
      order: 'BuyerOrderReferencedDocument',
      contract: 'ContractReferencedDocument',
      despatch: 'DespatchAdviceReferencedDocument',
      papers: 'AdditionalReferencedDocument',
      terms: 'SpecifiedTradePaymentTerms',
    },
  };
}

/** The total may be repeated in the accounting currency; two in one currency are ambiguous. */
function grossIn(currency: string, totals: XmlElement | undefined): XmlElement | undefined {
  const stated = findAll(totals, 'GrandTotalAmount');
  const inCurrency = stated.filter(
    ({ attributes }) => (attributes.get('currencyID') ?? currency) === currency,
  );
  return inCurrency.length === 1 && inCurrency[0] !== undefined
    ? inCurrency[0]
    : only(totals, 'GrandTotalAmount');
}

function numbersOf(parent: XmlElement | undefined, name: string): string[] {
  return findAll(parent, name).flatMap((reference) => {
    const number = textOf(reference, 'IssuerAssignedID') ?? textOf(reference, 'ID');
    return number === undefined ? [] : [number];
  });
}

function readParty(party: XmlElement | undefined): NamedParty {
  const stated = (element: XmlElement | undefined, byDefault?: string): StatedId[] => {
    const id = ownText(element);
    const scheme = element?.attributes.get('schemeID')?.trim();
    return id === undefined
      ? []
      : [{ id, scheme: scheme === undefined || scheme === '' ? byDefault : scheme }];
  };
  return {
    name: textOf(party, 'Name'),
    ids: [
      ...findAll(party, 'SpecifiedTaxRegistration').flatMap((registration) =>
        stated(find(registration, 'ID')),
      ),
      ...findAll(party, 'SpecifiedLegalOrganization').flatMap((legal) => stated(find(legal, 'ID'), 'BRN')),
      ...findAll(party, 'GlobalID').flatMap((id) => stated(id)),
      ...findAll(party, 'ID').flatMap((id) => stated(id)),
      ...findAll(party, 'URIUniversalCommunication').flatMap((address) => stated(find(address, 'URIID'))),
    ],
  };
}

/** By when how much is to be paid. */
function termsOf(settlement: XmlElement | undefined, currency: string, warn: Warn): PaymentTerm[] {
  const name = 'SpecifiedTradePaymentTerms';
  return findAll(settlement, name).map((term) => ({
    dueDate: optionalDate(textOf(term, 'DueDateDateTime', 'DateTimeString'), name, 'due date', warn),
    amount: optionalMoney(find(term, 'PartialPaymentAmount'), currency, 'PartialPaymentAmount', warn),
  }));
}
