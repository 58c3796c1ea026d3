import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { adminEnvironment, type Surroundings } from '../config/environment.js';
import { atAnOrderer } from '../lifecycle/at-an-orderer.js';
import { outputGenesisBlock } from '../native/channel.js';
import { runProgram } from '../native/run-program.js';
import type { FabricNetwork } from '../network.js';
import type { ChannelGroup, Config } from './config.js';
import { decode, inTemporaryFolder } from './translate.js';

/** The channel as it is, by what an orderer tells this organisation's administrator. */
export async function channelConfig(network: FabricNetwork, reader: Surroundings): Promise<Config> {
  return withConfigurationBlock(network, reader, configIn);
}

/** How many bytes the block with the channel's configuration has. */
export async function configurationBytes(network: FabricNetwork, reader: Surroundings): Promise<number> {
  return withConfigurationBlock(network, reader, async (file) => (await stat(file)).size);
}

/**
 * The block with the channel's configuration, in a file that is there as long as it is read.
 *
 * @param except the MSP of an orderer that is not asked.
 */
export async function withConfigurationBlock<T>(
  network: FabricNetwork,
  reader: Surroundings,
  read: (file: string) => Promise<T>,
  except?: string,
): Promise<T> {
  return inTemporaryFolder(network, async (folder) => {
    const file = join(folder, 'block.pb');
    const fetch = ['channel', 'fetch', 'config', file, '-c', network.consortium.channel];
    const ask = async (orderer: readonly string[]) =>
      runProgram('peer', [...fetch, ...orderer], adminEnvironment(reader));
    await atAnOrderer(network, ask, except);
    return read(file);
  });
}

/** The channel as the network's description and the public files would make it today. */
export async function generatedChannel(network: FabricNetwork): Promise<ChannelGroup> {
  return inTemporaryFolder(network, async (folder) => {
    const block = join(folder, 'generated.pb');
    await outputGenesisBlock(network, block);
    return (await configIn(block)).channel_group;
  });
}

/** The channel as a block of configuration in a file makes it. */
export async function channelIn(network: FabricNetwork, block: Buffer): Promise<ChannelGroup> {
  return inTemporaryFolder(network, async (folder) => {
    const file = join(folder, 'given.pb');
    await writeFile(file, block);
    return (await configIn(file)).channel_group;
  });
}

async function configIn(file: string): Promise<Config> {
  const block = (await decode('common.Block', file)) as {
    readonly data: {
      readonly data: readonly { readonly payload: { readonly data: { readonly config: Config } } }[];
    };
  };
  const [transaction] = block.data.data;
  if (!transaction) throw new Error('The configuration block of the channel is empty.');
  return transaction.payload.data.config;
}
