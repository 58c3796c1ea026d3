import { layoutOf } from './layout.js';
import { startChaincodeServer, chaincodeServerName } from './lifecycle/chaincode-server.js';
import { deploymentsOf } from './lifecycle/definition.js';
import { runnersOf } from './lifecycle/runners.js';
import { stopDaemon } from './native/daemon.js';
import { startNode as start } from './native/nodes.js';
import { openNetwork, descriptionOf, type FabricNetwork } from './network.js';
import { nodesOf, orderingMembers } from './topology.js';

/** Takes single nodes of a running native network down and up again, for tests of what then happens. */
export interface Control {
  readonly network: FabricNetwork;
  /** Ends a node, such as `orderer.tax`, `peer.bank-a`, `chaincode.customs`; `SIGKILL` gives it no time to tidy up. */
  stopNode(name: string, signal?: NodeJS.Signals): Promise<void>;
  /**
   * Starts a node again and waits until it serves.
   *
   * @param packageDir what a chaincode server runs in place of what its organisation has approved.
   */
  startNode(name: string, packageDir?: string): Promise<void>;
  /** The name of the server of the consortium's chaincode that an organisation's peer uses now. */
  chaincodeOf(organisation: string): string;
  /** The name of the orderer that leads now, by what the orderers that answer believe. */
  leader(): Promise<string>;
}

/** Takes control of the network in this folder; it must have been brought up before. */
export async function controlNetwork(stateDir: string): Promise<Control> {
  const network = await openNetwork({ stateDir, consortiumFile: descriptionOf(layoutOf(stateDir)) });
  return {
    network,
    stopNode: async (name, signal) => {
      if (!(await stopDaemon(network.layout.node(name), signal))) throw new Error(`${name} was not running.`);
    },
    startNode: async (name, packageDir) => startByName(network, name, packageDir),
    chaincodeOf: (organisation) => {
      const { name } = network.consortium.chaincode;
      const latest = deploymentsOf(network.layout).findLast((deployment) => deployment.name === name);
      if (latest === undefined) throw new Error(`${name} is not deployed.`);
      return chaincodeServerName(organisation, latest);
    },
    leader: async () => leaderOf(network),
  };
}

async function startByName(network: FabricNetwork, name: string, packageDir?: string): Promise<void> {
  const node = nodesOf(network.consortium).find((one) => one.name === name);
  if (node) {
    await start(network, node);
    return;
  }
  for (const deployment of deploymentsOf(network.layout)) {
    const around = runnersOf(network, deployment).find(
      ({ member }) => chaincodeServerName(member.organisation.name, deployment) === name,
    );
    if (around) {
      await startChaincodeServer(around, { ...deployment, ...(packageDir !== undefined && { packageDir }) });
      return;
    }
  }
  throw new Error(`There is no node ${name}.`);
}

/**
 * @throws Error when no orderer answers or fewer than two agree: a node that has just stopped is still believed in.
 */
async function leaderOf({ consortium }: FabricNetwork): Promise<string> {
  const orderers = orderingMembers(consortium);
  const beliefs = await Promise.all(
    orderers.map(async ({ ports }) => leaderId(ports.ordererOperations).catch(() => undefined)),
  );
  const votes = orderers.map((_, index) => beliefs.filter((belief) => belief === index + 1).length);
  const most = Math.max(...votes);
  const leader = orderers[votes.indexOf(most)];
  if (most < 2 || !leader) throw new Error('The orderers do not agree on a leader.');
  return `orderer.${leader.organisation.name}`;
}

/** What an orderer's metrics say of the number of the leading consenter. */
async function leaderId(operationsPort: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${operationsPort}/metrics`, {
    signal: AbortSignal.timeout(2000),
  });
  const [, id] = /^consensus_smartbft_view_leader_id\{[^}]*\} (\d+)/m.exec(await response.text()) ?? [];
  if (id === undefined) throw new Error('The orderer does not say who leads.');
  return Number(id);
}
