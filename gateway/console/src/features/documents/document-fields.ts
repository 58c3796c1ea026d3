import type { OrganisationKind } from '../../app/organisation.js';
import type { Field } from '../../ui/form/fields.js';

const recorded = {
  customs: ['customs-declaration'],
  tax: ['tax-invoice', 'credit-note', 'tax-filing'],
  insurer: ['insurance-policy', 'buyer-limit', 'declared-shipment'],
  carrier: ['bill-of-lading', 'rail-waybill', 'warehouse-receipt', 'freight-invoice'],
  bank: ['letter-of-credit'],
  enterprise: ['commercial-invoice', 'purchase-order', 'credit-note', 'freight-invoice'],
} as const;
type DocumentType = (typeof recorded)[keyof typeof recorded][number];

/** What an organisation of a kind records; the catalogue of the ledger decides. */
export function typesOf(kind: OrganisationKind): readonly DocumentType[] {
  return kind in recorded ? recorded[kind as keyof typeof recorded] : [];
}

const seller: Field = { name: 'seller', kind: 'party', required: true, withTotal: true };
const buyer: Field = { name: 'buyer', kind: 'party', withTotal: true };
const cites: Field = { name: 'citesNumber', kind: 'text', hint: 'cites' };
const orderNumber: Field = { name: 'orderNumber', kind: 'text' };
const total: Field = { name: 'total', kind: 'money', required: true };
const instalments: Field = { name: 'instalments', kind: 'instalments' };
const transport: readonly Field[] = [
  { name: 'transport.from', kind: 'text', label: 'from' },
  { name: 'transport.to', kind: 'text', label: 'to' },
  { name: 'containers', kind: 'text', hint: 'containers' },
  { name: 'quantity.amount', kind: 'text', label: 'quantity' },
  { name: 'quantity.unit', kind: 'text', label: 'unit', hint: 'unit' },
];
const special: Readonly<Partial<Record<DocumentType, readonly Field[]>>> = {
  'customs-declaration': [buyer, total, cites, orderNumber],
  'tax-invoice': [buyer, total, instalments, cites, orderNumber, { name: 'checkCode', kind: 'text' }],
  'commercial-invoice': [buyer, total, instalments, cites, orderNumber],
  'purchase-order': [{ ...buyer, required: true }, total],
  'credit-note': [total, { name: 'corrects.number', kind: 'text', label: 'corrects', required: true }],
  'freight-invoice': [buyer, total, cites],
  'tax-filing': [
    buyer,
    total,
    { name: 'filing.subject', kind: 'text', label: 'subject', required: true },
    { name: 'filing.validUntil', kind: 'date', label: 'validUntil' },
  ],
  'insurance-policy': [
    total,
    { name: 'policy.insuredShare', kind: 'number', label: 'insuredShare', required: true },
    { name: 'policy.from', kind: 'date', label: 'validFrom', required: true },
    { name: 'policy.to', kind: 'date', label: 'validTo', required: true },
  ],
  'buyer-limit': [
    buyer,
    total,
    { name: 'limit.policy', kind: 'text', label: 'policy', required: true },
    { name: 'limit.validUntil', kind: 'date', label: 'validUntil', required: true },
  ],
  'declared-shipment': [
    buyer,
    total,
    cites,
    { name: 'shipment.policy', kind: 'text', label: 'policy', required: true },
    { name: 'premiumPaid', kind: 'choice', required: true, options: ['yes', 'no'], words: 'answer' },
  ],
  'letter-of-credit': [
    { ...buyer, required: true },
    total,
    { name: 'letterOfCredit.issuingBank', kind: 'text', label: 'issuingBank', required: true },
    { name: 'letterOfCredit.expiresOn', kind: 'date', label: 'expiresOn', required: true },
    { name: 'letterOfCredit.presentBy', kind: 'date', label: 'presentBy' },
    { name: 'letterOfCredit.latestShipment', kind: 'date', label: 'latestShipment' },
  ],
  'bill-of-lading': [buyer, ...transport],
  'rail-waybill': [buyer, ...transport],
  'warehouse-receipt': [...transport],
};

/** What a form asks of a document of this type, in the order of the form. */
export function fieldsOf(type: DocumentType): readonly Field[] {
  return [
    { name: 'number', kind: 'text', required: true },
    { name: 'date', kind: 'date', required: true },
    seller,
    ...(special[type] ?? []),
  ];
}

interface Typed {
  readonly citesNumber?: string;
  readonly orderNumber?: string;
  readonly containers?: string;
  readonly premiumPaid?: string;
  readonly transport?: object;
  readonly shipment?: object;
  readonly instalments?: readonly object[];
}

/** What a declaration cites is an invoice, and the other way round. */
const cited: Readonly<Partial<Record<DocumentType, string>>> = {
  'customs-declaration': 'tax-invoice',
  'tax-invoice': 'customs-declaration',
  'commercial-invoice': 'customs-declaration',
  'freight-invoice': 'bill-of-lading',
  'declared-shipment': 'customs-declaration',
};

/** The document as the API takes it, from what was typed. */
export function toFact(type: DocumentType, typed: object): object {
  const {
    citesNumber,
    orderNumber: order,
    containers,
    premiumPaid,
    transport,
    shipment,
    instalments = [],
    ...rest
  } = typed as Typed;
  const cites = [
    ...(citesNumber === undefined ? [] : [{ type: cited[type] ?? 'contract', number: citesNumber }]),
    ...(order === undefined ? [] : [{ type: 'purchase-order', number: order }]),
  ];
  const goes =
    transport === undefined && containers === undefined
      ? {}
      : {
          transport: {
            ...transport,
            ...(containers !== undefined && { containers: containers.split(/[\s,]+/) }),
          },
        };
  return {
    type,
    ...rest,
    ...goes,
    ...(instalments.length > 0 && { instalments }),
    ...(shipment !== undefined && { shipment: { ...shipment, premiumPaid: premiumPaid === 'yes' } }),
    ...(cites.length > 0 && { cites }),
  };
}
