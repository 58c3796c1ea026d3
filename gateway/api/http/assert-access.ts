import { kindOf, permissions } from '@pledgeonce/chaincode/permissions.js';
import type { OrganisationKind, Role } from '@pledgeonce/chaincode/permissions.js';
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
  const { kinds, roles } = rule(access);
  if (!roles.includes(person.role)) throw new Problem('PERMISSION_DENIED');
  if (kinds !== undefined && !kinds.includes(kindOf(person.mspId))) throw new Problem('WRONG_ORGANISATION');
}

function rule(access: Exclude<Access, 'public' | 'session'>): {
  kinds?: readonly OrganisationKind[];
  roles: readonly Role[];
} {
  return typeof access === 'string' ? permissions[access] : access;
}
