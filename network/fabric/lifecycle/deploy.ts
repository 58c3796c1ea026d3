import { mkdirSync, writeFileSync } from 'node:fs';
import { collectionsConfig, withCommitted } from '../config/collections.js';
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
  const before = begun(network, definition);
  if (!before) throw new Error(`The chaincode ${definition.name} has not been deployed.`);
  const interrupted = before.version === definition.version && before.agreed.length === 0;
  if (before.version === definition.version && !interrupted) {
    throw new Error(`${definition.name} is of version ${before.version} already.`);
  }
  const collections = withCommitted(before.collections, definition.collections);
  const deployment = interrupted ? before : recordUpgrade(network, { ...definition, collections }, before);
  await carryOut(network, deployment);
  return deployment;
}

/** Packs the chaincode and writes down what is to be deployed, unless that has been done. */
export function prepareDeployment(network: FabricNetwork, definition: ChaincodeDefinition): Deployment {
  return begun(network, definition) ?? record(network, definition);
}

/** Does whatever is left to do of a deployment. */
export async function carryOut(network: FabricNetwork, deployment: Deployment): Promise<void> {
  await Promise.all(
    runnersOf(network, deployment).map(async (around) => {
      writeChaincodeConnection(around, deployment);
      await startChaincodeServer(around, deployment);
    }),
  );
  await agree(network, deployment);
  const { supersedes } = deployment;
  if (supersedes !== undefined) {
    await Promise.all(
      runnersOf(network, deployment).map(async (around) => stopChaincodeServer(around, { slot: supersedes })),
    );
  }
}

/**
 * Installs the package on the peers of those who run it and has them approve and commit the definition. An organisation that
 * has joined since the commit, and runs it, approves too: only so does its peer learn which package is meant.
 */
export async function agree(network: FabricNetwork, deployment: Deployment): Promise<void> {
  const members = runnersOf(network, deployment);
  const everybody = members.map(({ member }) => member.organisation.msp);
  if (everybody.every((msp) => deployment.agreed.includes(msp))) return;
  await Promise.all(
    members.map(async (around) => {
      await install(around, deployment);
      await approve(network, around, deployment);
    }),
  );
  if ((await committedSequence(network, deployment)) < deployment.sequence) {
    await commit(network, members, deployment);
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
  keep(layout, deployment);
  return deployment;
}

function keep(layout: Layout, deployment: Deployment): void {
  const collections = collectionsConfig(deployment.collections);
  writeFileSync(collectionsFile(layout, deployment), JSON.stringify(collections, undefined, 2));
  keepDeployment(layout, deployment);
}
