import type { ClaimView } from '@pledgeonce/chaincode/api.js';
import type { PaymentView } from '@pledgeonce/chaincode/payments/api.js';
import type { PaymentStatisticsRow } from '../projection/payment-statistics.js';
import type { Portfolio } from '../projection/portfolio.js';
import type { PriceStatisticsRow } from '../projection/price-statistics.js';
import type { StatisticsRow } from '../projection/statistics.js';
import { moneyCells } from './http/csv.js';
import type { Cell, CsvTable } from './http/csv.js';

export const claimsTable = tableOf<ClaimView>(
  'claims',
  [
    'id',
    'state',
    'owner',
    'applicationNumber',
    'reference',
    'enterpriseScheme',
    'enterprise',
    'product',
    'amount',
    'currency',
    'outstanding',
    'dueDate',
    'documents',
    'rate',
    'fees',
    'allIn',
    'outlet',
    'createdAt',
    'updatedAt',
  ],
  (claim) => [
    claim.id,
    claim.state,
    claim.owner,
    claim.applicationNumber,
    claim.reference,
    claim.enterprise.scheme,
    claim.enterprise.id,
    claim.product,
    ...moneyCells(claim.amount),
    claim.outstanding.amount,
    claim.dueDate,
    documentsText(claim.lines),
    claim.price?.rate,
    claim.price?.fees?.amount,
    claim.price?.allIn,
    claim.outlet,
    claim.createdAt,
    claim.updatedAt,
  ],
);

export const paymentsTable = tableOf<PaymentView>(
  'payments',
  [
    'id',
    'state',
    'owner',
    'reference',
    'payerScheme',
    'payer',
    'payee',
    'purpose',
    'amount',
    'currency',
    'paidOn',
    'documents',
    'filingRequired',
  ],
  (payment) => [
    payment.id,
    payment.state,
    payment.owner,
    payment.reference,
    payment.payer.scheme,
    payment.payer.id,
    payment.payee,
    payment.purpose,
    ...moneyCells(payment.amount),
    payment.paidOn,
    documentsText(payment.lines),
    String(payment.filingRequired),
  ],
);

export const statisticsTable = tableOf<StatisticsRow>(
  'statistics',
  ['month', 'owner', 'product', 'state', 'claims', 'amount', 'currency', 'outstanding'],
  ({ month, owner, product, state, claims, amount, outstanding }) => [
    month,
    owner,
    product,
    state,
    claims,
    ...moneyCells(amount),
    outstanding.amount,
  ],
);

export const priceStatisticsTable = tableOf<PriceStatisticsRow>(
  'price-statistics',
  [
    'month',
    'owner',
    'product',
    'rateBand',
    'outlet',
    'claims',
    'averageRate',
    'averageAllIn',
    'amount',
    'currency',
    'outstanding',
  ],
  ({ month, owner, product, rateBand, outlet, claims, averageRate, averageAllIn, amount, outstanding }) => [
    month,
    owner,
    product,
    rateBand,
    outlet,
    claims,
    averageRate,
    averageAllIn,
    ...moneyCells(amount),
    outstanding.amount,
  ],
);

export const paymentStatisticsTable = tableOf<PaymentStatisticsRow>(
  'payment-statistics',
  ['month', 'owner', 'purpose', 'state', 'payments', 'amount', 'currency'],
  ({ month, owner, purpose, state, payments, amount }) => [
    month,
    owner,
    purpose,
    state,
    payments,
    ...moneyCells(amount),
  ],
);

/** What stands in its several tables, one below the other: `group` says which, `name` what is added up. */
export const portfolioTable: CsvTable = {
  file: 'portfolio',
  columns: ['group', 'name', 'product', 'records', 'amount', 'currency', 'outstanding'],
  rows: (body) => {
    const { totals, byState, byDueDate, concentration, payments } = body as Portfolio;
    const row = (
      group: string,
      name: Cell,
      product: Cell,
      { claims, amount, outstanding }: Portfolio['totals'][number],
    ): Cell[] => [group, name, product, claims, ...moneyCells(amount), outstanding.amount];
    return [
      ...totals.map((one) => row('total', undefined, undefined, one)),
      ...byState.map((one) => row('state', one.state, one.product, one)),
      ...byDueDate.map((one) => row('due', one.due, undefined, one)),
      ...concentration.map((one) => row('enterprise', one.enterprise, undefined, one)),
      ...payments.map((one) => [
        `payments ${one.state}`,
        one.purpose,
        undefined,
        one.payments,
        ...moneyCells(one.amount),
        undefined,
      ]),
    ];
  },
};

// The caller names the items of the body, which is parsed already.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
function tableOf<T>(file: string, columns: readonly string[], cells: (item: T) => readonly Cell[]): CsvTable {
  return { file, columns, rows: (body) => (body as { readonly items: readonly T[] }).items.map(cells) };
}

function documentsText(
  lines: readonly { readonly document: { readonly type: string; readonly number: string } }[],
) {
  return lines.map(({ document }) => `${document.type} ${document.number}`).join('; ');
}
