import type { PersonRecord } from './person-record.js';

type Role = PersonRecord['role'];

/** Who may approve, or may say who may. */
export function isTrusted(role: Role): boolean {
  return role === 'approver' || role === 'admin';
}

/**
 * Whether one admin alone does not give somebody this role.
 *
 * @param forEverybody What the consortium has set for the organisation: two admins whatever the role.
 */
export function needsSecondAdmin(role: Role, forEverybody: boolean): boolean {
  return forEverybody || isTrusted(role);
}

/** Whom an admin rules: at the portal, one with an enterprise's number only the people of that enterprise. */
export function isWithinReach(
  admin: { readonly uscc?: string | undefined },
  person: { readonly uscc?: string | undefined },
): boolean {
  return admin.uscc === undefined || admin.uscc === person.uscc;
}

/** Whether nobody could admit people any more without this person. */
export function isLastAdmin(person: PersonRecord, all: readonly PersonRecord[]): boolean {
  return (
    isActiveAdmin(person) &&
    !all.some(
      (other) =>
        other.id !== person.id &&
        isActiveAdmin(other) &&
        (other.uscc === undefined || other.uscc === person.uscc),
    )
  );
}

function isActiveAdmin({ role, state }: PersonRecord): boolean {
  return role === 'admin' && state === 'active';
}
