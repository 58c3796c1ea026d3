import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { Organisation } from '../../consortium.js';
import { ownChaincode } from '../chaincodes.js';
import { addOrganisations, copyDescription, copyOrganisation } from '../channel/changes.js';
import type { ChannelChange } from '../channel/config.js';
import { describeProposal, proposeChange, signProposal, submitProposal } from '../channel/proposal.js';
import { stateDirOf, type CommonOptions } from '../cli-options.js';
import { existing, print } from '../commands.js';
import type { Surroundings } from '../config/environment.js';
import { writeConnectionProfile } from '../connection.js';
import {
  approveProposal,
  commitProposal,
  describeChaincode,
  proposeChaincode,
} from '../lifecycle/proposal.js';
import { makeGenesisBlock } from '../native/channel.js';
import { findPrograms } from '../native/programs.js';
import { membersHere, ownerOf, type FabricNetwork } from '../network.js';
import { fingerprintsOf } from '../public-file.js';
import type { NewMember } from './add-organisation.js';
import { adoptRules, changeDescription } from './description.js';
import { acceptFirstBlock, joinNetwork } from './join.js';
import { accept, initialise, reopen, replaceAdministrator } from './organisation.js';
import { readProposal, writeProposal } from './proposals.js';
import { removalOf, withoutMember } from './remove-organisation.js';

/** In a folder with the keys of several it has to be said who acts. */
export interface ActingOptions extends CommonOptions {
  readonly organisation?: string;
}

/** Options of a command that writes a proposal. */
export interface Written extends ActingOptions {
  readonly out: string;
}

/** `organisation init`: keys of one's own, and the public file. */
export async function initOrganisation(
  name: string,
  options: CommonOptions & Partial<Omit<NewMember, 'name'>> & { readonly listen?: string },
): Promise<void> {
  const { msp, title, kind = 'bank', node = true, host, listen } = options;
  const where = { ...options, stateDir: stateDirOf(options), consortiumFile: options.consortium };
  const member = msp === undefined || title === undefined ? undefined : { msp, title, kind, node };
  const { file, fingerprints } = await initialise(where, name, {
    ...(member && { member }),
    ...(host !== undefined && { host }),
    ...(listen !== undefined && { listen }),
  });
  print(`The keys of ${name} are made. For everybody: ${file}`);
  print(fingerprints.join('\n'));
}

/** `organisation replace-administrator`: a new key, and the former one counts no more once the channel knows. */
export async function replaceAdmin(options: ActingOptions): Promise<void> {
  const network = await running(options);
  const organisation = actorOf(network, options);
  await replaceAdministrator(network, organisation);
  print(`${organisation.name} has a new administrator. Its public file says that the former counts no more:`);
  print(
    `propose it (npm run network -- propose organisation ${organisation.name} …), sign it and submit it.`,
  );
}

/** `accept`: others' public files. */
export async function acceptFiles(files: readonly string[], options: CommonOptions): Promise<void> {
  const { layout } = existing(options);
  const { accepted } = await accept(layout, files);
  print(accepted.flatMap(fingerprintsOf).join('\n'));
}

/** `propose founding`: the first block, made of the description and everybody's public file. */
export async function proposeFounding(options: CommonOptions): Promise<void> {
  const network = await running(options);
  await makeGenesisBlock(network);
  const { genesisBlock } = network.layout;
  print(`The first block: ${genesisBlock}`);
  print(`SHA-256 ${createHash('sha256').update(readFileSync(genesisBlock)).digest('hex')}`);
}

/** `propose member`: those that have handed over their public files join the channel. */
export async function proposeMember(files: readonly string[], options: Written): Promise<void> {
  const { layout } = existing(options);
  const { accepted } = await accept(layout, files);
  print(accepted.flatMap(fingerprintsOf).join('\n'));
  const joining = accepted.map(({ organisation }) => organisation);
  await propose(options, ({ consortium }) => addOrganisations(joining, consortium.membersMsp));
}

/** `propose removal`: an organisation leaves the channel. */
export async function proposeRemoval(name: string, options: Written): Promise<void> {
  const { layout } = existing(options);
  await withoutMember(layout, name);
  await propose(options, (network) => removalOf(network, name));
}

/** `left`: an organisation is gone, for this folder too. */
export async function noteLeft(name: string, options: CommonOptions): Promise<void> {
  const { layout } = existing(options);
  await withoutMember(layout, name);
  print(`${name} has left, by the description and the connection profile of this folder too.`);
}

/** `propose organisation`: the channel takes over what an organisation's public file says. */
export async function proposeOrganisation(name: string, options: Written): Promise<void> {
  await propose(options, ({ consortium, publicFiles }) => {
    const file = publicFiles.get(name);
    if (file === undefined) throw new Error(`The public file of ${name} is not here.`);
    return copyOrganisation(file.organisation, consortium.membersMsp, file.root);
  });
}

/** `propose rules`: the channel takes over who governs and how blocks are cut from a description. */
export async function proposeRules(file: string, options: Written): Promise<void> {
  const { layout } = existing(options);
  adoptRules(layout, file);
  await propose(options, () => copyDescription);
}

