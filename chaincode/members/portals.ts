import { LedgerError } from '../errors.js';
import type { Caller } from '../ledger/call.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { enterpriseMsp } from '../roles.js';
import { portalOf, type PortalPlace } from '../rules/accounts.js';
import type { Member } from './api.js';
import { portalPlacesAt } from './records.js';

type Word = Pick<Member, 'kind' | 'accounts'>;

/**
 * Reads which portal serves which accounts, for whoever writes copies that enterprises read. The people of an enterprise act
 * at its own portal only: another could certify anybody for it.
 *
 * @throws LedgerError OTHER_ENTERPRISE of somebody who acts for an account that another portal serves.
 */
export async function knowPortals(work: UnitOfWork, { mspId, kind, uscc }: Caller): Promise<void> {
  work.places = await placesOf(work);
  if (kind !== 'enterprise' || uscc === undefined || portalOf(uscc, work.places) === mspId) return;
  throw new LedgerError('OTHER_ENTERPRISE', {
    detail: 'Another portal serves the account of this enterprise.',
  });
}

/**
 * What a portal is to serve, each beginning once and in one order.
 *
 * @returns undefined where nothing is said of it.
 * @throws LedgerError MEMBER_INVALID of whoever is no further portal, and of what another one serves.
 */
export async function accountsOf(
  work: Pick<UnitOfWork, 'read'>,
  id: string,
  { kind, accounts }: Word,
): Promise<readonly string[] | undefined> {
  if (accounts === undefined) return undefined;
  if (kind !== 'enterprise') throw invalid('Only a portal serves the accounts of enterprises.');
  if (id === enterpriseMsp) throw invalid('The first portal serves every account that no other one does.');
  const taken = (await placesOf(work)).find(
    ({ begins, portal }) => portal !== id && accounts.includes(begins),
  );
  if (taken !== undefined)
    throw invalid(`${taken.portal} serves the accounts that begin with ${taken.begins}.`);
  return [...new Set(accounts)].sort();
}

/** Puts what a portal serves where every transaction finds it. */
export async function placeAccounts(
  work: Pick<UnitOfWork, 'read' | 'write'>,
  { id, accounts = [] }: Member,
): Promise<void> {
  const places = await placesOf(work);
  const others = places.filter(({ portal }) => portal !== id);
  if (others.length === places.length && accounts.length === 0) return;
  work.write(portalPlacesAt, {
    places: [...others, ...accounts.map((begins) => ({ begins, portal: id }))],
  });
}

async function placesOf(work: Pick<UnitOfWork, 'read'>): Promise<readonly PortalPlace[]> {
  return (await work.read(portalPlacesAt))?.places ?? [];
}

function invalid(detail: string): LedgerError {
  return new LedgerError('MEMBER_INVALID', { detail, field: 'accounts' });
}
