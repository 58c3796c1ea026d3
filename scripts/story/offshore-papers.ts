import type { FactInput, Money } from '@pledgeonce/chaincode/api.js';
import type {
  OffshoreBill,
  OffshoreCheckInput,
  OffshoreInvoice,
  OffshoreReceipt,
} from '@pledgeonce/chaincode/offshore/api.js';
import type { PaymentInput } from '@pledgeonce/chaincode/payments/api.js';
import { freshContainer } from './containers.js';
import { daysAgo, forwarder, idOf, serial, shipper, vessel } from './shipments.js';

/** The bank's customer: it buys in Jakarta and sells in Singapore, and the goods never cross its own border. */
const trader = idOf(shipper);

/** A document of transport that the bank's customer hands over. */
export type OffshorePaper = FactInput & { readonly type: 'bill-of-lading' | 'rail-waybill' };

/** A bill of lading that nobody has recorded before, of a voyage that is over; it states no freight. */
export function offshoreBill(
  changes: Partial<OffshorePaper> = {},
  transport: FactInput['transport'] = {},
): OffshorePaper {
  return {
    type: 'bill-of-lading',
    number: `COSU${serial()}`,
    date: daysAgo(10),
    seller: forwarder,
    transport: {
      vessel,
      from: 'IDJKT',
      to: 'SGSIN',
      consignee: shipper,
      loadedOn: daysAgo(10),
      arrivedOn: daysAgo(6),
      containers: [freshContainer()],
      cargo: [{ hsCode: '740311', description: 'Copper cathodes', packages: 20, weight: 24_000 }],
      events: [
        { event: 'loaded', at: `${daysAgo(10)}T08:00:00Z`, place: 'IDJKT', vessel },
        { event: 'discharged', at: `${daysAgo(6)}T16:00:00Z`, place: 'SGSIN', vessel },
      ],
      ...transport,
    },
    ...changes,
  };
}

/** What the trader has to pay for the goods, as its supplier has recorded it. */
export function purchase(
  amount: Money,
  changes: Partial<FactInput> = {},
): FactInput & { readonly total: Money } {
  return {
    type: 'commercial-invoice',
    number: `SALE-${serial()}`,
    date: daysAgo(10),
    seller: forwarder,
    buyer: shipper,
    ...changes,
    total: amount,
  };
}

/** The same invoice as the bank holds it. */
export function heldInvoice({
  number,
  seller,
  total,
}: FactInput & { readonly total: Money }): OffshoreInvoice {
  return { document: { type: 'commercial-invoice', number, issuer: idOf(seller) }, total };
}

/** How a request names it. */
export function named<T extends Pick<FactInput, 'type' | 'number'>>({ type, number }: T) {
  return { type, number } as Pick<T, 'type' | 'number'>;
}

/** The paper as the bank holds it: everything that is printed on it, true or not. */
export function held(paper: OffshorePaper, changes: Partial<OffshoreBill> = {}): OffshoreBill {
  const { events: _events, ...printed } = paper.transport ?? {};
  return {
    document: named(paper),
    vessel: printed.vessel,
    from: printed.from,
    to: printed.to,
    loadedOn: printed.loadedOn,
    arrivedOn: printed.arrivedOn,
    containers: printed.containers,
    cargo: printed.cargo,
    ...changes,
  };
}

export function heldReceipt({ number, quantity }: FactInput): OffshoreReceipt {
  if (quantity === undefined) throw new Error(`Receipt ${number} states no quantity.`);
  return { document: { type: 'warehouse-receipt', number }, quantity };
}

/** The body of a check of these papers. */
export function checkOf(
  bills: readonly OffshoreBill[],
  changes: Partial<OffshoreCheckInput> = {},
): Omit<OffshoreCheckInput, 'idempotencyKey'> {
  return { enterprise: trader, bills: [...bills], ...changes };
}

/** The body of a payment that quotes a check; every paper stands for the same part of it. */
export function offshorePayment(
  check: string | undefined,
  papers: readonly Pick<FactInput, 'type' | 'number'>[],
  part: Money,
  amount: Money = part,
): Omit<PaymentInput, 'idempotencyKey'> {
  return {
    reference: `TT-${serial()}`,
    payer: trader,
    payee: 'Jakarta Metals',
    purpose: 'offshore-trade',
    amount,
    paidOn: daysAgo(0),
    ...(check !== undefined && { check }),
    lines: papers.map((paper) => ({ document: named(paper), amount: part })),
  };
}
