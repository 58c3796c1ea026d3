import type { Party, PartyId } from '../api.js';
import { LedgerError } from '../errors.js';
import { isGln, isLei, isUscc } from './check-digits.js';
import { visible } from './visible.js';

interface SchemeRule {
  readonly shape: RegExp;
  /** Where the scheme has a check digit. */
  readonly check?: (id: string) => boolean;
}

const rules: Readonly<Record<PartyId['scheme'], SchemeRule>> = {
  USCC: { shape: /^[0-9A-Z]{18}$/, check: isUscc },
  LEI: { shape: /^[0-9A-Z]{18}\d{2}$/, check: isLei },
  GLN: { shape: /^\d{13}$/, check: isGln },
  DUNS: { shape: /^\d{9}$/ },
  // Letters alone are prose that somebody wrote into the field.
  VAT: { shape: /^[A-Z]{2}(?=.*\d)[0-9A-Z+*]{2,18}$/ },
  EORI: { shape: /^[A-Z]{2}[0-9A-Z]{1,15}$/ },
  // Goods and services tax outside India (Singapore, Australia, New Zealand, Canada), whose numbers have many shapes.
  GST: { shape: /^(?=.*\d)[0-9A-Z]{7,20}$/ },
  // India: state, permanent account number, entity, Z, check character; and that account number by itself.
  GSTIN: { shape: /^\d{2}[A-Z]{5}\d{4}[A-Z][0-9A-Z]{3}$/ },
  PAN: { shape: /^[A-Z]{5}\d{4}[A-Z]$/ },
  // Türkiye, Brazil (letters from 2026 on), the United States.
  VKN: { shape: /^\d{10}$/ },
  CNPJ: { shape: /^[0-9A-Z]{12}\d{2}$/ },
  EIN: { shape: /^\d{9}$/ },
  // Latin America: several countries use each of these names.
  NIT: { shape: /^\d{6,15}[0-9K]?$/ },
  RUC: { shape: /^\d[0-9A-Z]{5,19}$/ },
  // Any other national tax number. Letters alone are prose here too.
  TAX: { shape: /^(?=.*\d)[0-9A-Z]{2,30}$/ },
  LEGAL: { shape: /^[\p{L}0-9]{1,60}$/u },
  MSP: { shape: /^[A-Za-z][A-Za-z0-9]{0,60}MSP$/ },
};

/**
 * The one spelling of a registered id: `NL8200.98.395.B.01` and `nl 820098395b01` are the same firm.
 *
 * @throws LedgerError PARTY_INVALID or CHECK_DIGIT_WRONG.
 */
export function canonicalParty(party: PartyId, field: string): PartyId {
  const rule = rules[party.scheme];
  const id =
    party.scheme === 'MSP'
      ? party.id
      : visible(party.id.normalize('NFKC'))
          .replace(/[\p{Pd}\s\p{Z}./:,_()]/gu, '')
          .toUpperCase();
  if (!rule.shape.test(id)) throw new LedgerError('PARTY_INVALID', { field: `${field}.id` });
  if (rule.check?.(id) === false) throw new LedgerError('CHECK_DIGIT_WRONG', { field: `${field}.id` });
  return { scheme: party.scheme, id };
}

/** A party as text for keys. Neither schemes nor canonical ids contain the separator. */
export function partyText(party: PartyId): string {
  return `${party.scheme}:${party.id}`;
}

/** Whether a party is the one meant, by any id that the paper states. */
export function names(party: Party | undefined, meant: PartyId): boolean {
  if (party === undefined) return false;
  return [party, ...(party.otherIds ?? [])].some((one) => partyText(one) === partyText(meant));
}
