import {
  approver,
  everyone,
  officer,
  type OrganisationKind,
  type Permission,
  readers,
  service,
  writers,
} from '../roles.js';

const government: readonly OrganisationKind[] = ['customs', 'tax', 'regulator'];

/** What the consortium sets for everybody: keys of fingerprints, the policy, rates of exchange. */
export const registryPermissions = {
  initialise: { access: 'submit', kinds: ['regulator'], roles: officer },
  rotateFingerprintKey: { access: 'submit', kinds: ['regulator'], roles: officer },
  rekeyEntries: { access: 'submit', kinds: government, roles: service, governing: true },
  retireFingerprintKeys: { access: 'submit', kinds: government, roles: service, governing: true },
  setPolicy: { access: 'submit', kinds: ['regulator'], roles: approver },
  // A gateway asks it too: whether its own people take two admins.
  readPolicy: { access: 'evaluate', kinds: everyone, roles: [...readers, ...service] },
  publishRates: { access: 'submit', kinds: ['regulator'], roles: officer },
  returnRates: { access: 'submit', kinds: ['regulator'], roles: writers },
  confirmRates: { access: 'submit', kinds: ['regulator'], roles: approver },
  readRates: { access: 'evaluate', kinds: everyone, roles: readers },
} as const satisfies Record<string, Permission>;
