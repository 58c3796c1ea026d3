import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Organisation } from '../../consortium.js';
import type { NodeName } from '../../crypto/layout.js';
import { renewCertificate } from '../../crypto/renew.js';
import { copyOrganisation } from '../channel/changes.js';
import { governorsOf, updateChannel } from '../channel/update.js';
import type { Surroundings } from '../config/environment.js';
import {
  startChaincodeServer,
  stopChaincodeServer,
  writeChaincodeConnection,
} from '../lifecycle/chaincode-server.js';
import { deploymentsOf, runs } from '../lifecycle/definition.js';
import { stopDaemon } from '../native/daemon.js';
import { startNode } from '../native/nodes.js';
import { descriptionOf, membersHere, openNetwork, ownerOf, type FabricNetwork } from '../network.js';
import { nodesOf } from '../topology.js';

/**
 * Renews every certificate of an organisation's nodes and administrator, one node after the other, whether or not it has
 * ended. Keys stay, so that what the channel and other nodes know of them stays true, unless new ones are asked for; the
 * channel's list of consenters gets the new certificates.
 * Where those who govern are elsewhere, the orderer goes on with its old certificates until it is restarted: by then the
 * change has to be proposed, signed and handed in.
 *
 * @param newKeys new keys for the nodes as well. The administrator's is replaced with `replaceAdministrator`, which also
 *   says that the former counts no more.
 * @returns whether the channel has still to be told.
 * @throws Error when the organisation does not exist.
 */
export async function renewCertificates(
  network: FabricNetwork,
  name: string,
  newKeys = false,
): Promise<boolean> {
  const { consortium, layout } = network;
  const organisation = consortium.organisations.find((one) => one.name === name);
  if (!organisation) throw new Error(`The consortium has no organisation ${name}.`);
  const nodes: NodeName[] = [
    'peer',
    'admin',
    'ca-server',
    'chaincode',
    ...(organisation.orderer ? (['orderer'] as const) : []),
  ];
  for (const node of nodes) {
    const of = { organisation: name, node, newKey: newKeys && node !== 'admin' };
    await renewCertificate(consortium, layout.organisations, { ...of, part: 'tls' });
    if (node === 'peer' || node === 'admin' || node === 'orderer') {
      await renewCertificate(consortium, layout.organisations, { ...of, part: 'msp' });
    }
  }
  const renewed = await openNetwork({ stateDir: layout.root, consortiumFile: descriptionOf(layout) });
  const around = membersHere(renewed).find(({ member }) => member.organisation.name === name);
  if (!around) throw new Error(`The keys of ${name} are not here.`);
  const isToBeProposed = organisation.orderer && ownerOf(layout) !== undefined;
  if (organisation.orderer && !isToBeProposed) await announceConsenter(renewed, organisation);
  await restart(renewed, around, isToBeProposed);
  return isToBeProposed;
}

async function announceConsenter(network: FabricNetwork, organisation: Organisation): Promise<void> {
  const { membersMsp } = network.consortium;
  const root = network.publicFiles.get(organisation.name)?.root ?? '';
  await updateChannel(network, governorsOf(network), copyOrganisation(organisation, membersMsp, root));
}

async function restart(network: FabricNetwork, around: Surroundings, withoutOrderer: boolean): Promise<void> {
  const { layout } = network;
  const deployments = deploymentsOf(layout).filter((one) => runs(around.member.organisation, one));
  for (const deployment of deployments) {
    writeChaincodeConnection(around, deployment);
    await stopChaincodeServer(around, deployment);
    await startChaincodeServer(around, deployment);
  }
  const own = nodesOf(network.consortium).filter(
    ({ organisation }) => organisation === around.member.organisation,
  );
  for (const node of own) {
    if (withoutOrderer && (node.kind === 'orderer' || node.kind === 'door')) continue;
    const { data, ...files } = layout.node(node.name);
    await stopDaemon(files);
    // The peer keeps a copy of how it reaches its chaincodes, with its own certificate in it.
    if (node.kind === 'peer')
      rmSync(join(data, 'externalbuilder', 'builds'), { recursive: true, force: true });
    await startNode(network, node);
  }
}
