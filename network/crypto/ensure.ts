import { join } from 'node:path';
import type { Consortium, Organisation } from '../consortium.js';
import { ensureFolder } from './folder.js';
import { issueRoot } from './issue-root.js';
import { keyToPem, newKey } from './keys.js';
import { FOLDERS, NODES, mspFolder, nodeOf, tlsFolder } from './layout.js';
import type {
  AuthorityMaterial,
  CaMaterial,
  Lifetimes,
  MemberMaterial,
  OrganisationMaterial,
} from './material.js';
import { type NodeContext, mspFiles, publicMspFiles, tlsFiles } from './node-files.js';
import { readAuthority, readMaterial, readMember, readTls } from './read.js';

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

/**
 * The same of the members without a node. Each has one root: it issues its people's certificates, and the one of its
 * certificate authority's own server (`ensureCaServer`), which is the only server that it runs.
 */
export async function ensureMembers(
  consortium: Pick<Consortium, 'organisations' | 'domain'>,
  dir: string,
  options: MaterialOptions = {},
): Promise<MemberMaterial[]> {
  const organisations = consortium.organisations.filter(({ node }) => !node);
  const members: MemberMaterial[] = [];
  for (let from = 0; from < organisations.length; from += atOnce) {
    const some = organisations.slice(from, from + atOnce);
    await Promise.all(some.map((one) => ensureRoot(FOLDERS.ca, one, consortium.domain, dir, options)));
    members.push(...some.map((one) => readMember(dir, one)));
  }
  return members;
}

/** Makes, where it is missing, what the server of an organisation's certificate authority shows, and reads it. */
export async function ensureCaServer<T extends MemberMaterial>(
  material: T,
  { organisations, domain }: Pick<Consortium, 'organisations' | 'domain'>,
  { clock = () => new Date(), lifetimes = DEFAULT_LIFETIMES }: MaterialOptions = {},
): Promise<T & CaMaterial> {
  const { name: organisation, dir, ca, tlsCa } = material;
  const host = organisations.find(({ name }) => name === organisation)?.host;
  const context = { ca, tlsCa, organisation, domain, host, now: clock(), days: lifetimes.node };
  await ensureFolder(tlsFolder(dir, 'ca-server'), () => tlsFiles(nodeOf('ca-server'), context));
  return { ...material, caTls: readTls(dir, 'ca-server') };
}

async function ensureOrganisation(
  organisation: Organisation,
  domain: string,
  dir: string,
  options: MaterialOptions,
): Promise<void> {
  const { name, orderer, host } = organisation;
  const { clock = () => new Date(), lifetimes = DEFAULT_LIFETIMES } = options;
  const own = join(dir, name);
  const ca = await ensureRoot(FOLDERS.ca, organisation, domain, dir, options);
  const tlsCa = await ensureRoot(FOLDERS.tlsCa, organisation, domain, dir, options);
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
  for (const node of NODES.filter(({ unit }) => orderer || unit !== 'orderer')) {
    if (node.unit) await ensureFolder(mspFolder(own, node.name), () => mspFiles(node, context));
    await ensureFolder(tlsFolder(own, node.name), () => tlsFiles(node, context));
  }
}

async function ensureRoot(
  service: typeof FOLDERS.ca | typeof FOLDERS.tlsCa,
  { name }: Organisation,
  domain: string,
  dir: string,
  { clock = () => new Date(), lifetimes = DEFAULT_LIFETIMES }: MaterialOptions,
): Promise<AuthorityMaterial> {
  const folder = join(dir, name, service);
  await ensureFolder(folder, () => {
    const key = newKey();
    const subject = [{ O: [`${name}.${domain}`] }, { CN: [`${service}.${name}.${domain}`] }];
    const cert = issueRoot(subject, key, clock(), lifetimes.root);
    return { 'cert.pem': { text: cert }, 'key.pem': { text: keyToPem(key), secret: true } };
  });
  return readAuthority(folder);
}
