import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeName } from '../../crypto/layout.js';
import { renewCertificate } from '../../crypto/renew.js';
import { ordererOf, type Surroundings } from '../config/environment.js';
import {
  startChaincodeServer,
  stopChaincodeServer,
  writeChaincodeConnection,
} from '../lifecycle/chaincode-server.js';
import { deploymentsOf, runs } from '../lifecycle/definition.js';
import { stopDaemon } from '../native/daemon.js';
import { startNode } from '../native/nodes.js';
import { descriptionOf, everyMember, openNetwork, type FabricNetwork } from '../network.js';
import { nodesOf } from '../topology.js';
import { majorityOf, updateChannel, type ChannelGroups } from './channel-config.js';

interface Consenter {
  msp_id: string;
  identity: string;
  client_tls_cert: string;
  server_tls_cert: string;
}

/**
 * Renews every certificate of an organisation's nodes and administrator, one node after the other. Keys stay, so that
 * what the channel and other nodes know of them stays true; the channel's list of consenters gets the new certificates.
 *
 * @throws Error when the organisation does not exist.
 */
export async function renewCertificates(network: FabricNetwork, name: string): Promise<void> {
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
    await renewCertificate(consortium, layout.crypto, { organisation: name, node, part: 'tls' });
    if (node === 'peer' || node === 'admin' || node === 'orderer') {
      await renewCertificate(consortium, layout.crypto, { organisation: name, node, part: 'msp' });
    }
  }
  const renewed = await openNetwork({ stateDir: layout.root, consortiumFile: descriptionOf(layout) });
  const around = everyMember(renewed).find(({ member }) => member.organisation.name === name);
  if (!around) throw new Error(`${name} has left the description.`);
  if (organisation.orderer) await announceConsenter(renewed, around);
  await restart(renewed, around);
}

/** Changing the consenters takes the majority of the organisations that order. */
async function announceConsenter(network: FabricNetwork, around: Surroundings): Promise<void> {
  const signers = everyMember(network).filter(({ member }) => member.organisation.orderer);
  await updateChannel(network, majorityOf(signers), (groups) => {
    replaceConsenter(groups, around);
  });
}

/** The list of consenters and the policy by which blocks are checked name the same certificates. */
function replaceConsenter({ Orderer }: ChannelGroups, { member, material }: Surroundings): void {
  const { msp } = member.organisation;
  const orderer = ordererOf(material);
  const tls = readFileSync(orderer.tls.certFile).toString('base64');
  const identity = readFileSync(join(orderer.mspDir, 'signcerts', 'cert.pem')).toString('base64');
  const { consenter_mapping: consenters } = Orderer.values['Orderers']?.value as {
    consenter_mapping: Consenter[];
  };
  const index = consenters.findIndex((one) => one.msp_id === msp);
  const consenter = consenters[index];
  if (!consenter) throw new Error(`${msp} is not among the consenters.`);
  Object.assign(consenter, { identity, client_tls_cert: tls, server_tls_cert: tls });
  const policy = Orderer.policies['BlockValidation']?.policy.value as {
    identities: { principal: { id_bytes: string } }[];
  };
  const signer = policy.identities[index];
  if (signer) signer.principal.id_bytes = identity;
}

async function restart(network: FabricNetwork, around: Surroundings): Promise<void> {
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
    const { data, ...files } = layout.node(node.name);
    await stopDaemon(files);
    // The peer keeps a copy of how it reaches its chaincodes, with its own certificate in it.
    if (node.kind === 'peer')
      rmSync(join(data, 'externalbuilder', 'builds'), { recursive: true, force: true });
    await startNode(network, node);
  }
}
