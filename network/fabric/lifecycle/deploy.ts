import { mkdirSync, writeFileSync } from 'node:fs';
import { collectionsConfig, withCommitted } from '../config/collections.js';
import type { Surroundings } from '../config/environment.js';
import type { FabricNetwork } from '../network.js';
import { startChaincodeServer, stopChaincodeServer, writeChaincodeConnection } from './chaincode-server.js';
import type { Layout } from '../layout.js';
import {
  collectionsFile,
  deploymentsOf,
  freeSlot,
  keepDeployment,
  packageFile,
  type ChaincodeDefinition,
  type Deployment,
} from './definition.js';
import { runnersOf } from './runners.js';
import { approve, commit, committedSequence, install } from './peer-lifecycle.js';
import { packChaincode } from './pack-chaincode.js';

/**
 * Deploys a chaincode through the whole lifecycle: a server for each organisation that runs it, installed on its peer,
 * approved by each of them, committed. What has been done of it already is not done again; nothing happens to a
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
 * committed the new definition, so that nobody waits. An upgrade that was interrupted is resumed.
 *
 * @throws Error when the chaincode has not been deployed, or when this version has been.
 */
export async function upgradeChaincode(
  network: FabricNetwork,
  definition: ChaincodeDefinition,
): Promise<Deployment> {
  const deployment = prepareUpgrade(network, definition);
  await carryOut(network, deployment);
  return deployment;
}

/**
 * Packs the next version and writes down what is to be deployed, unless that has been done.
 *
 * @throws Error when the chaincode has not been deployed, or when this version has been.
 */
export function prepareUpgrade(network: FabricNetwork, definition: ChaincodeDefinition): Deployment {
  const before = begun(network, definition);
  if (!before) throw new Error(`The chaincode ${definition.name} has not been deployed.`);
  const interrupted = before.version === definition.version && before.agreed.length === 0;
  if (before.version === definition.version && !interrupted) {
    throw new Error(`${definition.name} is of version ${before.version} already.`);
  }
  const collections = withCommitted(before.collections, definition.collections);
  return interrupted ? before : recordUpgrade(network, { ...definition, collections }, before);
}

/** Packs the chaincode and writes down what is to be deployed, unless that has been done. */
export function prepareDeployment(network: FabricNetwork, definition: ChaincodeDefinition): Deployment {
  return begun(network, definition) ?? record(network, definition);
}

/** Does whatever is left to do of a deployment where the keys of all who run it are in one folder. */
export async function carryOut(network: FabricNetwork, deployment: Deployment): Promise<void> {
  const runners = runnersOf(network, deployment);
  await Promise.all(runners.map((around) => runDeployment(around, deployment)));
  await agree(network, deployment);
  await Promise.all(runners.map((around) => retire(around, deployment)));
}

/** Starts one organisation's server of a deployment, and lets its peer know where it is. */
export async function runDeployment(around: Surroundings, deployment: Deployment): Promise<void> {
  writeChaincodeConnection(around, deployment);
  await startChaincodeServer(around, deployment);
}

/** Stops one organisation's server of the version before, which nobody asks once the next has been committed. */
export async function retire(around: Surroundings, { supersedes }: Deployment): Promise<void> {
  if (supersedes !== undefined) await stopChaincodeServer(around, { slot: supersedes });
}

/** Installs the package on one organisation's peer and approves the definition in its name. */
export async function approveDeployment(
  network: FabricNetwork,
  around: Surroundings,
  deployment: Deployment,
): Promise<void> {
  await install(around, deployment);
  await approve(network, around, deployment);
}

/**
 * Has everybody who runs it approve the definition, and one of them commit it. An organisation that has joined since the
 * commit, and runs it, approves too: only so does its peer learn which package is meant.
 */
export async function agree(network: FabricNetwork, deployment: Deployment): Promise<void> {
  const members = runnersOf(network, deployment);
  const everybody = members.map(({ member }) => member.organisation.msp);
  if (everybody.every((msp) => deployment.agreed.includes(msp))) return;
  await Promise.all(members.map((around) => approveDeployment(network, around, deployment)));
  const [first] = members;
  if (first && (await committedSequence(network, first, deployment)) < deployment.sequence) {
    await commit(network, first, deployment);
  }
  keepDeployment(network.layout, { ...deployment, agreed: everybody });
}

function begun({ layout }: FabricNetwork, { name }: ChaincodeDefinition): Deployment | undefined {
  return deploymentsOf(layout).find((deployment) => deployment.name === name);
}

function record(network: FabricNetwork, definition: ChaincodeDefinition): Deployment {
  return pack(network, definition, { sequence: 1, slot: freeSlot(network.layout) });
}

function recordUpgrade(
  network: FabricNetwork,
  definition: ChaincodeDefinition,
  { sequence, slot }: Deployment,
): Deployment {
  return pack(network, definition, {
    sequence: sequence + 1,
    slot: freeSlot(network.layout),
    supersedes: slot,
  });
}

function pack(
  { layout }: FabricNetwork,
  definition: ChaincodeDefinition,
  place: Pick<Deployment, 'sequence' | 'slot' | 'supersedes'>,
): Deployment {
  const { label, id, bytes } = packChaincode(definition.name, definition.version, definition.packageDir);
  const deployment = { ...definition, ...place, label, packageId: id, agreed: [] };
  mkdirSync(layout.deployments, { recursive: true });
  writeFileSync(packageFile(layout, deployment), bytes);
  writeDeployment(layout, deployment);
  return deployment;
}

/** Writes a deployment down, and its collections as `peer` reads them. */
export function writeDeployment(layout: Layout, deployment: Deployment): void {
  const collections = collectionsConfig(deployment.collections);
  writeFileSync(collectionsFile(layout, deployment), JSON.stringify(collections, undefined, 2));
  keepDeployment(layout, deployment);
}
