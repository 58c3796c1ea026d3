import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { adminEnvironment, type Surroundings } from '../config/environment.js';
import { atAnOrderer } from '../lifecycle/at-an-orderer.js';
import { outputGenesisBlock } from '../native/channel.js';
import { runProgram } from '../native/run-program.js';
import { waitUntil } from '../native/wait.js';
import type { FabricNetwork } from '../network.js';

/** A part of a channel's configuration, in the JSON of `configtxlator`; only what we change is spelled out. */
export interface ConfigGroup {
  readonly groups: Record<string, ConfigGroup>;
  readonly values: Record<string, { value: unknown }>;
  readonly policies: Record<string, { policy: { value: unknown } }>;
}

/** The groups of a channel that organisations belong to. */
export interface ChannelGroups {
  readonly Application: ConfigGroup;
  readonly Orderer: ConfigGroup;
}

interface Config {
  /** Counts the changes. */
  readonly sequence: string;
  readonly channel_group: ChannelGroup;
}

/** The whole channel: its own policies beside the groups. */
export interface ChannelGroup extends Pick<ConfigGroup, 'policies'> {
  readonly groups: ChannelGroups;
}

/**
 * Changes the channel's configuration: fetches it, has it changed, computes the difference, and submits that with the
 * signatures of the given administrators; ends when the orderers have taken it up.
 *
 * @param change - changes the groups in place.
 * @returns whether there was a difference; without one nothing is submitted.
 * @throws ProgramFailed when the signatures do not satisfy the policies of what is changed.
 */
export async function updateChannel(
  network: FabricNetwork,
  signers: readonly Surroundings[],
  change: (groups: ChannelGroups, channel: ChannelGroup) => void,
): Promise<boolean> {
  return inTemporaryFolder(network, (folder) => submitDifference(network, signers, change, folder));
}

/** As many of them as the channel's policy `Admins` asks for. */
export function majorityOf<T>(members: readonly T[]): readonly T[] {
  return members.slice(0, Math.floor(members.length / 2) + 1);
}

/** The channel as the network's description would make it today. */
export async function generatedChannel(network: FabricNetwork): Promise<ChannelGroup> {
  return inTemporaryFolder(network, async (folder) => {
    const block = join(folder, 'generated.pb');
    await outputGenesisBlock(network, block);
    return (await decodeConfig(block)).channel_group;
  });
}

/** Gives a folder for files that are of no use afterwards. */
async function inTemporaryFolder<T>(
  { layout }: FabricNetwork,
  run: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(layout.root, 'update-'));
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function submitDifference(
  network: FabricNetwork,
  signers: readonly Surroundings[],
  change: (groups: ChannelGroups, channel: ChannelGroup) => void,
  folder: string,
): Promise<boolean> {
  const [submitter, ...others] = signers;
  if (!submitter) throw new Error('Nobody signs the change of the channel.');
  const { channel } = network.consortium;
  const file = (name: string) => join(folder, name);

  const config = await fetchConfig(network, submitter, file('block.pb'));
  const before = JSON.stringify(config);
  change(config.channel_group.groups, config.channel_group);
  const after = JSON.stringify(config);
  if (after === before) return false;

  await encode('common.Config', before, file('before.pb'));
  await encode('common.Config', after, file('after.pb'));
  const difference = file('difference.pb');
  const flags = ['--channel_id', channel, '--original', file('before.pb'), '--updated', file('after.pb')];
  await runProgram('configtxlator', ['compute_update', ...flags, '--output', difference]);
  const update = file('update.pb');
  await encode('common.Envelope', envelope(channel, await decode('common.ConfigUpdate', difference)), update);

  for (const signer of others)
    await runProgram('peer', ['channel', 'signconfigtx', '-f', update], adminEnvironment(signer));
  await atAnOrderer(network, async (orderer) =>
    runProgram(
      'peer',
      ['channel', 'update', '-f', update, '-c', channel, ...orderer],
      adminEnvironment(submitter),
    ),
  );
  await waitUntil('the channel to take up the change', async () => {
    const { sequence } = await fetchConfig(network, submitter, file('block.pb'));
    return sequence !== config.sequence;
  });
  return true;
}

async function fetchConfig(network: FabricNetwork, reader: Surroundings, file: string): Promise<Config> {
  const fetch = ['channel', 'fetch', 'config', file, '-c', network.consortium.channel];
  await atAnOrderer(network, async (orderer) =>
    runProgram('peer', [...fetch, ...orderer], adminEnvironment(reader)),
  );
  return decodeConfig(file);
}

/** The configuration in a block of configuration. */
async function decodeConfig(file: string): Promise<Config> {
  const block = (await decode('common.Block', file)) as {
    readonly data: {
      readonly data: readonly { readonly payload: { readonly data: { readonly config: Config } } }[];
    };
  };
  const [transaction] = block.data.data;
  if (!transaction) throw new Error('The configuration block of the channel is empty.');
  return transaction.payload.data.config;
}

async function decode(type: string, file: string): Promise<unknown> {
  // To a file: its own standard output it opens by name, which fails when that is a pipe of ours.
  const output = `${file}.json`;
  await runProgram('configtxlator', ['proto_decode', '--type', type, '--input', file, '--output', output]);
  return JSON.parse(await readFile(output, 'utf8'));
}

async function encode(type: string, json: string, file: string): Promise<void> {
  await writeFile(`${file}.json`, json);
  await runProgram('configtxlator', [
    'proto_encode',
    '--type',
    type,
    '--input',
    `${file}.json`,
    '--output',
    file,
  ]);
}

function envelope(channel: string, update: unknown): string {
  // 2 is the header type CONFIG_UPDATE.
  const header = { channel_header: { channel_id: channel, type: 2 } };
  return JSON.stringify({ payload: { header, data: { config_update: update } } });
}
