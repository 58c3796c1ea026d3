import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { isContainer } from '@pledgeonce/chaincode/rules/check-digits.js';
import { DocumentError } from './document-error.js';
import { dateOf, required } from './fields.js';
import { only, onlyText } from './own-elements.js';
import type { Warn } from './parsed.js';
import { partyOf, requiredParty } from './parties.js';
import { ownUbl } from './ubl.js';
import { readUblParty } from './ubl-party.js';
import { find, findAll, textOf, type XmlElement } from './xml-tree.js';

type Transport = NonNullable<FactInput['transport']>;

const namespace = (name: string) => `urn:oasis:names:specification:ubl:schema:xsd:${name}-2`;
const roots: ReadonlySet<string> = new Set([namespace('Waybill'), namespace('BillOfLading')]);

/** Modes of transport of UN/ECE Recommendation 19 whose waybills are recorded; the other ones are cited by their number. */
const typeByMode: ReadonlyMap<string, 'bill-of-lading' | 'rail-waybill'> = new Map([
  ['1', 'bill-of-lading'],
  ['2', 'rail-waybill'],
]);

/** Whether a root element opens a waybill or bill of lading of UBL 2. */
export function isUblTransport(root: XmlElement): boolean {
  return roots.has(root.namespace);
}

/**
 * Reads a waybill or bill of lading of UBL 2. It states no freight: that stands on the freight invoice.
 *
 * @throws DocumentError for a waybill of the road or the air, and one whose consignor has no registered number.
 */
export function readUblTransport(document: XmlElement, warn: Warn): FactInput {
  const root = ownUbl(document);
  const type = typeOf(root);
  const number = required(onlyText(root, 'ID'), 'ID', 'The document has no number.');
  const consignor = readUblParty(only(root, 'ConsignorParty'));
  const seller = requiredParty(consignor, 'ConsignorParty', 'consignor', warn);
  const isSeaWaybill = root.name === 'Waybill' && type === 'bill-of-lading';
  if (isSeaWaybill) {
    warn({ warning: 'sea-waybill', detail: 'It is a sea waybill: no title to the goods passes with it.' });
  }
  return {
    type,
    number,
    date: dateOf(onlyText(root, 'IssueDate'), 'IssueDate'),
    seller,
    details: { documentTypeCode: type === 'rail-waybill' ? '720' : isSeaWaybill ? '710' : '705' },
    transport: transportOf(only(root, 'Shipment'), warn),
  };
}

function typeOf(root: XmlElement): 'bill-of-lading' | 'rail-waybill' {
  if (root.name === 'BillOfLading') return 'bill-of-lading';
  const field = 'Shipment/ShipmentStage/TransportModeCode';
  const stages = findAll(find(root, 'Shipment'), 'ShipmentStage');
  const modes = [...new Set(stages.flatMap((stage) => textOf(stage, 'TransportModeCode') ?? []))];
  const [mode] = modes;
  if (mode === undefined)
    throw new DocumentError('INPUT_INVALID', field, 'The waybill names no mode of transport.');
  if (modes.length > 1) {
    throw new DocumentError('DOCUMENT_AMBIGUOUS', field, 'The waybill is for several modes of transport.');
  }
  const type = typeByMode.get(mode);
  if (type === undefined) {
    const detail = 'Only waybills of the sea and the rail are recorded; others are cited by their number.';
    throw new DocumentError('INPUT_INVALID', field, detail);
  }
  return type;
}

function transportOf(shipment: XmlElement | undefined, warn: Warn): Transport {
  const stage = find(shipment, 'ShipmentStage');
  const to = readUblParty(
    find(shipment, 'Delivery', 'DeliveryParty') ?? find(shipment, 'Consignment', 'ConsigneeParty'),
  );
  const consignee = partyOf(to, 'DeliveryParty', warn);
  const vessel = textOf(stage, 'TransportMeans', 'MaritimeTransport', 'VesselName');
  const containers = containersOf(shipment, warn);
  const cargo = findAll(shipment, 'GoodsItem').flatMap(cargoOf).slice(0, 100);
  const place = (name: string) => {
    const location = find(stage, name) ?? find(shipment, name);
    return (textOf(location, 'ID') ?? textOf(location, 'Name'))?.slice(0, 80);
  };
  const from = place('LoadingPortLocation');
  const arrival = place('UnloadingPortLocation');
  return {
    ...(consignee !== undefined && { consignee }),
    ...(vessel !== undefined && { vessel: { name: vessel.slice(0, 80) } }),
    ...(from !== undefined && { from }),
    ...(arrival !== undefined && { to: arrival }),
    ...(containers.length > 0 && { containers }),
    ...(cargo.length > 0 && { cargo }),
  };
}

function containersOf(shipment: XmlElement | undefined, warn: Warn): string[] {
  const codes = findAll(shipment, 'TransportHandlingUnit').flatMap((unit) =>
    findAll(unit, 'TransportEquipment').flatMap((equipment) => textOf(equipment, 'ID') ?? []),
  );
  const distinct = [...new Set(codes.map((code) => code.replace(/[\s-]/g, '').toUpperCase()))];
  const mistyped = distinct.filter((code) => !isContainer(code));
  if (mistyped.length > 0) {
    const detail = `${mistyped.slice(0, 5).join(', ').slice(0, 200)}: the check digit does not fit.`;
    warn({ warning: 'container-left-out', detail });
  }
  return distinct.filter((code) => isContainer(code)).slice(0, 200);
}

function cargoOf(goods: XmlElement): NonNullable<Transport['cargo']> {
  const hsCode =
    textOf(goods, 'Item', 'CommodityClassification', 'ItemClassificationCode') ??
    textOf(goods, 'RequiredCustomsID');
  const description = (textOf(goods, 'Description') ?? textOf(goods, 'Item', 'Description'))?.slice(0, 500);
  return hsCode !== undefined && /^\d{4,13}$/.test(hsCode)
    ? [{ hsCode, ...(description !== undefined && { description }) }]
    : [];
}
