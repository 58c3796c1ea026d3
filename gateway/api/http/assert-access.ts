import { governmentKind, isFor, permissions } from '@pledgeonce/chaincode/permissions.js';
import type { OrganisationKind, Permission, Role } from '@pledgeonce/chaincode/permissions.js';
import type { Person } from '../../people/session-store.js';
import type { Access } from '../endpoint.js';
import { Problem } from '../problem.js';

/**
 * Refuses before anything is sent what the ledger would refuse too.
 *
 * @throws Problem WRONG_ORGANISATION or PERMISSION_DENIED, in the ledger's order of precedence.
 */
export function assertAccess(access: Access, person: Person): void {
  if (access === 'public' || access === 'session') return;
  const { kinds, roles, governing } = rule(access);
  if (!roles.includes(person.role)) throw new Problem('PERMISSION_DENIED');
  if (kinds !== undefined && !isPersons({ kinds, ...(governing && { governing }) }, person))
    throw new Problem('WRONG_ORGANISATION');
}

/** Whether something is for people of this person's organisation. */
export function isPersons(
  permission: Pick<Permission, 'kinds' | 'governing'>,
  { mspId, kind }: Pick<Person, 'mspId' | 'kind'>,
): boolean {
  return isFor(permission, kind, governmentKind(mspId) !== undefined);
}

function rule(access: Exclude<Access, 'public' | 'session'>): {
  kinds?: readonly OrganisationKind[];
  roles: readonly Role[];
  governing?: true;
} {
  return typeof access === 'string' ? permissions[access] : access;
}