/** `propose chaincode`: the next version of the code. */
export async function proposeVersion(
  options: Written & { readonly to?: string; readonly chaincode?: string },
): Promise<void> {
  const network = await running(options);
  const own = ownChaincode(network.consortium, options.chaincode);
  const definition = { ...own, ...(options.to !== undefined && { version: options.to }) };
  const proposal = await proposeChaincode(network, around(network, options), definition);
  writeProposal(options.out, proposal);
  print(`Proposed: ${options.out}\n${describeChaincode(network, proposal).join('\n')}`);
}

/** `sign`: says what a proposal would change, and signs it with this organisation's key. */
export async function sign(file: string, options: ActingOptions & { readonly yes?: true }): Promise<void> {
  const network = await running(options);
  const own = around(network, options);
  const proposal = readProposal(file, network.consortium.channel);
  if (proposal.kind !== 'channel') throw new Error('A definition of the chaincode is approved, not signed.');
  const { changes, signedBy } = await describeProposal(network, own, proposal);
  print(`${changes.join('\n')}\nSigned so far: ${signedBy.join(', ') || 'by nobody'}.`);
  const { msp } = own.member.organisation;
  await assertAgreed(`Sign this as ${msp}?`, options);
  writeProposal(file, await signProposal(own, proposal));
  print(`${msp} has signed ${file}.`);
}

/** `approve`: this organisation approves a definition of the chaincode, and runs its code. */
export async function approve(
  file: string,
  options: ActingOptions & { readonly yes?: true; readonly chaincode?: string },
): Promise<void> {
  const network = await running(options);
  const own = around(network, options);
  const proposal = readProposal(file, network.consortium.channel);
  if (proposal.kind !== 'chaincode') throw new Error('A change of the channel is signed, not approved.');
  print(describeChaincode(network, proposal).join('\n'));
  await assertAgreed(`Approve this as ${own.member.organisation.msp}?`, options);
  const { packageDir } = ownChaincode(network.consortium, options.chaincode);
  const state = await approveProposal(network, own, proposal, packageDir);
  if (state === 'committed') await keepVersion(network, proposal.version);
  print(
    state === 'committed'
      ? `${proposal.name} ${proposal.version} is committed; the server of the version before has stopped.`
      : `${own.member.organisation.msp} has approved it. When enough have: npm run network -- submit ${file}`,
  );
}

/** `submit`: hands in what enough have signed or approved. */
export async function submit(file: string, options: ActingOptions): Promise<void> {
  const network = await running(options);
  const proposal = readProposal(file, network.consortium.channel);
  const own = around(network, options);
  if (proposal.kind === 'channel') {
    await submitProposal(network, own, proposal);
    print('The channel has taken up the change.');
    return;
  }
  await commitProposal(network, own, proposal);
  print(`${proposal.name} ${proposal.version} is committed. Each that approved it gives approve once more.`);
}

/** `join`: what this organisation runs starts, and joins the channel. */
export async function join(options: ActingOptions & { readonly block?: string }): Promise<void> {
  const network = await running(options);
  const organisation = actorOf(network, options);
  if (options.block !== undefined) await acceptFirstBlock(network, options.block, organisation);
  writeConnectionProfile(network);
  await joinNetwork(network, organisation);
  print(
    `What ${organisation.name} runs has joined. Its gateway's connection profile: ${network.layout.connection}`,
  );
}

/** Proposes a change of the channel in a file, and says what it would change. */
export async function propose(
  options: Written,
  change: (network: FabricNetwork) => ChannelChange,
): Promise<void> {
  const network = await running(options);
  const own = around(network, options);
  const proposal = await proposeChange(network, own, change(network));
  if (proposal === undefined) {
    print('The channel is so already.');
    return;
  }
  writeProposal(options.out, proposal);
  const { changes } = await describeProposal(network, own, proposal);
  print(`Proposed: ${options.out}\n${changes.join('\n')}`);
}

async function keepVersion({ layout }: FabricNetwork, version: string): Promise<void> {
  changeDescription(layout, (description) => {
    description.setIn(['chaincode', 'version'], version);
  });
  writeConnectionProfile(await reopen(layout));
}

/** @throws Error when nobody has said yes. */
async function assertAgreed(question: string, { yes }: { readonly yes?: true }): Promise<void> {
  if (yes === true) return;
  if (!process.stdin.isTTY) throw new Error('Nobody is there to ask: say --yes when you have read it.');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    if (!/^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim()))
      throw new Error('Nothing is signed.');
  } finally {
    lines.close();
  }
}

/**
 * Who gives a command.
 *
 * @throws Error when it is not said and not clear.
 */
export function actorOf({ consortium, layout }: FabricNetwork, options: ActingOptions): Organisation {
  const name = options.organisation ?? ownerOf(layout);
  if (name === undefined) throw new Error('The keys of several are here: say --organisation.');
  const found = consortium.organisations.find((one) => one.name === name);
  if (!found) throw new Error(`The consortium has no organisation ${name}.`);
  return found;
}

function around(network: FabricNetwork, options: ActingOptions): Surroundings {
  const { name } = actorOf(network, options);
  const found = membersHere(network).find(({ member }) => member.organisation.name === name);
  if (!found) throw new Error(`${name} has no node whose keys are here.`);
  return found;
}

/**
 * The network in its folder.
 *
 * @throws Error where it does not run on Fabric, or there is none.
 */
export async function running(options: CommonOptions): Promise<FabricNetwork> {
  if (options.on !== 'fabric') throw new Error('This command is for --on fabric.');
  findPrograms();
  const { layout } = existing(options);
  return reopen(layout);
}
