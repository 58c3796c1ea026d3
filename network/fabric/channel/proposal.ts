import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { adminEnvironment, type Surroundings } from '../config/environment.js';
import { atAnOrderer } from '../lifecycle/at-an-orderer.js';
import { runProgram } from '../native/run-program.js';
import { waitUntil } from '../native/wait.js';
import type { FabricNetwork } from '../network.js';
import { appliedTo, type ConfigUpdate } from './apply.js';
import type { ChannelChange } from './config.js';
import { channelConfig, generatedChannel } from './read.js';
import { decode, encode, inTemporaryFolder } from './translate.js';
import { differences } from './words.js';

/** A change of the channel, with the signatures that it has so far: a file that goes from one organisation to the next. */
export interface ChannelProposal {
  readonly schema: 1;
  readonly kind: 'channel';
  readonly channel: string;
  /** `common.Envelope`, base64. */
  readonly envelope: string;
}

/** What is in an envelope, as `configtxlator` opens it. */
interface Opened {
  readonly payload: {
    readonly data: {
      readonly config_update: ConfigUpdate;
      readonly signatures?: readonly {
        readonly signature_header: { readonly creator: { readonly mspid: string } };
      }[];
    };
  };
}

/** The header type of a change of the configuration. */
const CONFIG_UPDATE = 2;

/**
 * Proposes a change of the channel: the difference between what it is and what it shall be. Nobody has signed it.
 *
 * @param reader whose administrator reads the channel.
 * @returns undefined when the channel is so already.
 */
export async function proposeChange(
  network: FabricNetwork,
  reader: Surroundings,
  change: ChannelChange,
): Promise<ChannelProposal | undefined> {
  const { channel } = network.consortium;
  const generated = await generatedChannel(network);
  const config = await channelConfig(network, reader);
  const before = JSON.stringify(config);
  change(config.channel_group, generated);
  const after = JSON.stringify(config);
  if (after === before) return undefined;

  return inTemporaryFolder(network, async (folder) => {
    const file = (name: string) => join(folder, name);
    await encode('common.Config', before, file('before.pb'));
    await encode('common.Config', after, file('after.pb'));
    const difference = file('difference.pb');
    const versions = ['--original', file('before.pb'), '--updated', file('after.pb')];
    const compute = ['compute_update', '--channel_id', channel, ...versions, '--output', difference];
    await runProgram('configtxlator', compute);
    const update = await decode('common.ConfigUpdate', difference);
    const header = { channel_header: { channel_id: channel, type: CONFIG_UPDATE } };
    const envelope = JSON.stringify({ payload: { header, data: { config_update: update } } });
    await encode('common.Envelope', envelope, file('update.pb'));
    return { schema: 1, kind: 'channel', channel, envelope: await base64(file('update.pb')) };
  });
}

/**
 * Says what a proposal would change, by its content and the channel as this organisation reads it, and nothing that
 * whoever proposes it says.
 *
 * @throws Outdated when the channel has changed since.
 */
export async function describeProposal(
  network: FabricNetwork,
  reader: Surroundings,
  proposal: ChannelProposal,
): Promise<{ readonly changes: readonly string[]; readonly signedBy: readonly string[] }> {
  const { payload } = await openProposal(network, proposal);
  const { config_update: update, signatures } = payload.data;
  if (update.channel_id !== network.consortium.channel) {
    throw new Error(`The proposal is for the channel ${update.channel_id}.`);
  }
  if (Object.keys(update.isolated_data ?? {}).length > 0)
    throw new Error('The proposal has more than a change.');
  const { channel_group: before } = await channelConfig(network, reader);
  return {
    changes: differences(before, appliedTo(before, update)),
    signedBy: (signatures ?? []).map((one) => one.signature_header.creator.mspid),
  };
}

/** The proposal with the signature of this organisation's administrator, and those that it had. */
export async function signProposal(
  around: Surroundings,
  proposal: ChannelProposal,
): Promise<ChannelProposal> {
  return withEnvelope(around, proposal, async (file) => {
    await runProgram('peer', ['channel', 'signconfigtx', '-f', file], adminEnvironment(around));
    return { ...proposal, envelope: await base64(file) };
  });
}

/**
 * Hands a proposal in, and ends when the orderers have taken it up. Who hands it in signs it too.
 *
 * @throws ProgramFailed when the signatures do not satisfy the policies of what is changed.
 */
export async function submitProposal(
  network: FabricNetwork,
  around: Surroundings,
  proposal: ChannelProposal,
): Promise<void> {
  const { channel } = network.consortium;
  const before = (await channelConfig(network, around)).sequence;
  await withEnvelope(around, proposal, async (file) => {
    const update = ['channel', 'update', '-f', file, '-c', channel];
    await atAnOrderer(network, async (orderer) =>
      runProgram('peer', [...update, ...orderer], adminEnvironment(around)),
    );
  });
  await waitUntil('the channel to take up the change', async () => {
    return (await channelConfig(network, around)).sequence !== before;
  });
}

async function openProposal(network: FabricNetwork, { envelope }: ChannelProposal): Promise<Opened> {
  return inTemporaryFolder(network, async (folder) => {
    const file = join(folder, 'proposal.pb');
    await writeFile(file, Buffer.from(envelope, 'base64'));
    return (await decode('common.Envelope', file)) as Opened;
  });
}

async function withEnvelope<T>(
  around: Pick<Surroundings, 'layout'>,
  { envelope }: ChannelProposal,
  run: (file: string) => Promise<T>,
): Promise<T> {
  return inTemporaryFolder(around, async (folder) => {
    const file = join(folder, 'proposal.pb');
    await writeFile(file, Buffer.from(envelope, 'base64'));
    return run(file);
  });
}

async function base64(file: string): Promise<string> {
  return (await readFile(file)).toString('base64');
}
