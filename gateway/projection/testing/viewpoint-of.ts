import { governmentKind } from '@pledgeonce/chaincode/permissions.js';
import { members } from '@pledgeonce/chaincode/testing/fake-ledger.js';
import type { Viewpoint } from '../viewpoint.js';

/** How an organisation of the development consortium sees the ledger; one that is not in it is a bank. */
export function viewpointOf(mspId: string): Viewpoint {
  const node = governmentKind(mspId);
  const kind = node ?? members.find(({ id }) => id === mspId)?.kind ?? 'bank';
  return { mspId, kind, government: node !== undefined };
}
