import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ordererEnvironment, peerEnvironment } from '../config/environment.js';
import { descriptionOf, surroundings, type FabricNetwork } from '../network.js';
import { foundHere } from '../site.js';
import type { FabricNode } from '../topology.js';
import { assertNotEnded } from './ended.js';
import { caDaemon } from './certificate-authorities.js';
import { assertRunning, startDaemon, type Daemon } from './daemon.js';
import { answers, healthy, waitUntil } from './wait.js';

const OWN_DOOR = fileURLToPath(new URL('own-door.js', import.meta.url));

/** The program of a node, ready to be started. */
function daemonOf(network: FabricNetwork, node: FabricNode): Daemon {
  if (node.kind === 'ca') return caDaemon(network, node);
  const around = surroundings(network, node);
  const files = network.layout.node(node.name);
  switch (node.kind) {
    case 'orderer':
      return {
        name: node.name,
        command: 'orderer',
        args: [],
        environment: ordererEnvironment(around),
        files,
      };
    case 'door':
      return {
        name: node.name,
        command: process.execPath,
        args: [OWN_DOOR, network.layout.root, descriptionOf(network.layout), node.organisation.name],
        environment: {},
        files,
      };
    case 'peer':
      return {
        name: node.name,
        command: 'peer',
        args: ['node', 'start'],
        environment: peerEnvironment(around),
        files,
      };
  }
}

/**
 * Starts a node unless it runs, and waits until it serves.
 *
 * @throws Error when it does not serve within a minute; its log says why. Of a certificate that has ended the error itself
 *   says it, and what to do.
 */
export async function startNode(network: FabricNetwork, node: FabricNode): Promise<void> {
  const daemon = daemonOf(network, node);
  mkdirSync(network.layout.node(node.name).data, { recursive: true });
  startDaemon(daemon);
  try {
    await waitUntil(`${node.name} to answer (${daemon.files.log})`, async () => {
      assertRunning(daemon);
      return serves(node);
    });
  } catch (cause) {
    assertNotEnded(network.layout, node, cause);
    throw cause;
  }
}

/** Whether the node answers; an orderer and a peer also say whether they are well. */
export async function serves({ kind, ports, organisation }: FabricNode): Promise<boolean> {
  switch (kind) {
    case 'ca':
      return answers(ports.ca, foundHere(organisation));
    case 'orderer':
      return healthy(ports.ordererOperations);
    case 'door':
      return answers(ports.door, foundHere(organisation));
    case 'peer':
      return healthy(ports.operations);
  }
}
