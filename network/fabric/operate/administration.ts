import type { Surroundings } from '../config/environment.js';
import type { Layout } from '../layout.js';
import { descriptionOf, everyMember, openNetwork, type FabricNetwork } from '../network.js';
import {
  generatedChannel,
  majorityOf,
  updateChannel,
  type ChannelGroup,
  type ConfigGroup,
} from './channel-config.js';
import { changeDescription } from './description.js';

/** Who reads, writes and governs, on every level of the channel. */
const everywhere = ['Readers', 'Writers', 'Admins'] as const;
/** Whose peers endorse a definition of a chaincode, and a chaincode whose definition names nobody. */
const ofApplications = ['Endorsement', 'LifecycleEndorsement'] as const;

/**
 * Has the channel governed as its description says, with the signatures of those who governed it before: in a channel
 * that was made with Fabric's defaults, the majority of the organisations.
 *
 * @param policy - signature policy of administrators.
 * @returns whether the channel said otherwise before.
 */
export async function setAdministration(layout: Layout, policy: string): Promise<boolean> {
  changeDescription(layout, (description) => {
    description.set('administration', policy);
  });
  const network = await openNetwork({ stateDir: layout.root, consortiumFile: descriptionOf(layout) });
  const generated = await generatedChannel(network);
  const all = everyMember(network);
  const governing = all.filter(({ member }) => member.organisation.government);
  const signers = majorityOf([...governing, ...all.filter((around) => !governing.includes(around))]);
  return updateChannel(network, signers, (_, channel) => {
    copyPolicies(channel, generated);
  });
}

/** Administrators of the government: the majority of them, as the description's administration asks for. */
export function governorsOf(network: FabricNetwork): readonly Surroundings[] {
  return majorityOf(everyMember(network).filter(({ member }) => member.organisation.government));
}

/** Takes over the policies that name all organisations, or those who govern. */
export function copyPolicies(channel: ChannelGroup, generated: ChannelGroup): void {
  copy(channel, generated, everywhere);
  copy(channel.groups.Orderer, generated.groups.Orderer, everywhere);
  copy(channel.groups.Application, generated.groups.Application, [...everywhere, ...ofApplications]);
}

function copy(
  to: Pick<ConfigGroup, 'policies'>,
  from: Pick<ConfigGroup, 'policies'>,
  names: readonly string[],
): void {
  for (const name of names) {
    const policy = from.policies[name];
    const present = to.policies[name];
    if (policy === undefined) throw new Error(`The generated configuration has no ${name}.`);
    // Its version and who may change it stay: `compute_update` counts the change itself.
    to.policies[name] = present === undefined ? policy : { ...present, policy: policy.policy };
  }
}
