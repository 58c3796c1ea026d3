import type { Collection } from '../../consortium.js';

/**
 * The collection configuration that `peer lifecycle` reads.
 *
 * @returns an array in the order of the description: the order is part of what every organisation approves.
 */
export function collectionsConfig(collections: readonly Collection[]): object[] {
  return collections.map((one) => ({
    name: one.name,
    policy: `OR(${one.members.map((msp) => `'${msp}.member'`).join(', ')})`,
    requiredPeerCount: one.requiredPeers,
    maxPeerCount: one.maxPeers,
    blockToLive: one.blockToLive,
    memberOnlyRead: one.memberOnlyRead,
    memberOnlyWrite: one.memberOnlyWrite,
    ...(one.endorsement === undefined ? {} : { endorsementPolicy: { signaturePolicy: one.endorsement } }),
  }));
}
