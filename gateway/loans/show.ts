import type { Money } from '@pledgeonce/chaincode/api.js';

/** An amount in a sentence: `USD 1000.00`. */
export function show({ amount, currency }: Money): string {
  return `${currency} ${amount}`;
}
