import { adminEnvironment, type Surroundings } from '../config/environment.js';
import { runProgram } from '../native/run-program.js';
import { everyMember, type FabricNetwork } from '../network.js';
import { atAnOrderer } from './at-an-orderer.js';
import { collectionsFile, packageFile, type Deployment } from './definition.js';

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
export async function committedSequence(network: FabricNetwork, { name }: Deployment): Promise<number> {
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

/** Commits the definition with the endorsement of all peers. */
export async function commit(
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
  const command = ['lifecycle', 'chaincode', 'commit', ...definitionFlags(network, deployment)];
  await atAnOrderer(network, async (orderer) =>
    runProgram('peer', [...command, ...orderer, ...endorsers], adminEnvironment(first)),
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
