import { addresseeOf } from '@pledgeonce/chaincode/ledger/records.js';
import type { PrivateValue } from './read-block.js';

/** Whether it is an organisation's own copy; others may hold shortened ones. */
export function liesWith({ value }: Pick<PrivateValue, 'value'>, mspId: string): boolean {
  return addresseeOf(value) === mspId;
}
