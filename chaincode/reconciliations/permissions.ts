import { bank, type Permission, readers, writers } from '../roles.js';

/** A bank compares its book with the registry's; what came of it is on the record. */
export const reconciliationPermissions = {
  recordReconciliation: { access: 'submit', kinds: bank, roles: writers },
  readLoweredDocuments: { access: 'evaluate', kinds: bank, roles: readers },
} as const satisfies Record<string, Permission>;
