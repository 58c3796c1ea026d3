import type { Organisation } from '../../consortium.js';
import { removeOrganisation } from '../channel/changes.js';
import type { ChannelChange } from '../channel/config.js';
import { governorsOf, updateChannel } from '../channel/update.js';
import { writeConnectionProfile } from '../connection.js';
import type { Layout } from '../layout.js';
import { stopDaemon } from '../native/daemon.js';
import type { FabricNetwork } from '../network.js';
import { nodeName, type NodeKind } from '../topology.js';
import { changeLine, lineOf } from './description.js';
import { reopen } from './organisation.js';

const nodes: readonly NodeKind[] = ['peer', 'ca'];

/**
 * Takes an organisation out of the running channel, where the keys of those who govern are in one folder, and stops what it
 * runs here. What it has recorded stays; who acts in its place the register says. Taken up where it was interrupted when it
 * is called again.
 *
 * @throws Error when nobody has the name, or it governs or runs an orderer.
 * @throws NotHere when the keys of those who govern are elsewhere.
 */
export async function removeMember(layout: Layout, name: string): Promise<Organisation> {
  governorsOf(await reopen(layout));
  const network = await withoutMember(layout, name);
  await updateChannel(network, governorsOf(network), removalOf(network, name));
  const leaving = lineOf(layout, name);
  for (const kind of nodes) await stopDaemon(layout.node(nodeName(kind, leaving)));
  return leaving;
}

/**
 * Marks in the description of this folder that an organisation has left: from then on it is in no rule, in no connection
 * profile, and unknown at the door of an orderer that goes by it.
 *
 * @returns the network without it.
 * @throws Error when nobody has the name, or it governs or runs an orderer.
 */
export async function withoutMember(layout: Layout, name: string): Promise<FabricNetwork> {
  const line = lineOf(layout, name);
  if (line.government || line.orderer) {
    throw new Error(`${name} governs or runs an orderer: another has to take its place first.`);
  }
  if (line.left !== true) changeLine(layout, name, { left: true });
  const network = await reopen(layout);
  writeConnectionProfile(network);
  return network;
}

/**
 * The change of the channel by which an organisation is gone.
 *
 * @throws Error when its public file, which says what is to go, is not here.
 */
export function removalOf(network: FabricNetwork, name: string): ChannelChange {
  const file = network.publicFiles.get(name);
  if (file === undefined) throw new Error(`The public file of ${name} is not here.`);
  return removeOrganisation(lineOf(network.layout, name), network.consortium.membersMsp, file.root);
}
