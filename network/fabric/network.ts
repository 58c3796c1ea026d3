import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument, stringify } from 'yaml';
import { placesOf, readConsortium, type Consortium, type Organisation } from '../consortium.js';
import { ensureCaServer, ensureMaterial, ensureMembers } from '../crypto/ensure.js';
import type { CaMaterial, OrganisationMaterial } from '../crypto/material.js';
import { coreYaml } from './config/core-yaml.js';
import type { CaSurroundings, Surroundings } from './config/environment.js';
import { ordererYaml } from './config/orderer-yaml.js';
import { writePublicMsps } from './config/public-msps.js';
import { isHere, layoutOf, type Layout } from './layout.js';
import {
  hasPublicFile,
  isSame,
  keepPublicFile,
  publicFileOf,
  publicFilesIn,
  type PublicFile,
} from './public-file.js';
import { nativeSite, type Site } from './site.js';
import { membersOf, type Member } from './topology.js';

/** A Fabric network as its description, its folder and the keys in it define it; its nodes may or may not run. */
export interface FabricNetwork {
  readonly consortium: Consortium;
  readonly layout: Layout;
  readonly site: Site;
  /** What each organisation shows to all, as far as it has been handed over, by organisation name. */
  readonly publicFiles: ReadonlyMap<string, PublicFile>;
  /** The keys that are here, by organisation name: everybody's of a developer, one's own of an operator. */
  readonly materials: ReadonlyMap<string, OrganisationMaterial>;
  /** The members without a node whose keys are here. */
  readonly members: ReadonlyMap<string, CaMaterial>;
}

export interface NetworkOptions {
  readonly stateDir: string;
  /** The description that a new network is made from. */
  readonly consortiumFile: string;
  /** Moves the ports of a new network; REST ports move with them, unless they are moved for themselves. */
  readonly portBase?: number;
  readonly restBase?: number;
  /** `false` for a new network whose orderers are reached directly, whatever its description says. */
  readonly hasDoors?: false;
}

/** The folder of the external builder, from which a peer learns where its chaincodes run. */
export const BUILDER = fileURLToPath(new URL('../../fabric/builder', import.meta.url));

/**
 * Opens the native network in its folder, making keys and configuration files that are missing: of the one organisation
 * whose folder it is, or where it is nobody's, of all but those that have only handed over their public file. The folder keeps the description that the network was made from, with
 * the banks that have since joined.
 *
 * @throws Error when the description is not valid, or the keys are gone of the organisation whose folder it is.
 */
export async function openNetwork(
  options: NetworkOptions,
  siteOf?: (consortium: Consortium, layout: Layout) => Site,
): Promise<FabricNetwork> {
  const layout = layoutOf(options.stateDir);
  const file = keepDescription(layout, options);
  const consortium = readConsortium(file);
  assertKept(layout, consortium);
  const site = siteOf?.(consortium, layout) ?? nativeSite(BUILDER);
  const own = placesOf(consortium).filter(({ organisation }) => isOurs(layout, organisation));
  const ours = { ...consortium, organisations: own.map(({ organisation }) => organisation) };
  const materials = byName(await ensureMaterial(ours, layout.organisations));
  const members = byName(await ensureCas(ours, layout));
  for (const member of own) {
    const { name } = member.organisation;
    const material = materials.get(name) ?? members.get(name);
    if (material) keepPublicFile(layout, publicFileOf({ consortium, site, layout }, member, material));
  }
  const known = [...publicFilesIn(layout)].filter(([, { organisation }]) =>
    consortium.organisations.some((one) => isSame(one, organisation)),
  );
  const network = { consortium, layout, site, materials, members, publicFiles: new Map(known) };
  writeConfiguration(network);
  return network;
}

