import type { Schemas } from '@pledgeonce/client';
import type { Own } from '../session/session.js';

/**
 * Whether a document has a page that this person may read. Who records documents reads their own; a bank, that of which it is
 * the issuer: on others it lends, and reads no more than a verification tells.
 */
export function mayOpenDocument(
  { may, organisation }: Own,
  document: Pick<Schemas['Document'], 'issuer'> | undefined,
): boolean {
  if (!may.includes('readFact')) return false;
  return organisation.kind !== 'bank' || document?.issuer?.id === organisation.mspId;
}
