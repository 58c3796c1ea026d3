import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Organisation } from '../../consortium.js';
import { readConsortium } from '../../consortium.js';
import { readAuthority, readSigningIdentity } from '../../crypto/read.js';
import { FOLDERS, mspFolder } from '../../crypto/layout.js';
import { renewCertificate } from '../../crypto/renew.js';
import { revokedCertificates } from '../../crypto/revoke.js';
import { writeConnectionProfile } from '../connection.js';
import { layoutOf, type Layout } from '../layout.js';
import {
  descriptionOf,
  keepDescription,
  openNetwork,
  ownerOf,
  type FabricNetwork,
  type NetworkOptions,
} from '../network.js';
import { fingerprintsOf, isSame, keepPublicFile, readPublicFile, type PublicFile } from '../public-file.js';
import { keepRevocationList, revocationListsOf } from '../revocations.js';
import { describe, type NewMember } from './add-organisation.js';
import { changeLine } from './description.js';

/**
 * Makes the folder of one organisation: its keys, which nobody else gets, and its public file, which everybody gets.
 *
 * @param joins what it says of itself, where the description does not name it yet.
 * @throws Error when the folder is of something else.
 */
export async function initialise(
  options: NetworkOptions,
  name: string,
  joins: { readonly member?: Omit<NewMember, 'name'>; readonly host?: string; readonly listen?: string },
): Promise<{
  readonly network: FabricNetwork;
  readonly file: string;
  readonly fingerprints: readonly string[];
}> {
  const layout = layoutOf(options.stateDir);
  const owner = ownerOf(layout);
  const isNew = !existsSync(layout.root) || readdirSync(layout.root).length === 0;
  if (owner === undefined ? !isNew : owner !== name) {
    throw new Error(`${layout.root} is the folder of ${owner ?? 'another network'}.`);
  }
  keepDescription(layout, options);
  if (joins.member) describe(layout, { name, ...joins.member });
  const { organisations } = readConsortium(descriptionOf(layout));
  if (!organisations.some((one) => one.name === name))
    throw new Error(`The description has no ${name}: say --msp, --title and --kind.`);
  const { host, listen } = joins;
  changeLine(layout, name, { ...(host !== undefined && { host }), ...(listen !== undefined && { listen }) });
  writeFileSync(layout.owner, `${name}\n`);
  const network = await reopen(layout);
  writeConnectionProfile(network);
  const file = join(layout.publicFiles, `${name}.json`);
  return { network, file, fingerprints: fingerprintsOf(readPublicFile(file)) };
}

/**
 * Takes in the public files of other organisations. One that the description does not name joins it.
 *
 * @returns the network with them, and what people compare in another way than that by which the files came.
 * @throws Error when one is not what it says, or not what the description says of it.
 */
export async function accept(
  layout: Layout,
  files: readonly string[],
): Promise<{ readonly network: FabricNetwork; readonly accepted: readonly PublicFile[] }> {
  const accepted = files.map((file) => readPublicFile(file));
  for (const content of accepted) {
    const { name, msp, title, kind, node } = content.organisation;
    if (ownerOf(layout) === name) throw new Error(`${name} is the owner of this folder.`);
    assertDescribed(layout, content);
    describe(layout, { name, msp, title, kind, node });
    keepPublicFile(layout, content);
  }
  const network = await reopen(layout);
  writeConnectionProfile(network);
  return { network, accepted };
}

/** What decides over rights is for the description, which all have agreed on, not for the file. */
function assertDescribed(layout: Layout, { organisation }: PublicFile): void {
  const { organisations } = readConsortium(descriptionOf(layout));
  const known = organisations.find((one) => one.name === organisation.name || one.msp === organisation.msp);
  if (known === undefined) {
    if (!organisation.government && !organisation.orderer) return;
    throw new Error('Who governs or orders has to be in the description first.');
  }
  const keys: readonly (keyof Organisation)[] = ['kind', 'government', 'orderer', 'node'];
  const unlike = keys.find((key) => known[key] !== organisation[key]);
  if (!isSame(known, organisation))
    throw new Error(`${known.title} (${known.name}, ${known.msp}) is there already.`);
  if (unlike !== undefined) throw new Error(`The description says otherwise of ${known.name}: ${unlike}.`);
}

/**
 * Gives an organisation's administrator a new key and certificate, and puts the former certificate on a list of those that
 * count no more. Until the channel has that list, the former counts too.
 *
 * @throws Error when the organisation has no node, and so no administrator.
 */
export async function replaceAdministrator(
  network: FabricNetwork,
  { name, msp, node }: Organisation,
): Promise<void> {
  if (!node) throw new Error(`${name} has no node, and so no administrator in the channel.`);
  const { consortium, layout } = network;
  const own = join(layout.organisations, name);
  const former = readSigningIdentity(mspFolder(own, 'admin'), msp).cert;
  const lists = revocationListsOf(layout, name, 'nodes');
  const list = await revokedCertificates(readAuthority(join(own, FOLDERS.ca)), former, lists[0]);
  const parts = { organisation: name, node: 'admin', newKey: true } as const;
  await renewCertificate(consortium, layout.organisations, { ...parts, part: 'msp' });
  await renewCertificate(consortium, layout.organisations, { ...parts, part: 'tls' });
  keepRevocationList(layout, name, 'nodes', list);
  await reopen(layout);
}

/** The network in its folder, after the folder has changed. */
export async function reopen(layout: Layout): Promise<FabricNetwork> {
  return openNetwork({ stateDir: layout.root, consortiumFile: descriptionOf(layout) });
}
