import { X509Certificate } from 'node:crypto';
import type { Organisation } from '../../consortium.js';
import { IdentityError } from '../../embedded/msp/identity.js';
import { readRevocationList } from '../../embedded/msp/revocation-list.js';
import type { ChannelChange, ChannelGroup, ConfigGroup } from './config.js';
import { consentersOf, freeNumber } from './consenters.js';

/** Who reads, writes and governs, on every level of the channel. */
const everywhere = ['Readers', 'Writers', 'Admins'] as const;
/** Whose peers endorse a definition of a chaincode, and a chaincode whose definition names nobody. */
const ofApplications = ['Endorsement', 'LifecycleEndorsement'] as const;

/** Takes over the policies that name all organisations, or those who govern. */
export const copyPolicies: ChannelChange = (channel, generated) => {
  copy(channel, generated, everywhere);
  copy(channel.groups.Orderer, generated.groups.Orderer, everywhere);
  copy(channel.groups.Application, generated.groups.Application, [...everywhere, ...ofApplications]);
};

/** Who may follow whole blocks. A channel without the rule lets every member, and so read everybody's private data. */
export const copyBlockEvents: ChannelChange = ({ groups: { Application } }, generated) => {
  copy(Application, generated.groups.Application, ['BlockEvents']);
  copyValues(Application, generated.groups.Application, ['ACLs']);
};

/** All that the description says of the channel itself: its policies, who follows blocks, and how blocks are cut. */
export const copyDescription: ChannelChange = (channel, generated) => {
  copyPolicies(channel, generated);
  if (generated.groups.Application.policies['BlockEvents'] !== undefined) copyBlockEvents(channel, generated);
  const values = ['BatchSize', 'BatchTimeout', 'Capabilities'];
  copyValues(channel.groups.Orderer, generated.groups.Orderer, values);
  copyValues(channel.groups.Application, generated.groups.Application, ['Capabilities']);
};

/** Takes several organisations in with one change. */
export function addOrganisations(joining: readonly Organisation[], membersMsp: string): ChannelChange {
  return (channel, generated) => {
    for (const one of joining) addOrganisation(one, membersMsp)(channel, generated);
  };
}

/** Takes an organisation in: its own group, or its root in the MSP of the members without a node. */
export function addOrganisation({ msp, node }: Organisation, membersMsp: string): ChannelChange {
  return (channel, generated) => {
    const { Application } = channel.groups;
    const group = generated.groups.Application.groups[node ? msp : membersMsp];
    if (group === undefined) throw new Error(`The generated configuration has no ${msp}.`);
    const present = Application.groups[membersMsp];
    if (node) Application.groups[msp] ??= group;
    else if (present === undefined) Application.groups[membersMsp] = group;
    else addRoots(present, group);
    // Who reads and writes is one policy that names everybody.
    copyPolicies(channel, generated);
  };
}

/**
 * Takes an organisation out of the channel. Its policies are those of the description, in which it does not stand any more.
 *
 * @param root PEM of a member without a node, whose root leaves the MSP that it shares.
 * @throws Error when the organisation runs an orderer.
 */
export function removeOrganisation(
  { msp, node, orderer }: Organisation,
  membersMsp: string,
  root: string,
): ChannelChange {
  if (orderer) throw new Error(`${msp} runs an orderer: another has to take its place first.`);
  return (channel, generated) => {
    const { Application } = channel.groups;
    const shared = Application.groups[membersMsp];
    if (node) dropGroup(Application, msp);
    else if (shared !== undefined) {
      const config = mspOf(shared);
      config.root_certs = config.root_certs.filter((one) => one !== Buffer.from(root).toString('base64'));
      // Fabric knows no MSP without a root.
      if (config.root_certs.length === 0) dropGroup(Application, membersMsp);
    }
    copyPolicies(channel, generated);
  };
}

function dropGroup({ groups }: ConfigGroup, name: string): void {
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- Fabric's JSON has groups by name
  delete groups[name];
}

/**
 * Takes over what an organisation says in its public file of whom it trusts: its roots and its revocation lists. Its own
 * administrator may change that; of one without a node those who govern do, for it shares its MSP with others.
 *
 * @param root PEM, by which its lists are told from those of others in a shared MSP.
 */
