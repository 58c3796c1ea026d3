import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument, stringify } from 'yaml';
import { readConsortium, type Consortium } from '../consortium.js';
import { ensureMaterial, ensureMembers } from '../crypto/ensure.js';
import type { MemberMaterial } from '../crypto/material.js';
import { configtx, materialOf, type Materials } from './config/configtx.js';
import { swapFolder } from '../crypto/folder.js';
import { membersMspFiles } from '../crypto/node-files.js';
import { coreYaml } from './config/core-yaml.js';
import type { CaSurroundings, Surroundings } from './config/environment.js';
import { ordererYaml } from './config/orderer-yaml.js';
import { layoutOf, type Layout } from './layout.js';
import { nativeSite, type Site } from './site.js';
import { membersOf, type Member } from './topology.js';

/** A Fabric network as its description, its folder and its keys define it; its nodes may or may not run. */
export interface FabricNetwork {
  readonly consortium: Consortium;
  readonly layout: Layout;
  readonly site: Site;
  readonly materials: Materials;
  /** The members without a node whose keys are here, by organisation name. */
  readonly members: ReadonlyMap<string, MemberMaterial>;
}

export interface NetworkOptions {
  readonly stateDir: string;
  /** The description that a new network is made from. */
  readonly consortiumFile: string;
  /** Moves the ports of a new network; REST ports move with them. */
  readonly portBase?: number;
  /** `false` for a new network whose orderers are reached directly, whatever its description says. */
  readonly hasDoors?: false;
}

/** The folder of the external builder, from which a peer learns where its chaincodes run. */
export const BUILDER = fileURLToPath(new URL('../../fabric/builder', import.meta.url));

/**
 * Opens the native network in its folder, making keys and configuration files that are missing. The folder keeps the
 * description that the network was made from, with the banks that have since joined.
 *
 * @throws Error when the description is not valid.
 */
export async function openNetwork(
  options: NetworkOptions,
  siteOf?: (consortium: Consortium, layout: Layout) => Site,
): Promise<FabricNetwork> {
  const layout = layoutOf(options.stateDir);
  const file = keepDescription(layout, options);
  const described = readConsortium(file);
  const site = siteOf?.(described, layout) ?? nativeSite(BUILDER);
  // Containers have no doors yet: there an orderer is reached by its own name.
  const consortium = site.kind === 'docker' ? { ...described, doors: false as const } : described;
  const all = await ensureMaterial(consortium, layout.crypto);
  const materials = new Map(all.map((material) => [material.name, material]));
  const withoutNode = await ensureMembers(consortium, layout.crypto);
  const members = new Map(withoutNode.map((material) => [material.name, material]));
  const network = { consortium, layout, site, materials, members };
  writeConfiguration(network);
  return network;
}

/** Where the network's own copy of its description lies. */
export function descriptionOf(layout: Layout): string {
  return join(layout.root, 'consortium.yaml');
}

/** What the generators need to know of one member. */
export function surroundings({ site, layout, materials }: FabricNetwork, member: Member): Surroundings {
  return { site, layout, member, material: materialOf(materials, member) };
}

/** What the generators need to know of a member's certificate authority, whether or not it has a node. */
export function caSurroundings(
  { site, layout, materials, members }: FabricNetwork,
  member: Member,
): CaSurroundings {
  const { name } = member.organisation;
  return { site, layout, member, material: members.get(name) ?? materialOf(materials, member) };
}

/** What the generators need to know of every member with a node, in the order of the description. */
export function everyMember(network: FabricNetwork): Surroundings[] {
  return membersOf(network.consortium).map((member) => surroundings(network, member));
}

function keepDescription(layout: Layout, { consortiumFile, portBase, hasDoors }: NetworkOptions): string {
  const kept = descriptionOf(layout);
  if (existsSync(kept)) return kept;
  const document = parseDocument(readFileSync(consortiumFile, 'utf8'));
  if (portBase !== undefined) {
    document.setIn(['ports', 'network'], portBase);
    document.setIn(['ports', 'rest'], portBase - 3000);
  }
  if (hasDoors === false) document.set('doors', false);
  mkdirSync(layout.root, { recursive: true });
  writeFileSync(kept, document.toString());
  return kept;
}

function writeConfiguration({ consortium, layout, site, materials, members }: FabricNetwork): void {
  mkdirSync(layout.config, { recursive: true });
  const roots = [...members.values()].map(({ ca }) => ca.cert);
  // Anew: a root that is no longer a member's must not stay.
  rmSync(layout.membersMsp, { recursive: true, force: true });
  swapFolder(layout.membersMsp, membersMspFiles(roots));
  const files = {
    core: coreYaml(site),
    orderer: ordererYaml(),
    configtx: configtx(consortium, site, materials, layout.membersMsp),
  };
  for (const [name, content] of Object.entries(files)) {
    // Without aliases: configtxgen's YAML reader differs from ours in how it joins them.
    writeFileSync(join(layout.config, `${name}.yaml`), stringify(content, { aliasDuplicateObjects: false }));
  }
}
