import type { Layout } from '../layout.js';
import { descriptionOf, everyMember, openNetwork } from '../network.js';
import { generatedChannel, majorityOf, updateChannel } from './channel-config.js';
import { changeDescription } from './description.js';

/**
 * Has the channel say who may follow whole blocks, with the signatures of the majority of the organisations. A channel
 * that was made without the rule lets every member follow them, and so read everybody's private data.
 *
 * @param policy - a signature policy in Fabric's language.
 * @returns whether the channel said otherwise before.
 */
export async function setBlockEvents(layout: Layout, policy: string): Promise<boolean> {
  changeDescription(layout, (description) => {
    description.set('blockEvents', policy);
  });
  const network = await openNetwork({ stateDir: layout.root, consortiumFile: descriptionOf(layout) });
  const generated = (await generatedChannel(network)).groups.Application;
  return updateChannel(network, majorityOf(everyMember(network)), ({ Application }) => {
    Object.assign(Application.policies, pick(generated.policies, 'BlockEvents'));
    Object.assign(Application.values, pick(generated.values, 'ACLs'));
  });
}

function pick<T>(from: Readonly<Record<string, T>>, name: string): Record<string, T> {
  const found = from[name];
  if (found === undefined) throw new Error(`The generated configuration has no ${name}.`);
  return { [name]: found };
}
