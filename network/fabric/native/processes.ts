import { readConsortium, type Consortium } from '../../consortium.js';
import { isHere, layoutOf, type Layout } from '../layout.js';
import { chaincodeServerName } from '../lifecycle/chaincode-server.js';
import { deploymentsOf, runs } from '../lifecycle/definition.js';
import { descriptionOf } from '../network.js';
import { membersOf, nodesOf, type FabricNode } from '../topology.js';
import { runningPid } from './daemon.js';

/** A program of a native network that runs. */
export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
}

/** The nodes that are run from this folder. */
export function nodesHere(consortium: Consortium, layout: Layout): FabricNode[] {
  return nodesOf(consortium).filter(({ organisation }) => isHere(layout, organisation));
}

/** The name of everything that the network runs, in the order in which it is started. */
export function processNames(consortium: Consortium, layout: Layout): string[] {
  const rank = { ca: 0, orderer: 1, door: 2, peer: 3 };
  const nodes = nodesHere(consortium, layout).sort((a, b) => rank[a.kind] - rank[b.kind]);
  const servers = deploymentsOf(layout).flatMap((deployment) =>
    membersOf(consortium)
      .filter(({ organisation }) => isHere(layout, organisation) && runs(organisation, deployment))
      .map(({ organisation }) => chaincodeServerName(organisation.name, deployment)),
  );
  return [...nodes.map(({ name }) => name), ...servers];
}

/** What runs of the native network in this folder. */
export function runningProcesses(stateDir: string): RunningProcess[] {
  const layout = layoutOf(stateDir);
  return processNames(readConsortium(descriptionOf(layout)), layout).flatMap((name) => {
    const pid = runningPid(layout.node(name));
    return pid === undefined ? [] : [{ name, pid }];
  });
}
