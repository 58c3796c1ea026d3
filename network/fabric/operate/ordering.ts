import { readConsortium } from '../../consortium.js';
import { addConsenter, removeConsenter } from '../channel/consenters.js';
import { governorsOf, updateChannel } from '../channel/update.js';
import { writeConnectionProfile } from '../connection.js';
import type { Layout } from '../layout.js';
import { stopDaemon } from '../native/daemon.js';
import { descriptionOf, type FabricNetwork } from '../network.js';
import { isSame, readPublicFile, type PublicFile } from '../public-file.js';
import { type NodeKind } from '../topology.js';
import { changeLine, lineOf } from './description.js';
import { joinNetwork } from './join.js';
import { accept, reopen } from './organisation.js';

const ordering: readonly NodeKind[] = ['door', 'orderer'];

/**
 * Notes in the description of this folder whether an organisation runs an orderer. Where its keys are, it gets those of
 * an orderer, or what it runs of one stops; the data stay.
 *
 * @returns the network with the change.
 * @throws Error when nobody has the name, or it has no node.
 */
export async function setOrdering(layout: Layout, name: string, orders: boolean): Promise<FabricNetwork> {
  note(layout, name, orders);
  if (!orders) {
    for (const kind of ordering) await stopDaemon(layout.node(`${kind}.${name}`));
  }
  const network = await reopen(layout);
  writeConnectionProfile(network);
  return network;
}

/**
 * Takes in the public files of organisations that have begun to order, or have ended.
 *
 * @throws Error when the description has none of the name.
 */
export async function acceptOrdering(
  layout: Layout,
  files: readonly string[],
): Promise<readonly PublicFile[]> {
  const { organisations } = readConsortium(descriptionOf(layout));
  for (const { organisation } of files.map((file) => readPublicFile(file))) {
    if (!organisations.some((one) => isSame(one, organisation)))
      throw new Error(`The consortium has no organisation ${organisation.name} (${organisation.msp}).`);
    note(layout, organisation.name, organisation.orderer);
  }
  return (await accept(layout, files)).accepted;
}

/**
 * Gives the place of one organisation's orderer to another's, where the keys of those who govern are in one folder: the new
 * one is taken in and has all blocks before the former goes, and what is ordered meanwhile goes on. Taken up where it was
 * interrupted when it is called again.
 *
 * @throws Error when nobody has one of the names.
 */
export async function moveOrderer(layout: Layout, from: string, to: string): Promise<void> {
  const { organisations } = readConsortium(descriptionOf(layout));
  const [former, next] = [from, to].map((name) => organisations.find((one) => one.name === name));
  if (former === undefined || next === undefined || former === next)
    throw new Error(`The consortium has no ${former === undefined ? from : to} that another could be.`);
  const network = await setOrdering(layout, to, true);
  const joining = network.consortium.organisations.find((one) => one.name === to) ?? next;
  await updateChannel(network, governorsOf(network), addConsenter(next.msp));
  await joinNetwork(network, joining);
  await updateChannel(network, governorsOf(network), removeConsenter(former.msp));
  await setOrdering(layout, from, false);
}

function note(layout: Layout, name: string, orders: boolean): void {
  if (lineOf(layout, name).orderer !== orders) changeLine(layout, name, { orderer: orders });
}
