import type { DocumentReference, FactType, PartyId } from '../api.js';
import { catalogue, type NumberContext } from '../catalogue.js';
import { LedgerError } from '../errors.js';
import { canonicalNumber } from './numbers.js';
import { canonicalParty, partyText } from './parties.js';

/** A document by its hard key, every part in its one spelling. */
export interface DocumentKey {
  readonly type: FactType;
  /** Undefined where a member gave the number and whoever asks does not say which. */
  readonly issuer: PartyId | undefined;
  readonly number: string;
  /** Where the issuer restarts its numbers. */
  readonly period?: string | undefined;
  /** Of a letter of credit: the bank that has issued it and given the number, by its BIC. A reference may leave it out. */
  readonly issuingBank?: string | undefined;
}

/** That of a document which is being recorded, or has been: there is no doubt about who gave its number. */
export interface RecordedKey extends DocumentKey {
  readonly issuer: PartyId;
}

/**
 * The hard key of a document: type, issuer's id with its scheme, canonical number.
 *
 * @param seller whose number it is when the reference names no issuer. Of a document whose number a member gave, only a
 *   reference by MSP id names it; any other says nothing.
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
  const { issuer, checkCode } = catalogue[document.type];
  const { type, numberingPeriod: period, issuingBank } = document;
  if (issuingBank !== undefined && type !== 'letter-of-credit') {
    throw new LedgerError('FIELD_NOT_ALLOWED', { field: `${field}issuingBank` });
  }
  // Guesses at a code count by the document: there is one name for it.
  const member = checkCode ? undefined : memberNamed(given);
  return {
    type,
    issuer: issuer === 'seller' ? (given ?? seller) : member,
    number,
    ...(period && { period }),
    ...(issuingBank !== undefined && { issuingBank: bankCode(issuingBank) }),
  };
}

/** How a request names the document of a key. */
export function referenceOf({ type, issuer, number, period, issuingBank }: DocumentKey): DocumentReference {
  return {
    ...{ type, issuer, number },
    ...(period !== undefined && { numberingPeriod: period }),
    ...(issuingBank !== undefined && { issuingBank }),
  };
}

/** A BIC in its one spelling: `XXX` names the head office, as eight letters do. */
export function bankCode(bic: string): string {
  return bic.length === 11 && bic.endsWith('XXX') ? bic.slice(0, 8) : bic;
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

/** The member that a paper names as the one which recorded another. */
export function memberNamed(issuer: PartyId | undefined): PartyId | undefined {
  return issuer?.scheme === 'MSP' ? issuer : undefined;
}

/** The key by which a document is found that names no issuer. */
export function withoutIssuer(key: DocumentKey): DocumentKey {
  return catalogue[key.type].issuer === 'seller' ? key : { ...key, issuer: undefined };
}

/** The key by which a letter of credit is found where nobody says which bank has issued it. */
export function withoutBank({ issuingBank: _bank, ...key }: DocumentKey): DocumentKey {
  return key;
}

/** Whether two references may mean one document: one of them does not say who gave the number. */
export function mayBeOne(one: DocumentKey, other: DocumentKey): boolean {
  const isOpen = (a: string | undefined, b: string | undefined) =>
    a === undefined || b === undefined || a === b;
  return (
    keyText(withoutBank(withoutIssuer(one))) === keyText(withoutBank(withoutIssuer(other))) &&
    isOpen(one.issuer && partyText(one.issuer), other.issuer && partyText(other.issuer)) &&
    isOpen(one.issuingBank, other.issuingBank)
  );
}

/** The hard key as text, to be fingerprinted. A canonical number contains no line break. */
export function keyText({ type, issuer, number, period, issuingBank }: DocumentKey): string {
  const scope = period ?? issuingBank;
  return [type, whose(issuer), number, ...(scope === undefined ? [] : [scope])].join('\n');
}

/** No party is written like this. */
const whoever = '*';

function whose(party: PartyId | undefined): string {
  return party === undefined ? whoever : partyText(party);
}

/** The link text of a number whoever gave it. */
export function looseLinkText(text: string): string {
  const [family, , ...number] = text.split('\n');
  return number.length === 1 ? [family, whoever, ...number].join('\n') : text;
}

/** What joins documents into one trade: a family, whose number it is, and the number. */
export function linkText(
  family: string,
  party: PartyId | undefined,
  number: string,
  period?: string,
): string {
  return [family, whose(party), number, ...(period === undefined ? [] : [period])].join('\n');
}
