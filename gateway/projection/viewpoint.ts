import type { OrganisationKind } from '@pledgeonce/chaincode/roles.js';

/** Whose view the projection is. */
export interface Viewpoint {
  readonly mspId: string;
  /** What the organisation is. */
  readonly kind: OrganisationKind;
  /** A government node sees everybody's. */
  readonly government: boolean;
}
