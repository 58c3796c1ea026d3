import type { Difference, Said } from '../reconciliations/compare.js';
import type { Cell, CsvTable } from './http/csv.js';

const columns = ['applicationNumber', 'claim', 'line', 'differs'] as const;
const sides = ['State', 'Outstanding', 'Currency', 'DueDate'] as const;

/** The differences of a reconciliation, the book's columns beside the registry's. */
export const differencesTable: CsvTable = {
  file: 'differences',
  columns: [
    ...columns,
    ...sides.map((name) => `book${name}`),
    ...sides.map((name) => `registry${name}`),
    'documents',
  ],
  rows: (body) =>
    (body as { readonly items: readonly Difference[] }).items.map((one) => [
      one.applicationNumber,
      one.claim,
      one.line,
      one.differs.join('; '),
      ...side(one.book),
      ...side(one.registry),
      one.documents?.map(({ type, number, change, at }) => `${type} ${number} ${change} ${at}`).join('; '),
    ]),
};

function side(said: Said | undefined): Cell[] {
  return [said?.state, said?.outstanding.amount, said?.outstanding.currency, said?.dueDate];
}
