import { addToEmbedded } from '../../embedded/add-member.js';
import { ownChaincode } from '../chaincodes.js';
import { stateDirOf, type CommonOptions } from '../cli-options.js';
import { existing, print } from '../commands.js';
import { writeConnectionProfile } from '../connection.js';
import { addMemberToContainers } from '../docker/up.js';
import { controlNetwork } from '../control.js';
import { upgradeChaincode as upgrade } from '../lifecycle/deploy.js';
import { waitForEachOther } from '../native/gather.js';
import { findPrograms } from '../native/programs.js';
import { descriptionOf, openNetwork, type FabricNetwork } from '../network.js';
import { portsOf, readConsortium } from '../../consortium.js';
import { addMember as add, type NewMember } from './add-organisation.js';
import { setAdministration, setBlockEvents } from './administration.js';
import { changeDescription } from './description.js';
import { removeMember } from './remove-organisation.js';
import { renewCertificates } from './renew-certificates.js';
import { revokePerson } from './revoke-person.js';
import { tellGateway } from './tell-gateway.js';

/** `add-member`: an organisation joins. */
export async function addMember({
  name,
  msp,
  title,
  kind,
  node,
  ...options
}: CommonOptions & NewMember): Promise<void> {
  const joins = { name, msp, title, kind, node };
  if (options.on === 'embedded' && !node) await addToEmbedded(stateDirOf(options), joins);
  else if (options.on === 'docker') await addToContainers(options, joins);
  else await add((await running(options)).layout, joins);
  print(
    `${title} has joined the channel. Approvers of two government organisations now admit it to the register:`,
  );
  const authority = node ? {} : { authority: '<its root certificate, PEM>' };
  const accounts = kind === 'enterprise' ? { accounts: ['<how the accounts begin that it serves>'] } : {};
  const entry = { id: msp, title, kind, ...authority, ...accounts, state: 'admitted' };
  print(`  POST /api/v1/registry/members ${JSON.stringify(entry)}`);
  const line = `name: ${name}, msp: ${msp}, title: ${title}, kind: ${kind}${node ? '' : ', node: false'}`;
  print(`Add it to your own copy of the description: { ${line} }`);
}

async function addToContainers(options: CommonOptions, joins: NewMember): Promise<void> {
  findPrograms();
  const { layout } = existing(options);
  const where = { stateDir: layout.root, consortiumFile: descriptionOf(layout) };
  await addMemberToContainers(where, joins, ({ consortium }) => ownChaincode(consortium));
}

/** `remove-member`: an organisation leaves the channel. */
export async function removeOne(name: string, options: CommonOptions): Promise<void> {
  const { layout } = await running(options);
  const { title } = await removeMember(layout, name);
  print(`${title} has left the channel, and what it ran here has stopped. Its records stay.`);
  print('Mark it in your own copy of the description: left: true');
}

/** `upgrade-chaincode`: the next version of the code. */
export async function upgradeChaincode(
  options: CommonOptions & { readonly to: string; readonly chaincode?: string },
): Promise<void> {
  const network = await running(options);
  const definition = { ...ownChaincode(network.consortium, options.chaincode), version: options.to };
  const deployment = await upgrade(network, definition);
  await waitForEachOther(network, [deployment]);
  changeDescription(network.layout, (description) => {
    description.setIn(['chaincode', 'version'], options.to);
  });
  writeConnectionProfile(await running(options));
  print(
    `${deployment.name} ${deployment.version} is deployed: sequence ${deployment.sequence}, package ${deployment.packageId}.`,
  );
}

/** `revoke`: a person may no longer sign. */
export async function revoke(
  organisation: string,
  person: string,
  options: CommonOptions & { readonly gateway?: string },
): Promise<void> {
  const network = await running(options);
  const list = await revokePerson(network, organisation, person);
  print(`${person} of ${organisation} is revoked.`);
  const { consortium } = network;
  const index = consortium.organisations.findIndex(({ name }) => name === organisation);
  const gateway = options.gateway ?? `http://127.0.0.1:${portsOf(consortium, index).rest}`;
  const reason = await tellGateway(gateway, list);
  print(
    reason === undefined
      ? `The gateway at ${gateway} knows.`
      : `The gateway at ${gateway} was not told (${reason}); it asks by itself within 30 seconds.`,
  );
}

/** `renew-certificates`: new certificates for an organisation's nodes. */
export async function renew(
  organisation: string,
  options: CommonOptions & { readonly newKeys?: true },
): Promise<void> {
  const isToBeProposed = await renewCertificates(await running(options), organisation, options.newKeys);
  print(`The nodes of ${organisation} run with new certificates.`);
  if (!isToBeProposed) return;
  print('But its orderer: have the new public file proposed and handed in, then stop and start the orderer.');
}

/** `block-events`: who may follow whole blocks. */
export async function blockEvents(options: CommonOptions & { readonly policy?: string }): Promise<void> {
  const { layout } = await running(options);
  const policy = options.policy ?? readConsortium(options.consortium).blockEvents;
  if (policy === undefined) throw new Error('The description names no blockEvents; say --policy.');
  const changed = await setBlockEvents(layout, policy);
  print(`Whole blocks are for ${policy}${changed ? '' : ', as before'}.`);
}

/** `stop`: one node stops. */
export async function stopOne(node: string, options: CommonOptions): Promise<void> {
  const { layout } = await running(options);
  await (await controlNetwork(layout.root)).stopNode(node);
  print(`${node} has stopped.`);
}

/** `start`: one node starts. */
export async function startOne(node: string, options: CommonOptions): Promise<void> {
  const { layout } = await running(options);
  await (await controlNetwork(layout.root)).startNode(node);
  print(`${node} serves.`);
}

async function running(options: CommonOptions): Promise<FabricNetwork> {
  if (options.on !== 'fabric') throw new Error('This command is for --on fabric.');
  findPrograms();
  const { layout } = existing(options);
  return openNetwork({ stateDir: layout.root, consortiumFile: descriptionOf(layout) });
}

/** `administration`: who governs the channel. */
export async function administration(options: CommonOptions & { readonly policy?: string }): Promise<void> {
  const { layout } = await running(options);
  const policy = options.policy ?? readConsortium(options.consortium).administration;
  if (policy === undefined) throw new Error('The description names no administration; say --policy.');
  const changed = await setAdministration(layout, policy);
  print(changed ? `From now on the channel is governed by ${policy}.` : 'The channel says so already.');
}
