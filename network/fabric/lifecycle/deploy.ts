import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectionsConfig } from '../config/collections.js';
import { adminEnvironment, ordererOf, type Surroundings } from '../config/environment.js';
import { everyMember, type FabricNetwork } from '../network.js';
import { runProgram } from '../native/run-program.js';
import { startChaincodeServer, stopChaincodeServers, writeChaincodeConnection } from './chaincode-server.js';
import { deploymentsOf, keepDeployment, type ChaincodeDefinition, type Deployment } from './definition.js';
import { packChaincode } from './pack-chaincode.js';

/**
 * Deploys a chaincode through the whole lifecycle: a server for each organisation, installed on every peer, approved
 * by every organisation, committed. What has been done of it already is not done again; nothing happens to a
 * chaincode that is deployed.
 */
export async function deployChaincode(
  network: FabricNetwork,
  definition: ChaincodeDefinition,
): Promise<Deployment> {
  const deployment = prepareDeployment(network, definition);
  await carryOut(network, deployment);
  return deployment;
}

/**
 * Deploys the next definition of a chaincode: another version of the code, another policy, other collections.
 *
 * @throws Error when the chaincode has not been deployed.
 */
export async function upgradeChaincode(
  network: FabricNetwork,
  definition: ChaincodeDefinition,
): Promise<Deployment> {
  const before = begun(network, definition);
  if (!before) throw new Error(`The chaincode ${definition.name} has not been deployed.`);
  const deployment = record(network, definition, before.sequence + 1, before.slot);
  if (deployment.packageId !== before.packageId) await stopChaincodeServers(network, before);
  await carryOut(network, deployment);
  return deployment;
}

/** Packs the chaincode and writes down what is to be deployed, unless that has been done. */
export function prepareDeployment(network: FabricNetwork, definition: ChaincodeDefinition): Deployment {
  return begun(network, definition) ?? begin(network, definition);
}

/** Does whatever is left to do of a deployment. */
export async function carryOut(network: FabricNetwork, deployment: Deployment): Promise<void> {
  await Promise.all(
    everyMember(network).map(async (around) => {
      writeChaincodeConnection(around, deployment);
      await startChaincodeServer(around, deployment);
    }),
  );
  await agree(network, deployment);
}

/** Installs the package on every peer and has the organisations approve and commit the definition. */
export async function agree(network: FabricNetwork, deployment: Deployment): Promise<void> {
  const members = everyMember(network);
  await Promise.all(members.map(async (around) => install(around, deployment)));
  if ((await committedSequence(network, deployment)) < deployment.sequence) {
    await Promise.all(members.map(async (around) => approve(network, around, deployment)));
    await commit(network, members, deployment);
  }
}

function begun({ layout }: FabricNetwork, { name }: ChaincodeDefinition): Deployment | undefined {
  return deploymentsOf(layout).find((deployment) => deployment.name === name);
}

function begin(network: FabricNetwork, definition: ChaincodeDefinition): Deployment {
  const own = definition.name === network.consortium.chaincode.name;
  const slot = own ? 0 : 1 + deploymentsOf(network.layout).filter((one) => one.slot > 0).length;
  return record(network, definition, 1, slot);
}

function record(
  { layout }: FabricNetwork,
  definition: ChaincodeDefinition,
  sequence: number,
  slot: number,
): Deployment {
  const { label, id, bytes } = packChaincode(definition.name, definition.version, definition.packageDir);
  const deployment = { ...definition, label, packageId: id, sequence, slot };
  mkdirSync(layout.deployments, { recursive: true });
  writeFileSync(packageFile(layout.deployments, deployment), bytes);
  writeFileSync(
    collectionsFile(layout.deployments, deployment),
    JSON.stringify(collectionsConfig(definition.collections), undefined, 2),
  );
  keepDeployment(layout, deployment);
  return deployment;
}

async function install(around: Surroundings, deployment: Deployment): Promise<void> {
  const environment = adminEnvironment(around);
  const installed = await runProgram('peer', ['lifecycle', 'chaincode', 'queryinstalled'], environment);
  if (installed.includes(deployment.packageId)) return;
  await runProgram(
    'peer',
    ['lifecycle', 'chaincode', 'install', packageFile(around.layout.deployments, deployment)],
    environment,
  );
}

/** The sequence that the channel has committed under the deployment's name; 0 when there is none. */
async function committedSequence(network: FabricNetwork, { name }: Deployment): Promise<number> {
  const [first] = everyMember(network);
  if (!first) return 0;
  const output = await runProgram(
    'peer',
    [
      'lifecycle',
      'chaincode',
      'querycommitted',
      '--channelID',
      network.consortium.channel,
      '--output',
      'json',
    ],
    adminEnvironment(first),
  );
  const { chaincode_definitions: definitions = [] } = JSON.parse(output) as {
    chaincode_definitions?: { name: string; sequence: number }[];
  };
  return definitions.find((one) => one.name === name)?.sequence ?? 0;
}

/** Approving the same definition again is refused by Fabric, so that one is taken for done. */
export async function approve(
  network: FabricNetwork,
  around: Surroundings,
  deployment: Deployment,
): Promise<void> {
  const environment = adminEnvironment(around);
  const flags = ['--channelID', network.consortium.channel, '--name', deployment.name];
  const approved = await runProgram(
    'peer',
    [
      'lifecycle',
      'chaincode',
      'queryapproved',
      ...flags,
      '--sequence',
      String(deployment.sequence),
      '--output',
      'json',
    ],
    environment,
  ).catch(() => '');
  if (approved.includes(deployment.packageId)) return;
  await runProgram(
    'peer',
    [
      'lifecycle',
      'chaincode',
      'approveformyorg',
      ...definitionFlags(network, deployment),
      '--package-id',
      deployment.packageId,
      ...ordererFlags(network),
    ],
    environment,
  );
}

async function commit(
  network: FabricNetwork,
  members: readonly Surroundings[],
  deployment: Deployment,
): Promise<void> {
  const [first] = members;
  if (!first) return;
  const endorsers = members.flatMap(({ site, member, material }) => [
    '--peerAddresses',
    site.address(member, 'peer'),
    '--tlsRootCertFiles',
    material.peer.tls.caFile,
  ]);
  await runProgram(
    'peer',
    [
      'lifecycle',
      'chaincode',
      'commit',
      ...definitionFlags(network, deployment),
      ...ordererFlags(network),
      ...endorsers,
    ],
    adminEnvironment(first),
  );
}

function definitionFlags({ consortium, layout }: FabricNetwork, deployment: Deployment): string[] {
  const { name, version, sequence, endorsement, collections } = deployment;
  return [
    '--channelID',
    consortium.channel,
    '--name',
    name,
    '--version',
    version,
    '--sequence',
    String(sequence),
    '--signature-policy',
    endorsement,
    ...(collections.length > 0
      ? ['--collections-config', collectionsFile(layout.deployments, deployment)]
      : []),
  ];
}

/** The flags by which `peer` finds an orderer; any of them will do. */
export function ordererFlags(network: FabricNetwork): string[] {
  const around = everyMember(network).find(({ member }) => member.organisation.orderer);
  if (!around) throw new Error('The consortium has no orderer.');
  return [
    '-o',
    around.site.address(around.member, 'orderer'),
    '--tls',
    '--cafile',
    ordererOf(around.material).tls.caFile,
  ];
}

function packageFile(folder: string, { label }: Deployment): string {
  return join(folder, `${label}.tar.gz`);
}

function collectionsFile(folder: string, { name, sequence }: Deployment): string {
  return join(folder, `collections-${name}-${sequence}.config`);
}
