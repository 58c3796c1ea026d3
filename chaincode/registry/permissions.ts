import { approver, everyone, officer, type Permission, readers, service, writers } from '../roles.js';

/** What the consortium sets for everybody: keys of fingerprints, the policy, rates of exchange. */
export const registryPermissions = {
  initialise: { access: 'submit', kinds: ['regulator'], roles: officer },
  rotateFingerprintKey: { access: 'submit', kinds: ['regulator'], roles: officer },
  rekeyEntries: { access: 'submit', kinds: ['customs', 'tax', 'regulator'], roles: service },
  retireFingerprintKeys: { access: 'submit', kinds: ['customs', 'tax', 'regulator'], roles: service },
  setPolicy: { access: 'submit', kinds: ['regulator'], roles: approver },
  readPolicy: { access: 'evaluate', kinds: everyone, roles: readers },
  publishRates: { access: 'submit', kinds: ['regulator'], roles: officer },
  returnRates: { access: 'submit', kinds: ['regulator'], roles: writers },
  confirmRates: { access: 'submit', kinds: ['regulator'], roles: approver },
  readRates: { access: 'evaluate', kinds: everyone, roles: readers },
} as const satisfies Record<string, Permission>;
