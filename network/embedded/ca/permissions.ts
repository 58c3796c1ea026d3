import { ATTRIBUTES, listOf } from './attributes.js';
import { CODES, CaError, authorizationFailure } from './errors.js';
import { type Identity, attributeOf } from './records.js';
import { booleanOf } from './request.js';

/** Whether this affiliation is the caller's own or lies below it; who has the root affiliation reaches all. */
export function containsAffiliation(caller: Identity, affiliation: string): boolean {
  const own = caller.affiliation;
  return own === '' || affiliation === own || affiliation.startsWith(`${own}.`);
}

/** @throws CaError 403 */
export function requireAffiliation(caller: Identity, affiliation: string): void {
  if (!containsAffiliation(caller, affiliation)) {
    throw authorizationFailure(`The caller has no authority over the affiliation '${affiliation}'`);
  }
}

/** Whether it may register others: it has roles that it may give. */
export function isRegistrar(caller: Identity): boolean {
  return listOf(attributeOf(caller, ATTRIBUTES.roles)).length > 0;
}

/** @throws CaError 403 */
export function requireRegistrar(caller: Identity): void {
  if (!isRegistrar(caller)) throw authorizationFailure('The caller is not a registrar');
}

/** Whether a registrar may register, change and see identities of this type. */
export function canActOnType(caller: Identity, type: string): boolean {
  const types = listOf(attributeOf(caller, ATTRIBUTES.roles)).map((one) => one.toLowerCase());
  return types.includes('*') || types.includes((type === '' ? 'client' : type).toLowerCase());
}

/** @throws CaError 403 */
export function requireManages(
  caller: Identity,
  { affiliation, type }: Pick<Identity, 'affiliation' | 'type'>,
): void {
  requireAffiliation(caller, affiliation);
  if (!canActOnType(caller, type)) {
    throw authorizationFailure(`The caller has no authority over identities of type '${type}'`);
  }
}

/** Whether an attribute is set and true, as Go reads booleans; no attribute is false. */
export function isTrue(identity: Identity, name: string): boolean {
  return booleanOf(attributeOf(identity, name) ?? '') === true;
}

/**
 * Requires a role that is an attribute with a boolean value.
 *
 * @throws CaError 403, or 400 when the value is none
 */
export function requireRole(caller: Identity, name: string): void {
  const value = attributeOf(caller, name);
  if (value === undefined) throw authorizationFailure(`The caller has no attribute '${name}'`);
  const on = booleanOf(value);
  if (on === undefined) {
    throw new CaError(400, CODES.invalidBoolean, `Failed to get boolean value of '${name}'`);
  }
  if (!on) throw authorizationFailure(`The caller's attribute '${name}' is false`);
}
