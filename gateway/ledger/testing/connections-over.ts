import type { PeerConnections } from '../peer-connections.js';

/** Connections over the peers of these organisations, in this order, whatever becomes of them. */
export function connectionsOver(...organisations: readonly string[]): PeerConnections {
  const nothing = () => undefined;
  const connections = { reachable: () => organisations, answered: nothing, failed: nothing };
  return connections as unknown as PeerConnections;
}
