import { readFileSync } from 'node:fs';
import type { FactType } from '@pledgeonce/chaincode/api.js';

const page = readFileSync(new URL('../../../../docs/how-to/import-documents.md', import.meta.url)).toString();

/** What the page says of the tables of one type. */
export interface DocumentedTable {
  readonly type: string;
  /** Headings without which a table of the type is refused. */
  readonly needs: readonly string[];
  readonly may: readonly string[];
}

/** Sections of a fact that the page names in a sentence; they are no headings. */
const sections: ReadonlySet<string> = new Set(['transport', 'filing']);

/** The lines of the page on imports, one for each type of document, in its order. */
export const documentedTables: readonly DocumentedTable[] = page
  .split('\n')
  .filter((line) => /^\| `[a-z-]+` +\|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 5)
  .map(([, type = '', needs = '', may = '']) => ({
    type: type.replaceAll('`', ''),
    needs: headingsIn(needs),
    may: headingsIn(may),
  }));

function headingsIn(text: string): readonly string[] {
  const found = [...text.matchAll(/`([\w.]+)`/g)].map(([, heading = '']) => heading);
  return found.filter((heading) => !sections.has(heading));
}

const always = ['type', 'number', 'date', 'seller.scheme', 'seller.id'];

/** What the page says by words instead of by headings. */
const filing = ['total.amount', 'total.currency', 'buyer.scheme', 'buyer.id', 'filing.subject'];
const byWords: Readonly<Partial<Record<FactType, readonly string[]>>> = {
  'tax-filing': filing,
  'capital-account-document': filing,
  'warehouse-receipt': ['transport.from'],
};

/** The smallest table of a type that the page says will do: its headings, and one row under them. */
export function smallestTable(
  type: FactType,
  values: Readonly<Record<string, string>>,
): readonly (readonly string[])[] {
  const needs = documentedTables.find((one) => one.type === type)?.needs ?? [];
  const columns = [...new Set([...always, ...needs, ...(byWords[type] ?? [])])];
  const cells: Readonly<Record<string, string>> = { ...usual, ...values, type };
  return [columns, columns.map((column) => cells[column] ?? 'N1234')];
}

const usual: Readonly<Record<string, string>> = {
  date: '2026-03-02',
  'policy.from': '2026-01-01',
  'policy.to': '2026-12-31',
  'policy.insuredShare': '80',
  'limit.validUntil': '2026-12-31',
  'letterOfCredit.issuingBank': 'DEUTDEFF',
  'letterOfCredit.expiresOn': '2026-12-31',
  'shipment.premiumPaid': 'true',
  'total.amount': '1.234,50',
  'total.currency': 'EUR',
  'quantity.amount': '12.5',
  'quantity.unit': 'TNE',
  'seller.scheme': 'VAT',
  'seller.id': 'DE987654321',
  'buyer.scheme': 'VAT',
  'buyer.id': 'FR12345678901',
};

/** The rows as CSV, every cell in quotes. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
}
