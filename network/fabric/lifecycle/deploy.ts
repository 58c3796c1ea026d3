import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { collectionsConfig } from '../config/collections.js';
import { adminEnvironment, ordererOf, type Surroundings } from '../config/environment.js';
import { everyMember, type FabricNetwork } from '../network.js';
import { runProgram } from '../native/run-program.js';
import { startChaincodeServer, stopChaincodeServer, writeChaincodeConnection } from './chaincode-server.js';
import type { Layout } from '../layout.js';
import {
  deploymentsOf,
  freeSlot,
  keepDeployment,
  type ChaincodeDefinition,
  type Deployment,
} from './definition.js';
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
 * Deploys another version of a chaincode's code. The new servers run beside the old ones until the channel has
 * committed the new definition, so that nobody waits.
 *
 * @throws Error when the chaincode has not been deployed, or when this version has been.
 */
export async function upgradeChaincode(
  network: FabricNetwork,
  definition: ChaincodeDefinition,
): Promise<Deployment> {
  const before = begun(network, definition);
  if (!before) throw new Error(`The chaincode ${definition.name} has not been deployed.`);
  if (before.version === definition.version)
    throw new Error(`${definition.name} is of version ${before.version} already.`);
  const deployment = record(network, definition, before.sequence + 1, freeSlot(network.layout));
  await carryOut(network, deployment);
  await Promise.all(everyMember(network).map(async (around) => stopChaincodeServer(around, before)));
  return deployment;
}

/** Changes what the channel has agreed on about a chaincode, but not its code. Nothing happens without a change. */
export async function redefineChaincode(
  network: FabricNetwork,
  before: Deployment,
  change: Partial<Pick<Deployment, 'collections' | 'endorsement'>>,
): Promise<void> {
  const changed = { ...before, ...change };
  const same = isDeepStrictEqual(changed, before);
  const deployment = same ? before : { ...changed, sequence: before.sequence + 1, agreed: [] };
  if (!same) keep(network.layout, deployment);
  await carryOut(network, deployment);
}

/** Packs the chaincode and writes down what is to be deployed, unless that has been done. */
export function prepareDeployment(network: FabricNetwork, definition: ChaincodeDefinition): Deployment {
  return begun(network, definition) ?? record(network, definition, 1, freeSlot(network.layout));
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

/**
 * Installs the package on every peer and has the organisations approve and commit the definition. An organisation that
 * has joined since the commit approves too: only so does its peer learn which package is meant.
 */
export async function agree(network: FabricNetwork, deployment: Deployment): Promise<void> {
  const everybody = network.consortium.organisations.map(({ msp }) => msp);
  if (everybody.every((msp) => deployment.agreed.includes(msp))) return;
  const members = everyMember(network);
  await Promise.all(
    members.map(async (around) => {
      await install(around, deployment);
      await approve(network, around, deployment);
    }),
  );
  if ((await committedSequence(network, deployment)) < deployment.sequence)
    await commit(network, members, deployment);
  keepDeployment(network.layout, { ...deployment, agreed: everybody });
}

function begun({ layout }: FabricNetwork, { name }: ChaincodeDefinition): Deployment | undefined {
  return deploymentsOf(layout).find((deployment) => deployment.name === name);
}

function record(
  { layout }: FabricNetwork,
  definition: ChaincodeDefinition,
  sequence: number,
  slot: number,
): Deployment {
  const { label, id, bytes } = packChaincode(definition.name, definition.version, definition.packageDir);
  const deployment = { ...definition, label, packageId: id, sequence, slot, agreed: [] };
  mkdirSync(layout.deployments, { recursive: true });
  writeFileSync(packageFile(layout.deployments, deployment), bytes);
  keep(layout, deployment);
  return deployment;
}

function keep(layout: Layout, deployment: Deployment): void {
  const collections = collectionsConfig(deployment.collections);
  writeFileSync(collectionsFile(layout.deployments, deployment), JSON.stringify(collections, undefined, 2));
  keepDeployment(layout, deployment);
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
