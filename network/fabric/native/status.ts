import type { Consortium } from '../../consortium.js';
import { chaincodePort, deploymentsOf, runs } from '../lifecycle/definition.js';
import { chaincodeServerName } from '../lifecycle/chaincode-server.js';
import { isHere, type Layout } from '../layout.js';
import { membersOf } from '../topology.js';
import { runningPid } from './daemon.js';
import { serves } from './nodes.js';
import { nodesHere } from './processes.js';
import { answers } from './wait.js';

export interface ProcessStatus {
  readonly name: string;
  readonly port: number;
  readonly pid?: number;
  /** `starting` is a process that runs but does not yet serve, or no longer. */
  readonly state: 'serving' | 'starting' | 'stopped';
}

/** How every process of the network does. */
export async function statusOf(consortium: Consortium, layout: Layout): Promise<ProcessStatus[]> {
  const nodes = nodesHere(consortium, layout).map((node) => ({
    name: node.name,
    port: node.ports[node.kind],
    serves: () => serves(node),
  }));
  const servers = deploymentsOf(layout).flatMap((deployment) =>
    membersOf(consortium)
      .filter(({ organisation }) => isHere(layout, organisation) && runs(organisation, deployment))
      .map(({ organisation, ports }) => {
        const port = chaincodePort(ports, deployment.slot);
        return {
          name: chaincodeServerName(organisation.name, deployment),
          port,
          serves: () => answers(port),
        };
      }),
  );
  return Promise.all(
    [...nodes, ...servers].map(async ({ name, port, serves: asked }): Promise<ProcessStatus> => {
      const pid = runningPid(layout.node(name));
      if (pid === undefined) return { name, port, state: 'stopped' };
      return { name, port, pid, state: (await asked().catch(() => false)) ? 'serving' : 'starting' };
    }),
  );
}
