import type { OrganisationKind } from '@pledgeonce/chaincode/roles.js';
import { holderOf } from './decoded.js';
import type { PrivateValue } from './read-block.js';

/** Whose view the projection is. */
export interface Viewpoint {
  readonly mspId: string;
  /** What the organisation is. */
  readonly kind: OrganisationKind;
  /** A government node sees everybody's. */
  readonly government: boolean;
  /** It is that of a removed member, whose successor looks. */
  readonly inherited?: true;
}

/**
 * Whether claims are listed, looked up and added up at the organisation's gateway. At customs and tax they are not: there
 * they only come to their deadlines.
 */
export function listsClaims({ kind }: Pick<Viewpoint, 'kind'>): boolean {
  return kind !== 'customs' && kind !== 'tax';
}

/**
 * The view of whose copy a record is: of a removed member's its successor sees what that one would see.
 *
 * @param inherited whom the organisation has succeeded.
 */
export function holding(
  { value }: Pick<PrivateValue, 'value'>,
  viewpoint: Viewpoint,
  inherited: ReadonlySet<string>,
): Viewpoint {
  const holder = inherited.size === 0 ? undefined : holderOf(value);
  return holder !== undefined && inherited.has(holder) ? inPlaceOf(holder, viewpoint) : viewpoint;
}

/** What a removed member would see. */
export function inPlaceOf(mspId: string, viewpoint: Viewpoint): Viewpoint {
  return { ...viewpoint, mspId, inherited: true };
}
