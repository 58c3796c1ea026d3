import type { Details, Money, Party } from '@pledgeonce/chaincode/api.js';
import { DocumentError } from './document-error.js';
import type { XmlElement } from './xml-tree.js';

/** The value, or a refusal that names the element which lacks it. */
export function required(value: string | undefined, field: string, detail: string): string {
  if (value === undefined) throw new DocumentError('INPUT_INVALID', field, detail);
  return value;
}

/**
 * Text of an amount as the ledger takes it. Zeros at the end are dropped, because files write 2337.50, 2337.5 and
 * 87859.00 for a currency without decimals; any other digit stays, and the ledger refuses what is too fine.
 */
export function amountText(text: string): string {
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text;
}

/**
 * Money of an XML element in the currency of its document.
 *
 * @throws DocumentError when the element is in another currency than the document says it is settled in.
 */
export function moneyOf(element: XmlElement | undefined, currency: string, field: string): Money | undefined {
  if (element === undefined) return undefined;
  const own = element.attributes.get('currencyID');
  if (own !== undefined && own !== currency) {
    throw new DocumentError(
      'CURRENCY_MIXED',
      field,
      `The document is in ${currency}, but this amount is in ${own}.`,
    );
  }
  return { amount: amountText(element.text.trim()), currency };
}

export function isNegative(money: Money): boolean {
  return money.amount.startsWith('-');
}

export function isZero(money: Money): boolean {
  return /^-?0*\.?0*$/.test(money.amount);
}

/** `20250514`, `20250514154156Z` or `2025-05-14+02:00` as `2025-05-14`. */
export function dateOf(text: string | undefined, field: string): string {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text ?? '') ?? [];
  if (year === undefined || month === undefined || day === undefined) {
    throw new DocumentError('DATE_INVALID', field, 'The document has no date of issue.');
  }
  return `${year}-${month}-${day}`;
}

/** An organisation as its document names it, before one of its ids is chosen. */
export interface NamedParty {
  readonly name: string | undefined;
  readonly vat: string | undefined;
  readonly legal: SchemedId | undefined;
  /** Further ids with their ISO 6523 scheme. */
  readonly others: readonly SchemedId[];
}

export interface SchemedId {
  readonly id: string;
  readonly schemeId: string | undefined;
}

// ISO 6523 codes of the schemes that the registry knows by name.
const schemes: ReadonlyMap<string, Party['scheme']> = new Map([
  ['0060', 'DUNS'],
  ['0088', 'GLN'],
  ['0199', 'LEI'],
]);

/**
 * Chooses the id by rule, VAT before legal before other registered ids, never the first one found: two files of one
 * invoice name the same party in different orders.
 */
export function partyOf(party: NamedParty): Party | undefined {
  const chosen = chooseId(party);
  return chosen && { ...chosen, ...(party.name !== undefined && { name: party.name.slice(0, 200) }) };
}

function chooseId({ vat, legal, others }: NamedParty): Omit<Party, 'name'> | undefined {
  // A VAT number starts with its country; files also write the national tax number in its place.
  if (vat !== undefined) return { scheme: /^[A-Za-z]{2}/.test(vat) ? 'VAT' : 'TAX', id: vat };
  if (legal !== undefined) return { scheme: schemes.get(legal.schemeId ?? '') ?? 'LEGAL', id: legal.id };
  const known = others.flatMap(({ id, schemeId }) => {
    const scheme = schemes.get(schemeId ?? '');
    return scheme === undefined ? [] : [{ scheme, id }];
  });
  return known.find(({ scheme }) => scheme === 'GLN') ?? known[0];
}

/** Leaves out what the document does not say, so that an absent field is absent and not undefined. */
export function present<T extends object>(fields: {
  readonly [K in keyof T]: T[K] | undefined;
}): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

export type DetailFields = Partial<{ readonly [K in keyof Details]: Details[K] | undefined }>;
