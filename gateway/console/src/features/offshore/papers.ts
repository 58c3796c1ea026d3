import type { Field } from '../../ui/form/fields.js';

interface Bill {
  readonly document?: { readonly type: string; readonly number?: string };
  readonly containers?: string;
  readonly vessel?: object;
  readonly cargo?: readonly object[];
}

/** What the form holds: containers as they are typed, and papers that may have been left out. */
export interface Papers {
  readonly enterprise: object;
  readonly bills?: readonly (Bill | undefined)[];
  readonly receipt?: { readonly number?: string; readonly quantity?: object };
  readonly invoice?: {
    readonly type: string;
    readonly number?: string;
    readonly issuer?: object;
    readonly total?: object;
  };
}

const billTypes = ['bill-of-lading', 'rail-waybill'] as const;
const invoiceTypes = ['commercial-invoice', 'tax-invoice'] as const;

/** What is chosen before anything is typed. */
export const fixedTypes = {
  bills: [{ document: { type: billTypes[0] } }],
  invoice: { type: invoiceTypes[0], issuer: { scheme: 'USCC' }, total: { currency: 'USD' } },
};

/** The fields of one bill of lading or waybill: what is left out is not compared. */
export function billFields(place: number): readonly Field[] {
  const field = (name: string) => `bills.${place}.${name}`;
  return [
    {
      name: field('document.type'),
      kind: 'choice',
      label: 'type',
      required: true,
      options: billTypes,
      words: 'type',
    },
    { name: field('document.number'), kind: 'text', label: 'billNumber', required: true },
    { name: field('vessel.name'), kind: 'text', label: 'vessel' },
    { name: field('vessel.imo'), kind: 'text', label: 'imo', hint: 'imo' },
    { name: field('vessel.voyage'), kind: 'text', label: 'voyage' },
    { name: field('from'), kind: 'text', label: 'fromPort' },
    { name: field('to'), kind: 'text', label: 'toPort' },
    { name: field('loadedOn'), kind: 'date', label: 'loadedOn' },
    { name: field('arrivedOn'), kind: 'date', label: 'arrivedOn' },
    { name: field('containers'), kind: 'text', label: 'containers', hint: 'containers' },
    { name: field('cargo.0.hsCode'), kind: 'text', label: 'hsCode' },
    { name: field('cargo.0.packages'), kind: 'number', label: 'packages' },
    { name: field('cargo.0.weight'), kind: 'number', label: 'weight' },
  ];
}

/** A receipt for the goods and the invoice of the sale, where the bank holds them. */
export const otherFields: readonly Field[] = [
  { name: 'receipt.number', kind: 'text', label: 'receiptNumber' },
  { name: 'receipt.quantity.amount', kind: 'text', label: 'quantity' },
  { name: 'receipt.quantity.unit', kind: 'text', label: 'unit', hint: 'unit' },
  { name: 'invoice.type', kind: 'choice', label: 'type', options: invoiceTypes, words: 'type' },
  { name: 'invoice.number', kind: 'text', label: 'invoiceNumber' },
  { name: 'invoice.issuer', kind: 'party', label: 'seller' },
  { name: 'invoice.total', kind: 'money', label: 'total' },
];

/** The request that the ledger takes. */
export function bodyOfPapers({ enterprise, bills = [], receipt, invoice }: Papers): object {
  return {
    enterprise,
    bills: bills.flatMap((bill) => (bill === undefined ? [] : [billOf(bill)])),
    ...(receipt?.number !== undefined && {
      receipts: [
        {
          document: { type: 'warehouse-receipt', number: receipt.number },
          quantity: receipt.quantity,
        },
      ],
    }),
    ...(invoice?.number !== undefined && {
      invoice: {
        document: {
          type: invoice.type,
          number: invoice.number,
          ...(invoice.issuer !== undefined && { issuer: invoice.issuer }),
        },
        total: invoice.total,
      },
    }),
  };
}

/** Containers one by one; goods of which nothing was typed are left out. */
function billOf({ containers = '', cargo = [], ...bill }: Bill): object {
  const names = containers.split(/[\s,，、;；]+/).filter((name) => name !== '');
  return {
    ...bill,
    ...(names.length > 0 && { containers: names }),
    ...(cargo.length > 0 && { cargo }),
  };
}
