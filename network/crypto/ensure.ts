import { join } from 'node:path';
import type { Consortium, Organisation } from '../consortium.js';
import { ensureFolder } from './folder.js';
import { issueRoot } from './issue.js';
import { keyToPem, newKey } from './keys.js';
import { FOLDERS, NODES, type Node, mspFolder, tlsFolder } from './layout.js';
import type { AuthorityMaterial, Lifetimes, MemberMaterial, OrganisationMaterial } from './material.js';
import { type NodeContext, mspFiles, publicMspFiles, tlsFiles } from './node-files.js';
import { readAuthority, readMaterial, readMember } from './read.js';

/** Roots outlive the consortium's first decades; what they sign is renewed with `renewCertificate`. */
export const DEFAULT_LIFETIMES: Lifetimes = { root: 7300, node: 1825 };

/** Of how many members without a node the keys are made at the same time: there may be hundreds, and signing takes turns. */
const atOnce = 8;

export interface MaterialOptions {
  readonly clock?: () => Date;
  readonly lifetimes?: Lifetimes;
}

/**
 * Makes what is missing of the keys and certificates of every organisation with a node, in `<dir>/<organisation name>`,
 * and reads all of it. What is there stays: a second call changes nothing, and an organisation that joins the
 * description gets its own. Safe to kill at any moment.
 */
export async function ensureMaterial(
  consortium: Pick<Consortium, 'organisations' | 'domain'>,
  dir: string,
  options: MaterialOptions = {},
): Promise<OrganisationMaterial[]> {
  const materials: OrganisationMaterial[] = [];
  for (const organisation of consortium.organisations.filter(({ node }) => node)) {
    await ensureOrganisation(organisation, consortium.domain, dir, options);
    materials.push(readMaterial(dir, organisation));
  }
  return materials;
}

/** The same of the members without a node: each has a certificate authority and nothing else. */
export async function ensureMembers(
  consortium: Pick<Consortium, 'organisations' | 'domain'>,
  dir: string,
  options: MaterialOptions = {},
): Promise<MemberMaterial[]> {
  const organisations = consortium.organisations.filter(({ node }) => !node);
  const members: MemberMaterial[] = [];
  for (let from = 0; from < organisations.length; from += atOnce) {
    const some = organisations.slice(from, from + atOnce);
    await Promise.all(some.map((one) => ensureOrganisation(one, consortium.domain, dir, options)));
    members.push(...some.map((one) => readMember(dir, one)));
  }
  return members;
}

async function ensureOrganisation(
  { name, orderer, node: hasNode, host }: Organisation,
  domain: string,
  dir: string,
  { clock = () => new Date(), lifetimes = DEFAULT_LIFETIMES }: MaterialOptions,
): Promise<void> {
  const own = join(dir, name);
  const root = (service: string, folder: string) =>
    ensureRoot(join(own, folder), `${service}.${name}.${domain}`, clock(), lifetimes.root);
  const ca = await root('ca', FOLDERS.ca);
  const tlsCa = await root('tlsca', FOLDERS.tlsCa);
  const context: NodeContext = {
    ca,
    tlsCa,
    organisation: name,
    domain,
    host,
    now: clock(),
    days: lifetimes.node,
  };

  await ensureFolder(join(own, FOLDERS.msp), () => publicMspFiles(ca.cert, tlsCa.cert));
  for (const node of NODES.filter((one) => isRun(one, { orderer, node: hasNode }))) {
    if (node.unit) await ensureFolder(mspFolder(own, node.name), () => mspFiles(node, context));
    await ensureFolder(tlsFolder(own, node.name), () => tlsFiles(node, context));
  }
}

function isRun({ name, unit }: Node, organisation: Pick<Organisation, 'orderer' | 'node'>): boolean {
  if (!organisation.node) return name === 'ca-server';
  return organisation.orderer || unit !== 'orderer';
}

async function ensureRoot(folder: string, name: string, now: Date, days: number): Promise<AuthorityMaterial> {
  await ensureFolder(folder, async () => {
    const key = newKey();
    const cert = await issueRoot(
      [{ O: [name.slice(name.indexOf('.') + 1)] }, { CN: [name] }],
      key,
      now,
      days,
    );
    return { 'cert.pem': { text: cert }, 'key.pem': { text: keyToPem(key), secret: true } };
  });
  return readAuthority(folder);
}