/** Who has shown a root to the others would be a stranger to them with a new one: a lost root comes back from a backup. */
function assertKept(layout: Layout, { organisations }: Consortium): void {
  const own = organisations.find(({ name }) => name === ownerOf(layout));
  if (own === undefined || isHere(layout, own) || !hasPublicFile(layout, own)) return;
  throw new Error(
    `The keys of ${own.name} are gone from ${join(layout.organisations, own.name)}: restore them from a backup. ` +
      'New ones would be those of a stranger.',
  );
}

/** The members without a node, with what the server of each one's certificate authority shows. */
async function ensureCas(ours: Consortium, { organisations: dir }: Layout): Promise<CaMaterial[]> {
  const members = await ensureMembers(ours, dir);
  return Promise.all(members.map((one) => ensureCaServer(one, ours)));
}

function isOurs(layout: Layout, organisation: Organisation): boolean {
  const owner = ownerOf(layout);
  if (owner !== undefined) return organisation.name === owner;
  return isHere(layout, organisation) || !hasPublicFile(layout, organisation);
}

/** The organisation whose folder this is; undefined where all keys lie in one folder, as on a developer's machine. */
export function ownerOf({ owner }: Layout): string | undefined {
  return existsSync(owner) ? readFileSync(owner, 'utf8').trim() : undefined;
}

/** Where the network's own copy of its description lies. */
export function descriptionOf(layout: Layout): string {
  return join(layout.root, 'consortium.yaml');
}

/**
 * What the generators need to know of one member whose keys are here.
 *
 * @throws Error when they are not.
 */
export function surroundings({ site, layout, materials }: FabricNetwork, member: Member): Surroundings {
  const material = materials.get(member.organisation.name);
  if (!material) throw new Error(`The keys of ${member.organisation.name} are not here.`);
  return { site, layout, member, material };
}

/** What the generators need to know of a member's certificate authority, whether or not it has a node. */
export function caSurroundings(network: FabricNetwork, member: Member): CaSurroundings {
  const { site, layout, members } = network;
  const material = members.get(member.organisation.name) ?? surroundings(network, member).material;
  return { site, layout, member, material };
}

/** What the generators need to know of every member with a node whose keys are here, in the order of the description. */
export function membersHere(network: FabricNetwork): Surroundings[] {
  return membersOf(network.consortium)
    .filter(({ organisation: { name } }) => network.materials.has(name))
    .map((member) => surroundings(network, member));
}

/**
 * What another organisation has handed over.
 *
 * @throws Error when it has not yet.
 */
export function publicFile(
  { publicFiles, layout }: Pick<FabricNetwork, 'publicFiles' | 'layout'>,
  { organisation: { name } }: Member,
): PublicFile {
  const file = publicFiles.get(name);
  if (!file) throw new Error(`The public file of ${name} is not in ${layout.publicFiles}: accept it first.`);
  return file;
}

/** Copies the description that a new network is made from into its folder, unless one is there. */
export function keepDescription(
  layout: Layout,
  { consortiumFile, portBase, restBase, hasDoors }: NetworkOptions,
): string {
  const kept = descriptionOf(layout);
  if (existsSync(kept)) return kept;
  const document = parseDocument(readFileSync(consortiumFile, 'utf8'));
  if (portBase !== undefined) {
    document.setIn(['ports', 'network'], portBase);
    document.setIn(['ports', 'rest'], portBase - 3000);
  }
  if (restBase !== undefined) document.setIn(['ports', 'rest'], restBase);
  if (hasDoors === false) document.set('doors', false);
  mkdirSync(layout.root, { recursive: true });
  writeFileSync(kept, document.toString());
  return kept;
}

function writeConfiguration(network: FabricNetwork): void {
  const { layout, site } = network;
  mkdirSync(layout.config, { recursive: true });
  for (const [name, content] of Object.entries({ core: coreYaml(site), orderer: ordererYaml() })) {
    writeFileSync(join(layout.config, `${name}.yaml`), stringify(content, { aliasDuplicateObjects: false }));
  }
  writePublicMsps(network);
}

function byName<T extends { readonly name: string }>(all: readonly T[]): Map<string, T> {
  return new Map(all.map((one) => [one.name, one]));
}
