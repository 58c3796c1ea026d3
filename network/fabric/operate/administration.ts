import { copyBlockEvents, copyPolicies } from '../channel/changes.js';
import type { ChannelChange } from '../channel/config.js';
import { updateChannel } from '../channel/update.js';
import type { Layout } from '../layout.js';
import { descriptionOf, membersHere, openNetwork } from '../network.js';
import { changeDescription } from './description.js';

/**
 * Has the channel governed as its description says, with the signatures of those who governed it before: in a channel
 * that was made with Fabric's defaults, the majority of the organisations.
 *
 * @param policy - signature policy of administrators.
 * @returns whether the channel said otherwise before.
 */
export async function setAdministration(layout: Layout, policy: string): Promise<boolean> {
  return setRule(layout, 'administration', policy, copyPolicies);
}

/**
 * Has the channel say who may follow whole blocks, with the signatures of the majority of the organisations. A channel
 * that was made without the rule lets every member follow them, and so read everybody's private data.
 *
 * @param policy - a signature policy in Fabric's language.
 * @returns whether the channel said otherwise before.
 */
export async function setBlockEvents(layout: Layout, policy: string): Promise<boolean> {
  return setRule(layout, 'blockEvents', policy, copyBlockEvents);
}

/** Everybody whose keys are here signs: whoever governed before, a majority or a council of banks too, is among them. */
async function setRule(
  layout: Layout,
  name: 'administration' | 'blockEvents',
  policy: string,
  change: ChannelChange,
): Promise<boolean> {
  changeDescription(layout, (description) => {
    description.set(name, policy);
  });
  const network = await openNetwork({ stateDir: layout.root, consortiumFile: descriptionOf(layout) });
  return updateChannel(network, membersHere(network), change);
}
