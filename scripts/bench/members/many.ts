import type { Organisation } from '@pledgeonce/network/consortium.js';

/** Names of the organisations that have a gateway in these measurements: those of the repository's description. */
export const served = [
  ...['customs', 'tax', 'regulator', 'insurer', 'carrier'],
  ...['bank-a', 'bank-b', 'enterprise'],
];

/** One of many banks without a node. */
export function memberAt(
  place: number,
): Pick<Organisation, 'name' | 'msp' | 'title' | 'kind' | 'node' | 'government' | 'orderer'> {
  return {
    name: `member-${place}`,
    msp: `Member${place}MSP`,
    title: `Member ${place}`,
    kind: 'bank',
    ...{ node: false, government: false, orderer: false },
  };
}
