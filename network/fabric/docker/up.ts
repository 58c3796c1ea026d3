import { Listr } from 'listr2';
import type { ChaincodeDefinition } from '../lifecycle/definition.js';
import { agree } from '../lifecycle/deploy.js';
import { joinOrderers, joinPeers } from '../native/channel.js';
import { waitForEachOther } from '../native/gather.js';
import { serves } from '../native/nodes.js';
import { STEPS } from '../native/up.js';
import { waitUntil } from '../native/wait.js';
import type { FabricNetwork, NetworkOptions } from '../network.js';
import { nodesOf } from '../topology.js';
import { assertEngine, compose, findCompose } from './engine.js';
import { prepareContainers } from './prepare.js';

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
  const { outside, deployment, composeFile } = await prepareContainers(options, definition);
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
