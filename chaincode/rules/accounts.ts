import { enterpriseMsp } from '../roles.js';
import type { PartyId } from '../schemas.js';

/** Under which of these ids an enterprise has its account at the portal; undefined where it can have none. */
export function accountOf(ids: readonly PartyId[]): string | undefined {
  return ids.find(({ scheme }) => scheme === 'USCC')?.id;
}

/** Who holds the copies that an enterprise reads: nobody for one without an account. */
export function portalsOf(account: string | undefined): readonly string[] {
  return account === undefined ? [] : [enterpriseMsp];
}
