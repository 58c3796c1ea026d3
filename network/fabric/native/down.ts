import { chaincodeServerName } from '../lifecycle/chaincode-server.js';
import { deploymentsOf } from '../lifecycle/definition.js';
import type { Layout } from '../layout.js';
import type { Consortium } from '../../consortium.js';
import { membersOf, nodesOf } from '../topology.js';
import { stopDaemon } from './daemon.js';

/** The name of everything that the network runs, in the order in which it is started. */
export function processNames(consortium: Consortium, layout: Layout): string[] {
  const rank = { ca: 0, orderer: 1, peer: 2 };
  const nodes = nodesOf(consortium).sort((a, b) => rank[a.kind] - rank[b.kind]);
  const servers = deploymentsOf(layout).flatMap((deployment) =>
    membersOf(consortium).map(({ organisation }) => chaincodeServerName(organisation.name, deployment)),
  );
  return [...nodes.map(({ name }) => name), ...servers];
}

/**
 * Stops everything; the data stays.
 *
 * @returns how many processes ran.
 */
export async function bringDown(consortium: Consortium, layout: Layout): Promise<number> {
  const stopped = await Promise.all(
    processNames(consortium, layout).map((name) => stopDaemon(layout.node(name))),
  );
  return stopped.filter(Boolean).length;
}
