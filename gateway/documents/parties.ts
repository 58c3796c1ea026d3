import type { Party, PartyId } from '@pledgeonce/chaincode/api.js';
import { type ErrorCode, LedgerError } from '@pledgeonce/chaincode/errors.js';
import { isUscc } from '@pledgeonce/chaincode/rules/check-digits.js';
import { canonicalParty, partyText } from '@pledgeonce/chaincode/rules/parties.js';
import { limits } from '@pledgeonce/chaincode/schemas.js';
import { DocumentError } from './document-error.js';
import type { Warn } from './parsed.js';
import { registered } from './registers.js';

/** An id as a paper states it. */
export interface StatedId {
  readonly id: string;
  /** What the paper calls the register: `VAT`, `0088`; undefined where it says nothing. */
  readonly scheme: string | undefined;
}

/** An organisation as its paper names it. */
export interface NamedParty {
  readonly name: string | undefined;
  readonly ids: readonly StatedId[];
}

/** Which id is shown: a tax number before the register of companies before what the firm gave itself. */
const order: readonly PartyId['scheme'][] = [
  'USCC',
  'VAT',
  'GSTIN',
  'GST',
  'CNPJ',
  'EIN',
  'NIT',
  'RUC',
  'VKN',
  'TAX',
  'PAN',
  'LEGAL',
  'EORI',
  'LEI',
  'GLN',
  'DUNS',
];

/**
 * The organisation under every registered id that its paper states. Which one comes first follows from the ids alone,
 * never from their order: two files of one invoice name the same firm in different orders. What is prose, or no id of
 * its register, is left out with a warning.
 *
 * @returns undefined when no registered id is left.
 * @throws Error what is no refusal of an id.
 */
export function partyOf({ name, ids }: NamedParty, field: string, warn: Warn): Party | undefined {
  const found = new Map<string, PartyId>();
  for (const stated of ids) {
    for (const id of registeredIds(stated)) {
      // Words in the place of a number are no mistake to be told: they were never meant as one.
      if (isProse(id)) continue;
      try {
        found.set(partyText(canonicalParty(id, field)), id);
      } catch (error) {
        if (!(error instanceof LedgerError)) throw error;
        const detail = `${shown(id.id)} is no number of the register ${id.scheme}. ${error.body.detail}`;
        warn({ warning: 'left-out', field, detail });
      }
    }
  }
  const [first, ...others] = [...found.keys()]
    .toSorted()
    .flatMap((key) => found.get(key) ?? [])
    .toSorted((a, b) => order.indexOf(a.scheme) - order.indexOf(b.scheme));
  if (first === undefined) return undefined;
  return {
    ...first,
    ...nameOf(name),
    ...(others.length > 0 && { otherIds: others.slice(0, limits.idsPerParty) }),
  };
}

/**
 * The organisation, where a document says nothing without one.
 *
 * @param who what the paper calls it: seller, shipper.
 * @throws DocumentError that says what stands in the place of a registered id.
 */
export function requiredParty(party: NamedParty, field: string, who: string, warn: Warn): Party {
  const found = partyOf(party, field, warn);
  if (found !== undefined) return found;
  throw whyUnregistered(party, field, who);
}

function whyUnregistered({ ids }: NamedParty, field: string, who: string): DocumentError {
  const refusal = (detail: string, code: ErrorCode = 'PARTY_INVALID') =>
    new DocumentError(code, field, detail);
  const [first] = ids;
  if (first === undefined) return refusal(`The ${who} has no registered number.`);
  for (const stated of ids) {
    const [id] = registeredIds(stated);
    if (id === undefined) continue;
    const detail = `${shown(stated.id)}, the only number of the ${who}, is none of ${shown(stated.scheme ?? '')}.`;
    try {
      canonicalParty(id, field);
      return refusal(detail);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      return refusal(`${detail} ${error.body.detail}`, error.code);
    }
  }
  const reason =
    first.scheme === undefined
      ? `${shown(first.id)} does not say in which register it stands.`
      : `${shown(first.scheme)} is no register that is known here.`;
  return refusal(`The ${who} has no registered number: ${reason}`);
}

/** A name as a field takes it: without control characters, and as long as the ledger keeps it. */
export function nameOf(name: string | undefined): { name?: string } {
  const clean = name?.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim();
  return clean === undefined || clean === '' ? {} : { name: clean.slice(0, 200) };
}

function registeredIds({ id, scheme }: StatedId): readonly PartyId[] {
  if (scheme === undefined || id.length > 64) return [];
  const one = registered(scheme, id);
  if (one === undefined) return [];
  if (one.scheme === 'VAT') return vatOrTax(one.id);
  if (one.scheme === 'GST' && /^\d{2}[A-Z]{5}\d{4}[A-Z][0-9A-Z]{3}$/i.test(id))
    return [{ scheme: 'GSTIN', id }];
  const isSocialCredit =
    (one.scheme === 'LEGAL' || one.scheme === 'TAX') && /^[0-9A-Z]{18}$/.test(id) && isUscc(id);
  return [isSocialCredit ? { scheme: 'USCC', id } : one];
}

/**
 * A VAT number starts with its country; files also write the national tax number in its place. One that is written with
 * slashes is the tax number even behind a country, and another file of the same invoice has it without.
 */
function vatOrTax(id: string): readonly PartyId[] {
  const [, national] = /^[A-Za-z]{2}\/?(.+)$/.exec(id) ?? [];
  if (national === undefined) return [{ scheme: 'TAX', id }];
  return [
    { scheme: 'VAT', id },
    ...(national.includes('/') ? [{ scheme: 'TAX' as const, id: national }] : []),
  ];
}

/** Numbers of registers have a digit, and hardly a word: `Godkänd för F-skatt`, `see our letter of 2025`. */
function isProse({ scheme, id }: PartyId): boolean {
  const words = id.match(/\p{L}*\p{Ll}{3,}/gu) ?? [];
  // A company register may be told with its court: `Amtsgericht Kiel HRB 1234`.
  return !/\d/.test(id) || words.length > (scheme === 'LEGAL' ? 3 : 0);
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
