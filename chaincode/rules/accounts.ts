import { enterpriseMsp } from '../roles.js';
import type { PartyId } from '../schemas.js';
import { canonicalParty, partyText } from './parties.js';

/**
 * Under which ids a firm abroad can have an account at the portal, the first before the others. It is a debtor's account:
 * to confirm what it owes, and to read whom to pay.
 */
export const debtorSchemes = ['LEI', 'VAT', 'EORI'] as const;

/** Under which of these ids an enterprise has its account at the portal; undefined where it can have none. */
export function accountOf(ids: readonly PartyId[]): string | undefined {
  return ids.find(({ scheme }) => scheme === 'USCC')?.id;
}

/** Under which of these ids a debtor abroad has its account; of several the one that stands first in the list of schemes. */
export function debtorAccountOf(ids: readonly PartyId[]): string | undefined {
  const [party] = debtorSchemes.flatMap((scheme) => ids.find((one) => one.scheme === scheme) ?? []);
  return party && accountText(party);
}

/** An account as people's certificates and the portal's records name it: a USCC by itself, another id with its scheme. */
export function accountText(party: PartyId): string {
  return party.scheme === 'USCC' ? party.id : partyText(party);
}

/** Whose account it is. */
export function partyOfAccount(account: string): PartyId {
  const scheme = debtorSchemes.find((one) => account.startsWith(`${one}:`));
  if (scheme === undefined) return { scheme: 'USCC', id: account };
  return { scheme, id: account.slice(scheme.length + 1) };
}

/** Whether this names an account, in its one spelling and with a right check digit. */
export function isAccount(account: string): boolean {
  try {
    return accountText(canonicalParty(partyOfAccount(account), 'account')) === account;
  } catch {
    return false;
  }
}

/** Which portal serves the accounts that begin so. */
export interface PortalPlace {
  readonly begins: string;
  readonly portal: string;
}

/** The one portal that serves an account: where the longest beginning leads, and the first portal where none does. */
export function portalOf(account: string, places: readonly PortalPlace[]): string {
  const [found] = places
    .filter(({ begins }) => account.startsWith(begins))
    .sort((one, other) => other.begins.length - one.begins.length);
  return found?.portal ?? enterpriseMsp;
}

/** Who holds the copies that an enterprise reads: nobody for one without an account. */
export function portalsOf(account: string | undefined, places: readonly PortalPlace[]): readonly string[] {
  return account === undefined ? [] : [portalOf(account, places)];
}
