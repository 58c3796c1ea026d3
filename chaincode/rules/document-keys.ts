import type { DocumentReference, FactType, PartyId } from '../api.js';
import { catalogue, type NumberContext } from '../catalogue.js';
import { canonicalNumber } from './numbers.js';
import { canonicalParty, partyText } from './parties.js';

/** A document by its hard key, every part in its one spelling. */
export interface DocumentKey {
  readonly type: FactType;
  readonly issuer: PartyId;
  readonly number: string;
  /** Where the issuer restarts its numbers. */
  readonly period?: string | undefined;
}

/**
 * The hard key of a document: type, issuer's id with its scheme, canonical number.
 *
 * @param seller whose number it is when the reference names no issuer and the type has no fixed one.
 * @throws LedgerError when the number or the issuer cannot be one.
 */
export function documentKey(
  document: DocumentReference,
  seller: PartyId,
  field: string,
  context: NumberContext = {},
): DocumentKey {
  const number = documentNumber(document.type, document.number, context, `${field}number`);
  const given = document.issuer && canonicalParty(document.issuer, `${field}issuer`);
  const { issuer } = catalogue[document.type];
  const { type, numberingPeriod: period } = document;
  return {
    type,
    issuer: issuer === 'seller' ? (given ?? seller) : issuer,
    number,
    ...(period && { period }),
  };
}

/**
 * The one spelling of the number of a document of this type.
 *
 * @throws LedgerError NUMBER_INVALID, NUMBER_MIXED_SCRIPT or CHECK_DIGIT_WRONG.
 */
export function documentNumber(
  type: FactType,
  number: string,
  context: NumberContext,
  field: string,
): string {
  const canonical = canonicalNumber(number, field);
  return catalogue[type].number?.(canonical, context, field) ?? canonical;
}

/** The hard key as text, to be fingerprinted. A canonical number contains no line break. */
export function keyText({ type, issuer, number, period }: DocumentKey): string {
  return [type, partyText(issuer), number, ...(period === undefined ? [] : [period])].join('\n');
}

/** What joins documents into one trade: a family, whose number it is, and the number. */
export function linkText(family: string, party: PartyId, number: string, period?: string): string {
  return [family, partyText(party), number, ...(period === undefined ? [] : [period])].join('\n');
}
