import type { FactInput, Money } from '@pledgeonce/chaincode/api.js';
import { isContainer } from '@pledgeonce/chaincode/rules/check-digits.js';
import { DocumentError } from './document-error.js';
import { amountText, dateOf, moneyOf, optionalNumber, optionalText, present } from './fields.js';
import { only, onlyText, own } from './own-elements.js';
import type { Acceptance, Warn } from './parsed.js';
import { nameOf } from './parties.js';
import { find, findAll, textOf, type XmlElement } from './xml-tree.js';

export const wcoNamespace = 'urn:wco:datamodel:WCO:DEC-DMS:2';
const isWco = (namespace: string) => namespace.startsWith('urn:wco:datamodel:WCO:');

type Details = NonNullable<FactInput['details']>;
type Citation = NonNullable<FactInput['cites']>[number];

/**
 * Reads a UK export declaration (WCO data model 3.6).
 *
 * The trader writes the declaration before customs has given it a number, so number and day of acceptance come from
 * customs' answer, unless the file carries them itself.
 *
 * @throws DocumentError when customs has not accepted it, or it names no exporter or amount.
 */
export function readDeclaration(
  root: XmlElement,
  acceptances: ReadonlyMap<string, Acceptance>,
  warn: Warn,
): FactInput {
  const declaration = only(own(root, isWco), 'Declaration');
  const functionCode = textOf(declaration, 'FunctionCode');
  if (functionCode !== '9') {
    throw new DocumentError(
      'INPUT_INVALID',
      'FunctionCode',
      'This is a request to change or cancel a declaration, not a declaration: amend or cancel the record of it.',
    );
  }
  if (textOf(declaration, 'TypeCode')?.startsWith('EX') !== true) {
    throw new DocumentError('INPUT_INVALID', 'TypeCode', 'Only export declarations are recorded.');
  }
  const localReference = textOf(declaration, 'FunctionalReferenceID');
  const acceptance = acceptances.get(localReference ?? '');
  const number = onlyText(declaration, 'ID') ?? acceptance?.number;
  if (number === undefined) {
    throw new DocumentError(
      'NUMBER_INVALID',
      'Declaration/ID',
      `Customs has given ${localReference ?? 'this declaration'} no number yet. Import the answer of customs with it.`,
    );
  }
  const exporter = onlyText(declaration, 'Exporter', 'ID');
  if (exporter === undefined) {
    throw new DocumentError('PARTY_INVALID', 'Exporter/ID', 'The exporter has no registered number.');
  }
  const name = textOf(declaration, 'Exporter', 'Name');
  const accepted = textOf(declaration, 'AcceptanceDateTime', 'DateTimeString') ?? acceptance?.date;
  const total = totalOf(declaration, warn);
  const cites = citationsOf(declaration, exporter, warn);
  if (acceptance?.invalidated === true) {
    warn({ warning: 'invalidated', detail: 'Customs has invalidated this declaration since.' });
  }
  return {
    type: 'customs-declaration',
    number,
    date: dateOf(accepted, 'AcceptanceDateTime', 'day of acceptance'),
    seller: { scheme: 'EORI', id: exporter, ...nameOf(name) },
    total,
    ...(cites.length > 0 && { cites }),
    details: detailsOf(declaration, localReference, warn),
  };
}

/** The invoice's amount, else what the goods are charged at, else (with a warning) their statistical value. */
function totalOf(declaration: XmlElement | undefined, warn: Warn): Money {
  const invoice = only(declaration, 'InvoiceAmount');
  if (invoice !== undefined) return stated(invoice, 'InvoiceAmount');
  const items = findAll(find(declaration, 'GoodsShipment'), 'GovernmentAgencyGoodsItem');
  const charges = items.map((item) => find(item, 'Commodity', 'InvoiceLine', 'ItemChargeAmount'));
  const charged = sum(charges, 'ItemChargeAmount');
  if (charged !== undefined) return charged;
  const value = sum(
    items.map((item) => find(item, 'StatisticalValueAmount')),
    'StatisticalValueAmount',
  );
  if (value === undefined) {
    throw new DocumentError('AMOUNT_INVALID', 'InvoiceAmount', 'The declaration states no amount.');
  }
  warn({
    warning: 'statistical-value',
    detail: 'It states no invoice amount: the statistical value stands for it.',
  });
  return value;
}

