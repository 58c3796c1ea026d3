import type { Organisation } from '../../consortium.js';
import { readConsortium } from '../../consortium.js';
import { addOrganisation } from '../channel/changes.js';
import { governorsOf, majorityOf, updateChannel } from '../channel/update.js';
import { writeConnectionProfile } from '../connection.js';
import type { Layout } from '../layout.js';
import { deploymentsOf } from '../lifecycle/definition.js';
import { waitForEachOther } from '../native/gather.js';
import { descriptionOf, membersHere, openNetwork, type FabricNetwork } from '../network.js';
import { changeDescription } from './description.js';
import { joinNetwork } from './join.js';

export type NewMember = Pick<Organisation, 'name' | 'msp' | 'title' | 'kind' | 'node'> & {
  readonly host?: string;
};

/**
 * Has an organisation join the running consortium, where the keys of all are in one folder: its keys and public file, the
 * change of the channel with the signatures that it takes, and its nodes. What the channel has agreed on about its
 * chaincodes stays. Taken up where it was interrupted when it is called again.
 *
 * @returns the network with the member in it.
 */
export async function addMember(layout: Layout, joins: NewMember): Promise<FabricNetwork> {
  describe(layout, joins);
  const network = await openNetwork({ stateDir: layout.root, consortiumFile: descriptionOf(layout) });
  const joining = await takeIn(network, joins);
  writeConnectionProfile(network);
  await joinNetwork(network, joining);
  if (joining.node) await waitForEachOther(network, deploymentsOf(layout));
  return network;
}

/**
 * Has the channel know an organisation that the description has, where the keys of all who have to sign are in one folder.
 *
 * @returns its line of the description.
 * @throws Error when the description does not have it so.
 */
export async function takeIn(network: FabricNetwork, joins: NewMember): Promise<Organisation> {
  const { organisations, membersMsp, administration } = network.consortium;
  const joining = organisations.find(({ msp }) => msp === joins.msp);
  if (!joining) throw new Error(`${joins.msp} is not in the description.`);
  if (joining.node !== joins.node)
    throw new Error(`${joins.msp} is there ${joining.node ? 'with' : 'without'} a node.`);
  // A channel that names nobody who governs is governed by the majority of those that are in it.
  const signers =
    administration === undefined
      ? majorityOf(membersHere(network).filter(({ member }) => member.organisation !== joining))
      : governorsOf(network);
  await updateChannel(network, signers, addOrganisation(joining, membersMsp));
  return joining;
}

/** Adds the organisation to the network's description unless it is there. */
export function describe(layout: Layout, { name, msp, title, kind, node, host }: NewMember): void {
  if (readConsortium(descriptionOf(layout)).organisations.some((one) => one.msp === msp)) return;
  changeDescription(layout, (description) => {
    const line = { name, msp, title, kind, ...(!node && { node }), ...(host !== undefined && { host }) };
    const member = description.createNode(line, { flow: true });
    description.addIn(['organisations'], member);
  });
}
