import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import type { Organisation } from '../../consortium.js';
import { consentersOf } from '../channel/consenters.js';
import { channelIn, generatedChannel, withConfigurationBlock } from '../channel/read.js';
import { differences } from '../channel/words.js';
import { ordererOf, type Surroundings } from '../config/environment.js';
import { deploymentsOf } from '../lifecycle/definition.js';
import { runDeployment } from '../lifecycle/deploy.js';
import { runnersOf } from '../lifecycle/runners.js';
import { hasJoined, joinOrderer, joinPeer, takesPart } from '../native/channel.js';
import { startNode } from '../native/nodes.js';
import { waitUntil } from '../native/wait.js';
import { membersHere, type FabricNetwork } from '../network.js';
import { nodesOf, type NodeKind } from '../topology.js';

/** What the blocks of years may take to be fetched by an orderer that has none, milliseconds. */
const catchUpMs = 30 * 60_000;

/** An orderer first, since its door leads to it, and a peer asks at the doors. */
const order: readonly NodeKind[] = ['ca', 'orderer', 'door', 'peer'];

/**
 * Starts what one organisation runs, and has its nodes join the channel. What of it has been done already is not done
 * again, so that it is also how an organisation's own part comes up.
 *
 * @throws Error when the first block of the channel, which whoever has a node needs, has not been handed over.
 */
export async function joinNetwork(network: FabricNetwork, { msp, node }: Organisation): Promise<void> {
  const { layout, consortium } = network;
  if (node && !existsSync(layout.genesisBlock))
    throw new Error('Say --block: the first block of the channel.');
  const own = nodesOf(consortium).filter(({ organisation }) => organisation.msp === msp);
  for (const kind of order) {
    await Promise.all(own.filter((one) => one.kind === kind).map((one) => startNode(network, one)));
  }
  const around = membersHere(network).find(({ member }) => member.organisation.msp === msp);
  if (around === undefined) return;
  if (around.member.organisation.orderer) await joinOrdering(network, around);
  await joinPeer(network, around, layout.genesisBlock);
  for (const deployment of deploymentsOf(layout)) {
    const runs = runnersOf(network, deployment).some(({ member }) => member.organisation.msp === msp);
    if (runs) await runDeployment(around, deployment);
  }
}

/**
 * From the first block, like the founders; an orderer that does not stand in it, since it came later or has other certificates
 * now, from the latest configuration, which another tells it.
 */
async function joinOrdering(network: FabricNetwork, around: Surroundings): Promise<void> {
  const { genesisBlock } = network.layout;
  const { channel } = network.consortium;
  const { msp } = around.member.organisation;
  if (await hasJoined(channel, around)) return;
  const first = consentersOf(await channelIn(network, readFileSync(genesisBlock)));
  const identity = Buffer.from(ordererOf(around.material).identity.cert).toString('base64');
  if (first.some((one) => one.identity === identity)) {
    await joinOrderer(network, around, genesisBlock);
    return;
  }
  await withConfigurationBlock(network, around, (block) => joinOrderer(network, around, block), msp);
  await waitUntil(`the orderer of ${msp} to take part`, () => takesPart(channel, around), catchUpMs);
}

/**
 * Takes the first block of the channel from who has made it. Whoever is in it holds it against the description and the
 * public files that it has itself.
 *
 * @throws Error naming each difference, or when another first block is there.
 */
export async function acceptFirstBlock(
  network: FabricNetwork,
  file: string,
  { msp }: Organisation,
): Promise<void> {
  const { layout } = network;
  const block = readFileSync(file);
  if (existsSync(layout.genesisBlock)) {
    if (readFileSync(layout.genesisBlock).equals(block)) return;
    throw new Error(`${file} is not the first block that is here (${layout.genesisBlock}).`);
  }
  const channel = await channelIn(network, block);
  if (channel.groups.Application.groups[msp] !== undefined) {
    const unlike = differences(await generatedChannel(network), channel);
    if (unlike.length > 0) {
      throw new Error(
        `${file} is not what the description and the public files here say:\n${unlike.join('\n')}`,
      );
    }
  }
  copyFileSync(file, layout.genesisBlock);
}
