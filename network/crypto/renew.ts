import { join } from 'node:path';
import type { Consortium } from '../consortium.js';
import { DEFAULT_LIFETIMES, type MaterialOptions } from './ensure.js';
import { swapFolder } from './folder.js';
import { keyFromPem } from './keys.js';
import { FOLDERS, type NodeName, mspFolder, nodeOf, tlsFolder } from './layout.js';
import type { OrganisationMaterial } from './material.js';
import { type NodeContext, mspFiles, tlsFiles } from './node-files.js';
import { readAuthority, readMaterial, readSigningIdentity, readTls } from './read.js';

export interface Renewal extends MaterialOptions {
  readonly organisation: string;
  readonly node: NodeName;
  /** The signing identity, or the TLS certificate. */
  readonly part: 'msp' | 'tls';
  /** A new key as well; without it the key stays, and so does whatever others have pinned to it. */
  readonly newKey?: boolean;
}

/**
 * Replaces one certificate by a fresh one from the same root, under the same name. The node reads it when it
 * starts next.
 *
 * @throws Error when the organisation, or that part of it, is not there.
 */
export async function renewCertificate(
  consortium: Pick<Consortium, 'organisations' | 'domain'>,
  dir: string,
  { organisation: name, node: nodeName, part, newKey = false, clock, lifetimes }: Renewal,
): Promise<OrganisationMaterial> {
  const organisation = consortium.organisations.find((one) => one.name === name);
  if (!organisation) throw new Error(`The consortium has no organisation ${name}.`);
  const own = join(dir, name);
  const node = nodeOf(nodeName);
  const context: NodeContext = {
    ca: readAuthority(join(own, FOLDERS.ca)),
    tlsCa: readAuthority(join(own, FOLDERS.tlsCa)),
    organisation: name,
    domain: consortium.domain,
    host: organisation.host,
    now: clock?.() ?? new Date(),
    days: (lifetimes ?? DEFAULT_LIFETIMES).node,
  };

  if (part === 'msp') {
    const folder = mspFolder(own, nodeName);
    const { key } = readSigningIdentity(folder, organisation.msp);
    swapFolder(folder, await mspFiles(node, context, newKey ? undefined : key));
  } else {
    const key = keyFromPem(readTls(own, nodeName).key);
    swapFolder(tlsFolder(own, nodeName), await tlsFiles(node, context, newKey ? undefined : key));
  }
  return readMaterial(dir, organisation);
}
