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

/**
 * The collections that a channel's next definition must name: those that are wanted, and those of the definition before
 * that are not. Fabric lets collections be added to a chaincode but none be taken away.
 */
export function withCommitted(
  committed: readonly Collection[],
  wanted: readonly Collection[],
): readonly Collection[] {
  const names = new Set(wanted.map(({ name }) => name));
  return [...wanted, ...committed.filter(({ name }) => !names.has(name))];
}
