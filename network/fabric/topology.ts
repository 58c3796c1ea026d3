import type { Consortium, Organisation, Placed } from '../consortium.js';
import { nodePlacesOf, placesOf } from '../consortium.js';

/** The kinds of program that one organisation runs; a door is ours, the others are Fabric's. */
export type NodeKind = 'ca' | 'orderer' | 'door' | 'peer';

/** One organisation of the consortium with the ports of its services. */
export type Member = Placed;

/** One Fabric program of one organisation: `peer.bank-a`, `orderer.tax`, `ca.customs`. */
export interface FabricNode extends Member {
  readonly name: string;
  readonly kind: NodeKind;
}

/** The organisations with a node, in the order of the description, which decides their ports. */
export function membersOf(consortium: Consortium): Member[] {
  return nodePlacesOf(consortium);
}

/** The name of an organisation's node, as commands, folders, logs and containers know it. */
export function nodeName(kind: NodeKind, organisation: Organisation): string {
  return `${kind}.${organisation.name}`;
}

/**
 * Every node of the consortium: a CA each, a peer of all but the members without a node, and the orderers of those who run
 * one, with the doors before them.
 */
export function nodesOf(consortium: Consortium): FabricNode[] {
  const ordering: NodeKind[] = consortium.doors === false ? ['orderer'] : ['orderer', 'door'];
  return placesOf(consortium).flatMap((member) => {
    const { orderer, node: hasPeer } = member.organisation;
    const kinds: NodeKind[] = ['ca', ...(orderer ? ordering : []), ...(hasPeer ? (['peer'] as const) : [])];
    return kinds.map((kind) => ({ ...member, kind, name: nodeName(kind, member.organisation) }));
  });
}

/**
 * The members that order, in the order of their consenter numbers.
 *
 * @throws Error when there are fewer than four: SmartBFT tolerates f faulty nodes of 3f + 1.
 */
export function orderingMembers(consortium: Consortium): Member[] {
  const members = membersOf(consortium).filter(({ organisation }) => organisation.orderer);
  if (members.length < 4) {
    throw new Error(
      `Byzantine-fault-tolerant ordering needs four organisations with an orderer, not ${members.length}.`,
    );
  }
  return members;
}
