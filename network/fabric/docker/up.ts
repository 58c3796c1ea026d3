import { Listr } from 'listr2';
import type { ChaincodeDefinition } from '../lifecycle/definition.js';
import { agree } from '../lifecycle/deploy.js';
import { joinOrderers, joinPeers } from '../native/channel.js';
import { waitForEachOther } from '../native/gather.js';
import { serves } from '../native/nodes.js';
import { STEPS } from '../native/up.js';
import { waitUntil } from '../native/wait.js';
import { layoutOf } from '../layout.js';
import type { FabricNetwork, NetworkOptions } from '../network.js';
import { describe, takeIn, type NewMember } from '../operate/add-organisation.js';
import { nodesOf } from '../topology.js';
import { assertEngine, compose, findCompose } from './engine.js';
import { prepareContainers, type Containers } from './prepare.js';

/**
 * Brings the consortium up in containers. Fabric's programs on this machine make the first block and administer the
 * containers through their published ports.
 *
 * @throws Error when Compose or a container engine is missing; the Compose file has been written by then.
 */
export async function bringUpContainers(
  options: NetworkOptions,
  definition: (network: FabricNetwork) => ChaincodeDefinition,
): Promise<void> {
  await bringUpPrepared(await prepareContainers(options, definition));
}

/**
 * Has an organisation with a node join the consortium that runs in containers, and its containers start. Those of the others
 * run on: what they read of the members lies in a folder that they see.
 *
 * @throws Error when the organisation has no node: what it runs is not among these containers.
 */
export async function addMemberToContainers(
  options: NetworkOptions,
  joins: NewMember,
  definition: (network: FabricNetwork) => ChaincodeDefinition,
): Promise<void> {
  if (!joins.node) throw new Error('In containers only an organisation with a node joins.');
  describe(layoutOf(options.stateDir), joins);
  const containers = await prepareContainers(options, definition);
  await takeIn(containers.outside, joins);
  await bringUpPrepared(containers);
}

async function bringUpPrepared({ outside, deployment, composeFile }: Containers): Promise<void> {
  const command = await findCompose();
  await assertEngine(command, composeFile);
  // First all images: of the services that share one, a single service says from what it is built.
  await compose(command, composeFile, ['build']);
  await compose(command, composeFile, ['up', '--detach']);
  await new Listr(
    [
      {
        title: 'Nodes',
        task: async () => {
          const nodes = nodesOf(outside.consortium);
          await Promise.all(
            nodes.map((node) => waitUntil(`${node.name} to answer`, () => serves(node), 120_000)),
          );
        },
      },
      { title: 'Orderers join the channel', task: async () => joinOrderers(outside) },
      { title: 'Peers join the channel', task: async () => joinPeers(outside) },
      { title: `Chaincode ${deployment.name}`, task: async () => agree(outside, deployment) },
      { title: 'Every peer knows every other', task: async () => waitForEachOther(outside, [deployment]) },
    ],
    STEPS,
  ).run();
}

/** Stops the containers; data stays. */
export async function bringDownContainers(composeFile: string): Promise<void> {
  await compose(await findCompose(), composeFile, ['down']);
}
