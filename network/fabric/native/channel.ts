import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { adminEnvironment, ordererOf, type Surroundings } from '../config/environment.js';
import { configtx, PROFILE } from '../config/configtx.js';
import { membersHere, type FabricNetwork } from '../network.js';
import { runProgram } from './run-program.js';

/** Makes the channel's first block, once: it fixes who may change the channel. */
export async function makeGenesisBlock(network: FabricNetwork): Promise<void> {
  const { genesisBlock } = network.layout;
  if (existsSync(genesisBlock)) return;
  const draft = `${genesisBlock}.draft`;
  await outputGenesisBlock(network, draft);
  renameSync(draft, genesisBlock);
}

/** Writes the first block that the network's description makes. */
export async function outputGenesisBlock(network: FabricNetwork, file: string): Promise<void> {
  const { consortium, layout } = network;
  // Without aliases: configtxgen's YAML reader differs from ours in how it joins them.
  const yaml = stringify(configtx(network), { aliasDuplicateObjects: false });
  writeFileSync(join(layout.config, 'configtx.yaml'), yaml);
  await runProgram(
    'configtxgen',
    [
      '-configPath',
      layout.config,
      '-profile',
      PROFILE,
      '-channelID',
      consortium.channel,
      '-outputBlock',
      file,
    ],
    { FABRIC_LOGGING_SPEC: 'error' },
  );
}

/** Has each ordering member's orderer order the channel; those that do already are left alone. */
export async function joinOrderers(network: FabricNetwork): Promise<void> {
  await Promise.all(
    membersHere(network)
      .filter(({ member }) => member.organisation.orderer)
      .map((around) => joinOrderer(network, around, network.layout.genesisBlock)),
  );
}

/**
 * Has one member's orderer order the channel, unless it does.
 *
 * @param block the first block of the channel, or a later one of its configuration in which the orderer stands.
 */
export async function joinOrderer(
  { consortium }: FabricNetwork,
  around: Surroundings,
  block: string,
): Promise<void> {
  const { channel } = consortium;
  if (await hasJoined(channel, around)) return;
  const answer = await runProgram('osnadmin', [
    'channel',
    'join',
    ...osnadminFlags(around),
    '--channelID',
    channel,
    '--config-block',
    block,
  ]);
  // osnadmin reports a refusal on its standard output and ends with code 0.
  if (!answer.includes('Status: 201'))
    throw new Error(`${around.member.organisation.name}: ${answer.trim()}`);
}

/** Whether a member's orderer orders the channel, or is about to. */
export async function hasJoined(channel: string, around: Surroundings): Promise<boolean> {
  const known = await runProgram('osnadmin', ['channel', 'list', ...osnadminFlags(around)]);
  return known.includes(`"name": "${channel}"`);
}

/** Whether a member's orderer has all blocks up to its own place among those who order, and takes part. */
export async function takesPart(channel: string, around: Surroundings): Promise<boolean> {
  const flags = [...osnadminFlags(around), '--channelID', channel];
  const said = await runProgram('osnadmin', ['channel', 'list', ...flags]);
  return said.includes('"status": "active"') && said.includes('"consensusRelation": "consenter"');
}

function osnadminFlags({ member, material, site }: Surroundings): string[] {
  return [
    '-o',
    site.address(member, 'ordererAdmin'),
    '--ca-file',
    ordererOf(material).tls.caFile,
    '--client-cert',
    material.admin.tls.certFile,
    '--client-key',
    material.admin.tls.keyFile,
  ];
}

/** Has every organisation's peer join the channel; those that have already are left alone. */
export async function joinPeers(network: FabricNetwork): Promise<void> {
  await Promise.all(
    membersHere(network).map((around) => joinPeer(network, around, network.layout.genesisBlock)),
  );
}

/** Has one peer join the channel from the given block, unless it has. */
export async function joinPeer(
  { consortium }: FabricNetwork,
  around: Surroundings,
  block: string,
): Promise<void> {
  const environment = adminEnvironment(around);
  const joined = await runProgram('peer', ['channel', 'list'], environment);
  if (joined.split('\n').includes(consortium.channel)) return;
  await runProgram('peer', ['channel', 'join', '-b', block], environment);
}
