import type { Organisation } from '../../consortium.js';
import { readConsortium } from '../../consortium.js';
import type { Layout } from '../layout.js';
import { deploymentsOf } from '../lifecycle/definition.js';
import { carryOut } from '../lifecycle/deploy.js';
import { writeConnectionProfile } from '../connection.js';
import { joinPeer } from '../native/channel.js';
import { waitForEachOther } from '../native/gather.js';
import { startNode } from '../native/nodes.js';
import { runProgram } from '../native/run-program.js';
import { descriptionOf, everyMember, openNetwork, type FabricNetwork } from '../network.js';
import { nodesOf } from '../topology.js';
import { copyPolicies, governorsOf } from './administration.js';
import { generatedChannel, majorityOf, updateChannel, type ConfigGroup } from './channel-config.js';
import { changeDescription } from './description.js';

export type NewMember = Pick<Organisation, 'name' | 'msp' | 'title' | 'kind' | 'node'>;

/**
 * Has an organisation join the running consortium: description, keys, the channel's configuration signed by the majority of the
 * organisations, certificate authority and peer. What the channel has agreed on about its chaincodes stays.
 * Taken up where it was interrupted when it is called again.
 *
 * @returns the network with the member in it.
 */
export async function addMember(layout: Layout, joins: NewMember): Promise<FabricNetwork> {
  describe(layout, joins);
  const network = await openNetwork({ stateDir: layout.root, consortiumFile: descriptionOf(layout) });
  if (!joins.node) return addWithoutNode(network, joins.msp);
  const joining = everyMember(network).find(({ member }) => member.organisation.msp === joins.msp);
  if (!joining) throw new Error(`${joins.msp} is not in the description.`);

  const present = everyMember(network).filter((around) => around !== joining);
  const group = JSON.parse(
    await runProgram('configtxgen', ['-configPath', layout.config, '-printOrg', joins.msp], {
      FABRIC_LOGGING_SPEC: 'error',
    }),
  ) as ConfigGroup;
  const generated = await generatedChannel(network);
  await updateChannel(network, majorityOf(present), ({ Application }, channel) => {
    Application.groups[joins.msp] ??= group;
    // Who reads and writes is one policy that names everybody.
    copyPolicies(channel, generated);
  });

  const own = nodesOf(network.consortium).filter(({ organisation }) => organisation.msp === joins.msp);
  await Promise.all(own.map((node) => startNode(network, node)));
  await joinPeer(network, joining, layout.genesisBlock);
  for (const deployment of deploymentsOf(layout)) {
    await carryOut(network, deployment);
  }
  await waitForEachOther(network, deploymentsOf(layout));
  writeConnectionProfile(network);
  return network;
}

/**
 * Adds one root certificate to the MSP of the members without a node, and the MSP with the first of them, signed by those who
 * govern. Nobody restarts: orderers and peers go by the channel's configuration.
 */
async function addWithoutNode(network: FabricNetwork, msp: string): Promise<FabricNetwork> {
  const { membersMsp } = network.consortium;
  const generated = await generatedChannel(network);
  const shared = generated.groups.Application.groups[membersMsp];
  if (shared === undefined) throw new Error(`${msp} has a node.`);
  await updateChannel(network, governorsOf(network), ({ Application }, channel) => {
    const present = Application.groups[membersMsp];
    if (present === undefined) Application.groups[membersMsp] = shared;
    else addRoots(present, shared);
    copyPolicies(channel, generated);
  });
  const own = nodesOf(network.consortium).filter(({ organisation }) => organisation.msp === msp);
  await Promise.all(own.map((node) => startNode(network, node)));
  writeConnectionProfile(network);
  return network;
}

/** Roots that the channel has, and its revocation lists, stay, whoever has the members' keys. */
function addRoots(present: ConfigGroup, generated: ConfigGroup): void {
  const config = configOf(present);
  config.root_certs = [...new Set([...config.root_certs, ...configOf(generated).root_certs])];
}

/** The definition of an organisation's MSP in the channel. */
function configOf({ values }: ConfigGroup): { root_certs: readonly string[] } {
  const value = values['MSP']?.value as { readonly config: { root_certs: readonly string[] } } | undefined;
  if (value === undefined) throw new Error('The channel defines no MSP of the members without a node.');
  return value.config;
}

/** Adds the organisation to the network's description unless it is there. */
function describe(layout: Layout, { name, msp, title, kind, node }: NewMember): void {
  if (readConsortium(descriptionOf(layout)).organisations.some((one) => one.msp === msp)) return;
  changeDescription(layout, (description) => {
    const line = { name, msp, title, kind, ...(!node && { node }) };
    const member = description.createNode(line, { flow: true });
    description.addIn(['organisations'], member);
  });
}
