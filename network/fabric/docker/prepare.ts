import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { writeConnectionProfile } from '../connection.js';
import type { Layout } from '../layout.js';
import { writeChaincodeConnection } from '../lifecycle/chaincode-server.js';
import { type ChaincodeDefinition, type Deployment, runs } from '../lifecycle/definition.js';
import { prepareDeployment } from '../lifecycle/deploy.js';
import { writeCaServerConfiguration } from '../native/certificate-authorities.js';
import { makeGenesisBlock } from '../native/channel.js';
import { BUILDER, membersHere, openNetwork, type FabricNetwork, type NetworkOptions } from '../network.js';
import { publicFileOf } from '../public-file.js';
import { dockerSite, nativeSite } from '../site.js';
import { nodesOf } from '../topology.js';
import { composeFile } from './compose.js';
import { assertSecrets } from './database-secret.js';
import { writeDoorFile } from './door-service.js';
import { writeGatewayFiles } from './gateway-files.js';
import { writeReplicaFiles } from './replica-files.js';

const SOURCE = fileURLToPath(new URL('../../../..', import.meta.url));

export interface Containers {
  /** As the containers see it. */
  readonly inside: FabricNetwork;
  /** As this machine sees it, which administers the containers through their published ports. */
  readonly outside: FabricNetwork;
  readonly deployment: Deployment;
  readonly composeFile: string;
}

/** Writes everything that the containers read, and the Compose file that starts them. */
export async function prepareContainers(
  options: NetworkOptions,
  definition: (network: FabricNetwork) => ChaincodeDefinition,
): Promise<Containers> {
  const inside = await openNetwork(options, ({ domain }, layout) => dockerSite(domain, layout.root));
  const { layout, consortium } = inside;
  const deployment = prepareDeployment(inside, definition(inside));
  for (const node of nodesOf(consortium)) mkdirSync(layout.node(node.name).data, { recursive: true });
  for (const around of membersHere(inside)) {
    if (runs(around.member.organisation, deployment)) writeChaincodeConnection(around, deployment);
    writeCaServerConfiguration(inside, around.member);
    if (around.member.organisation.orderer) writeDoorFile(inside, around);
    writeGatewayFiles(inside, around, SOURCE);
    writeReplicaFiles(inside, around);
  }
  assertSecrets(consortium, layout);
  writeConnectionProfile(inside);
  const outside = { ...inside, site: nativeSite(BUILDER) };
  writeConnectionProfile(outsideView(outside), connectionFromHere(layout));
  await makeGenesisBlock(inside);
  const file = composeFileOf(layout);
  const content = composeFile(inside, { sourceDir: SOURCE, builderDir: BUILDER, user: owner(), deployment });
  // Compose reads YAML 1.1, in which 1000:50 is a number; long lines stay whole for those who search the file.
  writeFileSync(file, stringify(content, { schema: 'yaml-1.1', lineWidth: 0 }));
  return { inside, outside, deployment, composeFile: file };
}

/** Where the generated Compose file lies. */
export function composeFileOf(layout: Layout): string {
  return join(layout.root, 'compose.yaml');
}

/** The connection profile for what runs beside the containers on this machine and reaches them through published ports. */
export function connectionFromHere({ root }: Layout): string {
  return join(root, 'connection-from-here.json');
}

/** The public files with the addresses under which this machine knows the containers. */
function outsideView(network: FabricNetwork): FabricNetwork {
  const files = membersHere(network).map(({ member, material }) => publicFileOf(network, member, material));
  return { ...network, publicFiles: new Map(files.map((file) => [file.organisation.name, file])) };
}

function owner(): string {
  return `${process.getuid?.() ?? 1000}:${process.getgid?.() ?? 1000}`;
}
