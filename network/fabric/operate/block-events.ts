import { join } from 'node:path';
import type { Layout } from '../layout.js';
import { outputGenesisBlock } from '../native/channel.js';
import { descriptionOf, everyMember, openNetwork, type FabricNetwork } from '../network.js';
import {
  type ConfigGroup,
  decodeConfig,
  inTemporaryFolder,
  majorityOf,
  updateChannel,
} from './channel-config.js';
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
  const generated = await generatedApplication(network);
  return updateChannel(network, majorityOf(everyMember(network)), ({ Application }) => {
    Object.assign(Application.policies, pick(generated.policies, 'BlockEvents'));
    Object.assign(Application.values, pick(generated.values, 'ACLs'));
  });
}

/** The channel's group of applications as the description would make it today. */
async function generatedApplication(network: FabricNetwork): Promise<ConfigGroup> {
  return inTemporaryFolder(network, async (folder) => {
    const block = join(folder, 'generated.pb');
    await outputGenesisBlock(network, block);
    return (await decodeConfig(block)).channel_group.groups.Application;
  });
}

function pick<T>(from: Readonly<Record<string, T>>, name: string): Record<string, T> {
  const found = from[name];
  if (found === undefined) throw new Error(`The generated configuration has no ${name}.`);
  return { [name]: found };
}
