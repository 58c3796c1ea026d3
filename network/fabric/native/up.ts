import { Listr, PRESET_TIMER, type ListrTask } from 'listr2';
import { writeConnectionProfile } from '../connection.js';
import { carryOut, deployChaincode } from '../lifecycle/deploy.js';
import { deploymentsOf, type ChaincodeDefinition } from '../lifecycle/definition.js';
import type { FabricNetwork } from '../network.js';
import type { NodeKind } from '../topology.js';
import { joinOrderers, joinPeers, makeGenesisBlock } from './channel.js';
import { waitForEachOther } from './gather.js';
import { runningPid, stopDaemon } from './daemon.js';
import { startNode } from './nodes.js';
import { nodesHere, processNames } from './processes.js';

/** Steps with their times: drawn on a terminal, one line each in a log. */
export const STEPS = {
  renderer: process.stdout.isTTY ? 'default' : 'simple',
  rendererOptions: { timer: PRESET_TIMER },
} as const;

/**
 * Brings the network up, or whatever of it is down: every step looks first whether it has been done. When a step fails,
 * what this start began is stopped again: what ran before goes on.
 *
 * @param chaincodes - to be deployed besides those that already are.
 */
export async function bringUp(
  network: FabricNetwork,
  chaincodes: readonly ChaincodeDefinition[],
): Promise<void> {
  const steps = new Listr(
    [
      { title: 'Channel configuration', task: async () => makeGenesisBlock(network) },
      {
        title: 'Connection profile',
        task: () => {
          writeConnectionProfile(network);
        },
      },
      startAll(network, 'Certificate authorities', 'ca'),
      startAll(network, 'Orderers', 'orderer'),
      startAll(network, 'Doors of the orderers', 'door'),
      startAll(network, 'Peers', 'peer'),
      { title: 'Orderers join the channel', task: async () => joinOrderers(network) },
      { title: 'Peers join the channel', task: async () => joinPeers(network) },
      ...chaincodeSteps(network, chaincodes),
      {
        title: 'Every peer knows every other',
        task: async () => waitForEachOther(network, deploymentsOf(network.layout)),
      },
    ],
    STEPS,
  );
  const before = new Set(runningNames(network));
  try {
    await steps.run();
  } catch (error) {
    const begun = runningNames(network).filter((name) => !before.has(name));
    await Promise.all(begun.map((name) => stopDaemon(network.layout.node(name))));
    throw error;
  }
}

function runningNames({ consortium, layout }: FabricNetwork): string[] {
  return processNames(consortium, layout).filter((name) => runningPid(layout.node(name)) !== undefined);
}

function startAll(network: FabricNetwork, title: string, kind: NodeKind): ListrTask {
  const nodes = nodesHere(network.consortium, network.layout).filter((node) => node.kind === kind);
  return {
    title: `${title} (${nodes.length})`,
    task: async () => {
      await Promise.all(nodes.map((node) => startNode(network, node)));
    },
  };
}

function chaincodeSteps(network: FabricNetwork, chaincodes: readonly ChaincodeDefinition[]): ListrTask[] {
  const kept = deploymentsOf(network.layout);
  const added = chaincodes.filter(({ name }) => !kept.some((one) => one.name === name));
  return [
    ...kept.map((deployment) => ({
      title: `Chaincode ${deployment.name}`,
      task: async () => carryOut(network, deployment),
    })),
    ...added.map((definition) => ({
      title: `Chaincode ${definition.name}: installed, approved, committed`,
      task: async () => {
        await deployChaincode(network, definition);
      },
    })),
  ];
}
