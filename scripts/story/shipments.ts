import { randomInt } from 'node:crypto';
import type { FactInput, Money, PartyId } from '@pledgeonce/chaincode/api.js';
import { freshContainer } from './containers.js';

/** Whose goods travel, and who is paid the freight: two enterprises of the portal. */
export const shipper = { scheme: 'USCC', id: '91330200MA2CKXQ85H', name: 'Ningbo Harbour Tools' } as const;
export const forwarder = { scheme: 'USCC', id: '91350100M000100Y43', name: 'Corridor Forwarding' } as const;

export function idOf({ scheme, id }: PartyId): PartyId {
  return { scheme, id };
}

export const vessel = { name: 'Beibu Star', imo: '9300001', voyage: '061W' } as const;

export function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

export function serial(): string {
  return String(randomInt(1_000_000_000)).padStart(9, '0');
}

/** An electronic bill of lading as DCSA describes it: a shipment that left a fortnight ago, freight to collect. */
export function freshBill(freight: Money) {
  const container = freshContainer();
  return {
    transportDocumentReference: serial(),
    transportDocumentTypeCode: 'BOL',
    carrierCode: 'COSU',
    issueDate: daysAgo(13),
    shippedOnBoardDate: daysAgo(14),
    transports: {
      portOfLoading: { UNLocationCode: 'CNQZH' },
      portOfDischarge: { UNLocationCode: 'SGSIN' },
      vesselVoyages: [
        {
          vesselName: vessel.name,
          vesselIMONumber: vessel.imo,
          carrierExportVoyageNumber: vessel.voyage,
        },
      ],
    },
    charges: [
      {
        chargeName: 'Ocean freight',
        currencyCode: freight.currency,
        currencyAmount: Number(freight.amount),
        paymentTermCode: 'COL',
      },
    ],
    documentParties: { shipper: registered(shipper), issuingParty: registered(forwarder) },
    consignmentItems: [
      {
        descriptionOfGoods: ['Spanners'],
        HSCodes: ['820411'],
        cargoItems: [
          {
            equipmentReference: container,
            cargoGrossWeight: { value: 17_500, unit: 'KGM' },
            outerPackaging: { numberOfPackages: 380 },
          },
        ],
      },
    ],
    utilizedTransportEquipments: [{ isShipperOwned: false, equipment: { equipmentReference: container } }],
  };
}
export type ElectronicBill = ReturnType<typeof freshBill>;

/** The number under which the registry has it. */
export function billNumber({ carrierCode, transportDocumentReference }: ElectronicBill): string {
  return carrierCode + transportDocumentReference;
}

export function containersOf({ utilizedTransportEquipments }: ElectronicBill): string[] {
  return utilizedTransportEquipments.map(({ equipment }) => equipment.equipmentReference);
}

/** A bill of lading for a shipment that left ten days ago, freight to collect. */
export function billOfLading(
  changes: Partial<FactInput> = {},
  transport: FactInput['transport'] = {},
): FactInput {
  return {
    type: 'bill-of-lading',
    number: `COSU${serial()}`,
    date: daysAgo(10),
    seller: forwarder,
    total: { amount: '1000.00', currency: 'USD' },
    transport: { shipper, loadedOn: daysAgo(10), ...transport },
    ...changes,
  };
}

/** A waybill of the train that brought the same containers to the port. */
export function freshWaybill(freight: Money, containers: string[]): FactInput {
  return {
    type: 'rail-waybill',
    number: `CR${serial()}`,
    date: daysAgo(18),
    seller: forwarder,
    total: freight,
    transport: {
      shipper,
      from: 'Chongqing',
      to: 'Qinzhou',
      loadedOn: daysAgo(18),
      arrivedOn: daysAgo(15),
      containers,
    },
  };
}

/** A receipt of the warehouse for so many tonnes; of a part, it cites the receipt of the whole lot. */
export function freshReceipt(tonnes: string, lot?: FactInput): FactInput {
  return {
    type: 'warehouse-receipt',
    number: `WR${serial()}`,
    date: daysAgo(3),
    seller: shipper,
    quantity: { amount: tonnes, unit: 'TNE' },
    ...(lot && { cites: [{ type: lot.type, number: lot.number }] }),
    transport: {
      to: 'Qinzhou cloud warehouse',
      cargo: [{ hsCode: '740311', description: 'Copper cathodes' }],
    },
  };
}

function registered({ id, name }: typeof shipper | typeof forwarder) {
  return { partyName: name, taxLegalReferences: [{ type: 'USCI', countryCode: 'CN', value: id }] };
}