function stated(element: XmlElement, field: string): Money {
  const currency = element.attributes.get('currencyID');
  if (currency === undefined) throw new DocumentError('CURRENCY_UNKNOWN', field);
  return { amount: amountText(element.text.trim()), currency };
}

/** Adds plain decimals in integers of their smallest unit; undefined unless every item states one. */
function sum(amounts: readonly (XmlElement | undefined)[], field: string): Money | undefined {
  const [first] = amounts;
  if (first === undefined) return undefined;
  const { currency } = stated(first, field);
  let units = 0n;
  for (const element of amounts) {
    const amount = moneyOf(element, currency, field)?.amount;
    if (amount === undefined) return undefined;
    const [, whole, fraction = ''] = /^(\d{1,30})(?:\.(\d{1,4}))?$/.exec(amount) ?? [];
    if (whole === undefined) throw new DocumentError('AMOUNT_INVALID', field);
    units += BigInt(whole + fraction.padEnd(4, '0'));
  }
  const digits = units.toString().padStart(5, '0');
  return { amount: amountText(`${digits.slice(0, -4)}.${digits.slice(-4)}`), currency };
}

/** Commercial invoices (N 935 and N 380, written "12345/10.07.2024") and transport documents. */
function citationsOf(declaration: XmlElement | undefined, exporter: string, warn: Warn): Citation[] {
  const shipment = find(declaration, 'GoodsShipment');
  const items = findAll(shipment, 'GovernmentAgencyGoodsItem');
  const issuer = { scheme: 'EORI', id: exporter } as const;
  const documents = [shipment, ...items].flatMap((parent) => findAll(parent, 'AdditionalDocument'));
  const cited = new Map<string, Citation>();
  for (const document of documents) {
    // Other categories use the same code for other papers: Y 935 is a waiver, not an invoice.
    if (textOf(document, 'CategoryCode') !== 'N') continue;
    const number = optionalNumber(textOf(document, 'ID'), 'AdditionalDocument/ID', warn);
    if (number === undefined) continue;
    const code = textOf(document, 'TypeCode');
    if (code === '935' || code === '380') {
      const [invoice = number] = number.split(/\/(?=\d{1,2}\.\d{1,2}\.\d{4}$)/);
      cited.set(`invoice ${invoice}`, { type: 'commercial-invoice', number: invoice, issuer });
    } else if (code !== undefined && /^70[345]$/.test(code)) {
      cited.set(`bill ${number}`, { type: 'bill-of-lading', number });
    }
  }
  return [...cited.values()].slice(0, 50);
}

function detailsOf(
  declaration: XmlElement | undefined,
  localReference: string | undefined,
  warn: Warn,
): Details {
  const shipment = find(declaration, 'GoodsShipment');
  const containers = findAll(find(shipment, 'Consignment'), 'TransportEquipment').flatMap((equipment) => {
    const id = textOf(equipment, 'ID');
    if (id === undefined) return [];
    if (isContainer(id)) return [id];
    // A mistyped container is no reason to do without the declaration that customs has accepted.
    const detail = `The check digit of container ${id.slice(0, 20)} does not fit.`;
    warn({ warning: 'container-left-out', detail });
    return [];
  });
  const goods = findAll(shipment, 'GovernmentAgencyGoodsItem').flatMap((item) => {
    const commodity = find(item, 'Commodity');
    const classification = findAll(commodity, 'Classification').map((entry) => ({
      id: textOf(entry, 'ID') ?? '',
      kind: textOf(entry, 'IdentificationTypeCode'),
    }));
    const tariff = classification.find(({ kind }) => kind === 'TSP')?.id ?? '';
    const national = classification.find(({ kind }) => kind === 'TRC')?.id ?? '';
    const description = textOf(commodity, 'Description')?.slice(0, 500);
    return /^\d{4,13}$/.test(tariff + national)
      ? [{ hsCode: tariff + national, ...(description !== undefined && { description }) }]
      : [];
  });
  return present<Details>({
    localReference: optionalText(localReference, 80, 'FunctionalReferenceID', warn),
    documentTypeCode: textOf(declaration, 'TypeCode'),
    customsOffice: textOf(declaration, 'ExitOffice', 'ID'),
    transportMode: textOf(declaration, 'BorderTransportMeans', 'ModeCode'),
    destination: textOf(shipment, 'Destination', 'CountryCode'),
    containers: containers.length > 0 ? containers.slice(0, 200) : undefined,
    goods: goods.length > 0 ? goods.slice(0, 100) : undefined,
  });
}
