import { authorizationFailure } from './errors.js';
import { type Attribute, type Identity, attributeOf } from './records.js';
import { booleanOf } from './request.js';

/** The attributes to which Fabric CA gives a meaning. */
export const ATTRIBUTES = {
  roles: 'hf.Registrar.Roles',
  delegateRoles: 'hf.Registrar.DelegateRoles',
  attributes: 'hf.Registrar.Attributes',
  revoker: 'hf.Revoker',
  intermediateCa: 'hf.IntermediateCA',
  genCrl: 'hf.GenCRL',
  affiliationManager: 'hf.AffiliationMgr',
  enrollmentId: 'hf.EnrollmentID',
  type: 'hf.Type',
  affiliation: 'hf.Affiliation',
} as const;

type Kind = 'switch' | 'list' | 'fixed';
const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  [ATTRIBUTES.revoker, 'switch'],
  [ATTRIBUTES.intermediateCa, 'switch'],
  [ATTRIBUTES.genCrl, 'switch'],
  [ATTRIBUTES.affiliationManager, 'switch'],
  [ATTRIBUTES.roles, 'list'],
  [ATTRIBUTES.delegateRoles, 'list'],
  [ATTRIBUTES.attributes, 'list'],
  [ATTRIBUTES.enrollmentId, 'fixed'],
  [ATTRIBUTES.type, 'fixed'],
  [ATTRIBUTES.affiliation, 'fixed'],
]);

/**
 * A registrar gives away only attributes that its `hf.Registrar.Attributes` names, and of those that carry power
 * (`hf.…`) only what it has itself.
 *
 * @param existing The identity that is changed; absent when one is registered.
 * @throws CaError 403
 */
export function requireMayGive(
  registrar: Identity,
  requested: readonly Attribute[],
  existing?: Identity,
): void {
  for (const attribute of requested) {
    const own = listOf(attributeOf(registrar, ATTRIBUTES.attributes));
    if (!matchesOne(attribute.name, own))
      throw refusal(attribute, 'it is not among those the caller may register');
    const kind = KINDS.get(attribute.name);
    if (!kind && attribute.name.startsWith('hf.')) throw refusal(attribute, 'the prefix hf. is reserved');
    if (kind === 'fixed') throw refusal(attribute, 'its value is fixed');
    if (kind === 'switch') requireSwitch(registrar, attribute);
    if (kind === 'list') requireSubset(registrar, attribute, requested, existing);
  }
}

/** The attributes after a change: an empty value removes one. */
export function changedAttributes(current: readonly Attribute[], changes: readonly Attribute[]): Attribute[] {
  const byName = new Map(current.map((attribute) => [attribute.name, attribute]));
  for (const change of changes) {
    if (change.value === '') byName.delete(change.name);
    else byName.set(change.name, change);
  }
  return [...byName.values()];
}

/** Splits a comma separated list, spaces dropped. */
export function listOf(value = ''): string[] {
  return value
    .replaceAll(' ', '')
    .split(',')
    .filter((item) => item !== '');
}

function requireSwitch(registrar: Identity, attribute: Attribute): void {
  if (booleanOf(attributeOf(registrar, attribute.name) ?? '') !== true) {
    throw refusal(attribute, 'the caller does not have it');
  }
  if (attribute.value !== '' && booleanOf(attribute.value) === undefined) {
    throw refusal(attribute, 'it is neither true nor false');
  }
}

function requireSubset(
  registrar: Identity,
  attribute: Attribute,
  requested: readonly Attribute[],
  existing: Identity | undefined,
): void {
  const owned = attributeOf(registrar, attribute.name);
  if (owned === undefined) throw refusal(attribute, 'the caller does not have it');
  if (attribute.value === '') return;
  const has = (name: string) =>
    requested.some((one) => one.name === name) || (existing && attributeOf(existing, name) !== undefined);

  if (attribute.name === ATTRIBUTES.attributes) {
    for (const name of listOf(attribute.value)) {
      if (!matchesOne(name, listOf(owned))) throw refusal(attribute, `the caller may not register ${name}`);
      if (name.startsWith('hf.') && !has(name)) throw refusal(attribute, `the identity has no ${name}`);
    }
    return;
  }
  requireWithin(attribute, listOf(owned));
  if (attribute.name === ATTRIBUTES.delegateRoles) {
    const roles =
      requested.find(({ name }) => name === ATTRIBUTES.roles)?.value ??
      (existing && attributeOf(existing, ATTRIBUTES.roles));
    requireWithin(attribute, listOf(roles));
  }
}

function requireWithin(attribute: Attribute, allowed: readonly string[]): void {
  const lower = allowed.map((item) => item.toLowerCase());
  if (lower.includes('*')) return;
  if (!listOf(attribute.value).every((item) => lower.includes(item.toLowerCase()))) {
    throw refusal(attribute, 'it is more than the caller, or the identity, has');
  }
}

function matchesOne(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.replace(/\*+$/, '')) : name === pattern,
  );
}

function refusal({ name }: Attribute, reason: string) {
  return authorizationFailure(`Attribute ${name} cannot be registered: ${reason}`);
}
