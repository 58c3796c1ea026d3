import { partyCollection } from '@pledgeonce/chaincode/ledger/addresses.js';
import type { PrivateValue } from './read-block.js';

/** Whether it is an organisation's own copy; others may hold shortened ones. */
export function liesWith({ collection }: Pick<PrivateValue, 'collection'>, mspId: string): boolean {
  return collection === partyCollection(mspId);
}
