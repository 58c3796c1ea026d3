import { adminEnvironment, type Surroundings } from '../config/environment.js';
import { runProgram } from '../native/run-program.js';
import { tlsRootFile } from '../config/public-msps.js';
import { publicFile, type FabricNetwork } from '../network.js';
import { membersOf } from '../topology.js';
import { atAnOrderer } from './at-an-orderer.js';
import { collectionsFile, packageFile, runs, type Deployment } from './definition.js';

/** Installs the package on an organisation's peer unless it is there. */
export async function install(around: Surroundings, deployment: Deployment): Promise<void> {
  const environment = adminEnvironment(around);
  const installed = await runProgram('peer', ['lifecycle', 'chaincode', 'queryinstalled'], environment);
  if (installed.includes(deployment.packageId)) return;
  await runProgram(
    'peer',
    ['lifecycle', 'chaincode', 'install', packageFile(around.layout, deployment)],
    environment,
  );
}

/** The sequence that the channel has committed under the deployment's name; 0 when there is none. */
export async function committedSequence(
  network: FabricNetwork,
  around: Surroundings,
  { name }: Pick<Deployment, 'name'>,
): Promise<number> {
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
    adminEnvironment(around),
  );
  const { chaincode_definitions: definitions = [] } = JSON.parse(output) as {
    chaincode_definitions?: { name: string; sequence: number }[];
  };
  return definitions.find((one) => one.name === name)?.sequence ?? 0;
}

/** Approves the definition for an organisation unless it has; Fabric refuses a second approval of the same. */
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
  const command = ['lifecycle', 'chaincode', 'approveformyorg', ...definitionFlags(network, deployment)];
  await atAnOrderer(network, async (orderer) =>
    runProgram('peer', [...command, '--package-id', deployment.packageId, ...orderer], environment),
  );
}

/** Commits the definition with the endorsement of the peers of all who run the chaincode. */
export async function commit(
  network: FabricNetwork,
  around: Surroundings,
  deployment: Deployment,
): Promise<void> {
  const runners = membersOf(network.consortium).filter(({ organisation }) => runs(organisation, deployment));
  const endorsers = runners.flatMap((member) => {
    const { name, msp } = member.organisation;
    const address = network.materials.has(name)
      ? network.site.address(member, 'peer')
      : (publicFile(network, member).endpoints.peer ?? '');
    return ['--peerAddresses', address, '--tlsRootCertFiles', tlsRootFile(network.layout, msp)];
  });
  const command = ['lifecycle', 'chaincode', 'commit', ...definitionFlags(network, deployment)];
  await atAnOrderer(network, async (orderer) =>
    runProgram('peer', [...command, ...orderer, ...endorsers], adminEnvironment(around)),
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
    ...(collections.length > 0 ? ['--collections-config', collectionsFile(layout, deployment)] : []),
  ];
}
