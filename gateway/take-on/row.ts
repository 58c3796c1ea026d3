import type { TakeOnLine } from '@pledgeonce/chaincode/take-on/api.js';
import { amountOfCell, dateOfCell, textOfCell } from '../documents/read-cell.js';
import type { Cell } from '../documents/table-rows.js';
import type { BookColumn } from './columns.js';
import { wordOf } from './words.js';

/** One row of a book under its columns, read cell by cell. */
class Row {
  readonly #cells = new Map<string, { readonly cell: Cell; readonly heading: string }>();

  constructor(columns: readonly BookColumn[], cells: readonly Cell[]) {
    for (const [index, { name, heading }] of columns.entries()) {
      const cell = cells[index] ?? '';
      if (cell !== '') this.#cells.set(name, { cell, heading });
    }
  }

  /** How many of a group the row has; the last that says anything counts. */
  places(group: string): number[] {
    const own = [...this.#cells.keys()].flatMap((name) => {
      const [of, place] = name.split('.');
      return of === group ? [Number(place)] : [];
    });
    return [...new Set(own)].sort((one, other) => one - other);
  }

  text(name: string): string | undefined {
    return this.#read(name, (cell, heading) => textOfCell(cell, heading, () => undefined));
  }

  word(name: string): string | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : wordOf(text);
  }

  amount(name: string, currency: string): { amount: string; currency: string } | undefined {
    const amount = this.#read(name, amountOfCell);
    return amount === undefined ? undefined : { amount, currency };
  }

  number(name: string): string | undefined {
    return this.#read(name, amountOfCell);
  }

  date(name: string): string | undefined {
    return this.#read(name, dateOfCell);
  }

  #read<T>(name: string, read: (cell: Cell, heading: string) => T): T | undefined {
    const found = this.#cells.get(name);
    return found && read(found.cell, found.heading);
  }
}

/**
 * The line of a row, as the ledger takes it and checks it. What a cell leaves empty the line does not say.
 *
 * @throws DocumentError that names the column whose cell cannot be read.
 */
export function loanOfRow(columns: readonly BookColumn[], cells: readonly Cell[]): Unchecked<TakeOnLine> {
  const row = new Row(columns, cells);
  const currency = row.text('currency')?.toUpperCase() ?? '';
  const enterprise = row.text('enterprise');
  const cover = row.places('cover').map((place) => drawn(row, `cover.${place}`, currency));
  const collateral = row.places('collateral').map((place) => ({
    document: reference(row, `collateral.${place}`, 'warehouse-receipt'),
    quantity: {
      amount: row.number(`collateral.${place}.quantity`),
      unit: row.text(`collateral.${place}.unit`)?.toUpperCase(),
    },
  }));
  const parties = row.places('party').map((place) => ({
    name: row.text(`party.${place}.name`),
    ...given('id', row.text(`party.${place}.id`)),
    ...given('share', row.text(`party.${place}.share`)),
  }));
  return {
    reference: row.text('reference'),
    enterprise: {
      scheme: row.text('enterpriseScheme')?.toUpperCase() ?? schemeOf(enterprise),
      id: enterprise,
    },
    product: row.word('product'),
    amount: row.amount('amount', currency),
    outstanding: row.amount('outstanding', currency),
    lines: row.places('document').map((place) => drawn(row, `document.${place}`, currency)),
    ...(cover.length > 0 && { cover }),
    ...(collateral.length > 0 && { collateral }),
    paidOutOn: row.date('paidOutOn'),
    dueDate: row.date('dueDate'),
    ...given('state', row.word('state')),
    ...(parties.length > 0 && { parties }),
  };
}

/** What a row says, before the schema has looked at it. */
type Unchecked<T> = { readonly [name in keyof T]?: unknown };

function drawn(row: Row, name: string, currency: string) {
  const totalCurrency = row.text(`${name}.totalCurrency`)?.toUpperCase() ?? currency;
  return {
    document: reference(row, name),
    amount: row.amount(`${name}.amount`, currency),
    ...given('total', row.amount(`${name}.total`, totalCurrency)),
    ...given('date', row.date(`${name}.date`)),
  };
}

function reference(row: Row, name: string, byDefault?: string) {
  const issuer = row.text(`${name}.issuer`);
  const scheme = row.text(`${name}.issuerScheme`)?.toUpperCase() ?? schemeOf(issuer);
  return {
    type: row.word(`${name}.type`) ?? byDefault,
    number: row.text(`${name}.number`),
    ...(issuer !== undefined && { issuer: { scheme, id: issuer } }),
    ...given('numberingPeriod', row.text(`${name}.numberingPeriod`)),
    ...given('issuingBank', row.text(`${name}.issuingBank`)?.toUpperCase()),
  };
}

/** The register of an id whose book does not name it, where its shape says which. */
function schemeOf(id: string | undefined): string {
  const plain = (id ?? '').normalize('NFKC').replace(/[\s\p{Pd}.]/gu, '');
  if (/^[0-9A-Z]{18}$/i.test(plain)) return 'USCC';
  if (/^[0-9A-Z]{18}\d{2}$/i.test(plain)) return 'LEI';
  if (/^\d{13}$/.test(plain)) return 'GLN';
  return /^[A-Z]{2}[0-9A-Z+*]{2,18}$/i.test(plain) ? 'VAT' : 'TAX';
}

function given<T>(name: string, value: T | undefined): Record<string, T> {
  return value === undefined ? {} : { [name]: value };
}