export function copyTrust(organisation: Organisation, membersMsp: string, root: string): ChannelChange {
  return (channel, generated) => {
    for (const [present, next] of groupsOf(organisation, membersMsp, channel, generated)) {
      if (organisation.node) copyValues(present, next, ['MSP']);
      else copyLists(present, next, new X509Certificate(root));
    }
  };
}

/** Takes over everything that an organisation says of itself: also where it is reached, and the certificates of its orderer. */
export function copyOrganisation(
  organisation: Organisation,
  membersMsp: string,
  root: string,
): ChannelChange {
  return (channel, generated) => {
    copyTrust(organisation, membersMsp, root)(channel, generated);
    for (const [present, next] of groupsOf(organisation, membersMsp, channel, generated)) {
      copyValues(
        present,
        next,
        ['AnchorPeers', 'Endpoints'].filter((name) => next.values[name] !== undefined),
      );
    }
    copyConsenter(channel, generated, organisation.msp);
  };
}

/** Who orders is in two groups; Fabric demands that both say the same of its MSP. */
function groupsOf(
  { msp, node }: Organisation,
  membersMsp: string,
  channel: ChannelGroup,
  generated: ChannelGroup,
): (readonly [ConfigGroup, ConfigGroup])[] {
  const id = node ? msp : membersMsp;
  return (['Application', 'Orderer'] as const).flatMap((part) => {
    const [present, next] = [channel.groups[part].groups[id], generated.groups[part].groups[id]];
    return present === undefined || next === undefined ? [] : [[present, next] as const];
  });
}

interface MspConfig {
  root_certs: readonly string[];
  revocation_list?: readonly string[] | null;
}

/** In the MSP that many share, what others have put there stays. */
function copyLists(present: ConfigGroup, next: ConfigGroup, root: X509Certificate): void {
  addRoots(present, next);
  const others = (mspOf(present).revocation_list ?? []).filter((one) => !isSignedBy(one, root));
  const own = (mspOf(next).revocation_list ?? []).filter((one) => isSignedBy(one, root));
  if (others.length + own.length > 0) mspOf(present).revocation_list = [...others, ...own];
}

function isSignedBy(list: string, root: X509Certificate): boolean {
  try {
    readRevocationList(Buffer.from(list, 'base64'), [root]);
    return true;
  } catch (error) {
    if (error instanceof IdentityError) return false;
    throw error;
  }
}

/** The list of consenters and the policy by which blocks are checked name the same certificates. */
function copyConsenter(channel: ChannelGroup, generated: ChannelGroup, msp: string): void {
  const next = consentersOf(generated).find((one) => one.msp_id === msp);
  const consenters = consentersOf(channel);
  const index = consenters.findIndex((one) => one.msp_id === msp);
  const present = consenters[index];
  if (next === undefined || present === undefined) return;
  // An orderer that runs goes on to call another where it first found it, whatever the channel says of the address, until it
  // is started again. What has a number of its own it calls anew.
  const isMoved = next.host !== present.host || next.port !== present.port;
  consenters[index] = { ...next, id: isMoved ? freeNumber(consenters) : present.id };
  const policy = channel.groups.Orderer.policies['BlockValidation']?.policy.value as {
    readonly identities: readonly { readonly principal: { id_bytes: string } }[];
  };
  const signer = policy.identities[index];
  if (signer) signer.principal.id_bytes = next.identity;
}

/** Roots that the channel has, and its revocation lists, stay, whoever has the members' keys. */
function addRoots(present: ConfigGroup, next: ConfigGroup): void {
  const config = mspOf(present);
  config.root_certs = [...new Set([...config.root_certs, ...mspOf(next).root_certs])];
}

/** The definition of an organisation's MSP in the channel. */
function mspOf({ values }: ConfigGroup): MspConfig {
  const value = values['MSP']?.value as { readonly config: MspConfig } | undefined;
  if (value === undefined) throw new Error('The channel defines no MSP of the organisation.');
  return value.config;
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

function copyValues(
  to: Pick<ConfigGroup, 'values'>,
  from: Pick<ConfigGroup, 'values'>,
  names: readonly string[],
): void {
  for (const name of names) {
    const next = from.values[name];
    const present = to.values[name];
    if (next === undefined) throw new Error(`The generated configuration has no ${name}.`);
    to.values[name] = present === undefined ? next : { ...present, value: next.value };
  }
}
