import { auditPermissions } from './audit/permissions.js';
import { authorisationPermissions } from './authorisations/permissions.js';
import { claimPermissions } from './claims/permissions.js';
import { consentPermissions } from './consents/permissions.js';
import { creditPermissions } from './credit/permissions.js';
import { debtPermissions } from './debts/permissions.js';
import { factPermissions } from './facts/permissions.js';
import { firmPermissions } from './firms/permissions.js';
import { insurancePermissions } from './insurance/permissions.js';
import { loanPermissions } from './loans/permissions.js';
import { memberPermissions } from './members/permissions.js';
import { nearDuplicatePermissions } from './near-duplicates/permissions.js';
import { objectionPermissions } from './objections/permissions.js';
import { offerPermissions } from './offers/permissions.js';
import { offshorePermissions } from './offshore/permissions.js';
import { ownDocumentPermissions } from './own-documents/permissions.js';
import { payeePermissions } from './payees/permissions.js';
import { paymentPermissions } from './payments/permissions.js';
import { probingPermissions } from './probing/permissions.js';
import { reconciliationPermissions } from './reconciliations/permissions.js';
import { registryPermissions } from './registry/permissions.js';
import { takeOnPermissions } from './take-on/permissions.js';
import type { Permission } from './roles.js';

export {
  governmentKind,
  governmentMsps,
  isFor,
  type OrganisationKind,
  type Permission,
  type Role,
} from './roles.js';

const table = {
  ...auditPermissions,
  ...authorisationPermissions,
  ...claimPermissions,
  ...consentPermissions,
  ...creditPermissions,
  ...debtPermissions,
  ...factPermissions,
  ...firmPermissions,
  ...insurancePermissions,
  ...loanPermissions,
  ...memberPermissions,
  ...nearDuplicatePermissions,
  ...objectionPermissions,
  ...offerPermissions,
  ...offshorePermissions,
  ...ownDocumentPermissions,
  ...payeePermissions,
  ...paymentPermissions,
  ...probingPermissions,
  ...reconciliationPermissions,
  ...registryPermissions,
  ...takeOnPermissions,
} as const satisfies Record<string, Permission>;

export type LedgerFunction = keyof typeof table;

/** Function by function, the kinds of organisation and the roles that may call it. */
export const permissions: Readonly<Record<LedgerFunction, Permission>> = table;
