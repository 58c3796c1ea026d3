import type { Collection } from '../../consortium.js';
import { collectionsConfig, withCommitted } from '../config/collections.js';
import type { Surroundings } from '../config/environment.js';
import type { FabricNetwork } from '../network.js';
import { deploymentsOf, keepDeployment, type ChaincodeDefinition, type Deployment } from './definition.js';
import {
  approveDeployment,
  prepareDeployment,
  prepareUpgrade,
  retire,
  runDeployment,
  writeDeployment,
} from './deploy.js';
import { packChaincode } from './pack-chaincode.js';
import { commit, committedSequence } from './peer-lifecycle.js';

/** A definition of the chaincode that those who run it are to approve: a file that goes from one to the next. */
export interface ChaincodeProposal {
  readonly schema: 1;
  readonly kind: 'chaincode';
  readonly channel: string;
  readonly name: string;
  readonly version: string;
  readonly sequence: number;
  readonly endorsement: string;
  readonly collections: readonly Collection[];
  readonly runBy: readonly string[];
  /** Ends with the hash of the package, and so of the code. */
  readonly packageId: string;
}

/** Proposes the chaincode in a folder as the channel's next definition. Nobody has approved it. */
export async function proposeChaincode(
  network: FabricNetwork,
  around: Surroundings,
  definition: ChaincodeDefinition,
): Promise<ChaincodeProposal> {
  const { name, version, endorsement, packageDir, runBy = [] } = definition;
  const sequence = (await committedSequence(network, around, definition)) + 1;
  const before = deploymentsOf(network.layout).find((one) => one.name === name);
  const collections = withCommitted(before?.collections ?? [], definition.collections);
  const { id } = packChaincode(name, version, packageDir);
  const { channel } = network.consortium;
  return {
    schema: 1,
    kind: 'chaincode',
    ...{ channel, name, version, sequence, endorsement, collections, runBy, packageId: id },
  };
}

/** Says what would be agreed on, beside what this organisation has agreed on before. */
export function describeChaincode(network: FabricNetwork, proposal: ChaincodeProposal): string[] {
  const before = deploymentsOf(network.layout).find(({ name }) => name === proposal.name);
  const line = (what: string, now: string, then: string | undefined) =>
    then === undefined || then === now ? `${what}: ${now}` : `${what}: ${then} becomes ${now}`;
  const collections = (all: readonly Collection[]) => JSON.stringify(collectionsConfig(all));
  return [
    line('Chaincode', `${proposal.name} ${proposal.version}`, before && `${before.name} ${before.version}`),
    line('Sequence', String(proposal.sequence), before && String(before.sequence)),
    line('Endorsed by', proposal.endorsement, before?.endorsement),
    line('Collections', collections(proposal.collections), before && collections(before.collections)),
    line('Run by', proposal.runBy.join(', '), before?.runBy?.join(', ')),
    line('Package', proposal.packageId, before?.packageId),
  ];
}

/**
 * Approves a proposal in the name of one organisation: packs the code that it has itself, starts its server beside the one
 * that runs, installs and approves. Given again once the definition is committed, it stops the server of the version before.
 *
 * @param packageDir the folder of the code, built from what the organisation has checked.
 * @throws Error when the code there is not that of the proposal.
 */
export async function approveProposal(
  network: FabricNetwork,
  around: Surroundings,
  proposal: ChaincodeProposal,
  packageDir: string,
): Promise<'approved' | 'committed'> {
  const deployment = adopt(network, proposal, packageDir);
  await runDeployment(around, deployment);
  if (deployment.agreed.length === 0) await approveDeployment(network, around, deployment);
  if ((await committedSequence(network, around, deployment)) < deployment.sequence) return 'approved';
  keepDeployment(network.layout, { ...deployment, agreed: [around.member.organisation.msp] });
  await retire(around, deployment);
  return 'committed';
}

/** Commits a proposal that enough have approved, with the endorsement of their peers. */
export async function commitProposal(
  network: FabricNetwork,
  around: Surroundings,
  proposal: ChaincodeProposal,
): Promise<void> {
  const deployment = deploymentsOf(network.layout).find(({ packageId }) => packageId === proposal.packageId);
  if (deployment === undefined)
    throw new Error(`${around.member.organisation.name} has not approved it itself.`);
  if ((await committedSequence(network, around, deployment)) < deployment.sequence) {
    await commit(network, around, deployment);
  }
}

/** What the organisation deploys, as its own description and source say it, held against the proposal. */
function adopt(network: FabricNetwork, proposal: ChaincodeProposal, packageDir: string): Deployment {
  const { name, version, sequence, endorsement, collections, runBy, packageId } = proposal;
  const { id } = packChaincode(name, version, packageDir);
  if (id !== packageId) {
    throw new Error(
      `The code in ${packageDir} is ${id}, not what is proposed (${packageId}): nothing is approved.`,
    );
  }
  const known = deploymentsOf(network.layout).find((one) => one.name === name);
  if (known?.packageId === packageId && known.sequence === sequence) return known;
  const definition = { name, version, endorsement, collections, runBy, packageDir };
  const deployment =
    known === undefined ? prepareDeployment(network, definition) : prepareUpgrade(network, definition);
  const agreed = { ...deployment, sequence };
  writeDeployment(network.layout, agreed);
  return agreed;
}
