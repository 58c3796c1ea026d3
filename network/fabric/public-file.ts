import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { organisationLine, type Consortium, type Organisation } from '../consortium.js';
import type { MemberMaterial, OrganisationMaterial } from '../crypto/material.js';
import { readRevocationList } from '../embedded/msp/revocation-list.js';
import { orderingAddress } from './doors.js';
import type { Layout } from './layout.js';
import { revocationListsOf } from './revocations.js';
import type { Site } from './site.js';
import type { Member } from './topology.js';
import { writeWhole } from '../write-whole.js';

const pem = z.string().regex(/^-----BEGIN [A-Z0-9 ]+-----\n/, 'PEM');
const address = z.string().regex(/^[a-z0-9.-]+:\d{1,5}$/, 'host:port');

const schema = z.strictObject({
  schema: z.literal(1),
  organisation: organisationLine,
  /** Issues the identities; the root of the MSP. */
  root: pem,
  /** Issues the TLS certificates. */
  tlsRoot: pem,
  revocationLists: z.array(pem),
  /** Where others reach what it runs, `host:port`. */
  endpoints: z.strictObject({
    ca: address,
    peer: address.optional(),
    /** Where other orderers vote. */
    orderer: address.optional(),
    /** Where everybody else asks for blocks and hands in transactions. */
    ordering: address.optional(),
  }),
  /** Of who orders: how the channel knows its orderer. */
  consenter: z.strictObject({ identity: pem, tls: pem }).optional(),
});

/** What an organisation hands to the others, and all that they need of it: no secret is in it. */
export type PublicFile = z.infer<typeof schema>;

/** The public file of an organisation whose keys are here. */
export function publicFileOf(
  {
    consortium,
    site,
    layout,
  }: { readonly consortium: Consortium; readonly site: Site; readonly layout: Layout },
  member: Member,
  material: MemberMaterial | OrganisationMaterial,
): PublicFile {
  const { organisation } = member;
  // Who has given up ordering still has the keys.
  const orderer = organisation.orderer && 'orderer' in material ? material.orderer : undefined;
  return {
    schema: 1,
    // On which address of its machine it listens is nobody else's affair.
    organisation: withoutListen(organisation),
    root: material.ca.cert,
    tlsRoot: material.tlsCa.cert,
    revocationLists: revocationListsOf(layout, organisation.name),
    endpoints: {
      ca: site.address(member, 'ca'),
      ...(organisation.node && { peer: site.address(member, 'peer') }),
      ...(orderer && {
        orderer: site.address(member, 'orderer'),
        ordering: orderingAddress(consortium, site, member),
      }),
    },
    ...(orderer && { consenter: { identity: orderer.identity.cert, tls: orderer.tls.cert } }),
  };
}

function withoutListen({ listen: _own, ...shown }: Organisation): Organisation {
  return shown;
}

/**
 * Reads and checks what an organisation has handed over.
 *
 * @throws Error when it is no public file, or says of itself what its certificates do not bear out.
 */
export function readPublicFile(file: string): PublicFile {
  const result = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!result.success) throw new Error(`${file} is no public file:\n${z.prettifyError(result.error)}`);
  const fault = faultOf(result.data);
  if (fault !== undefined) throw new Error(`${file}: ${fault}`);
  return result.data;
}

/** The public files in the network's folder, by organisation name. */
export function publicFilesIn({ publicFiles }: Layout): Map<string, PublicFile> {
  if (!existsSync(publicFiles)) return new Map();
  const names = readdirSync(publicFiles).filter((name) => name.endsWith('.json'));
  const read = names.map((name) => readPublicFile(join(publicFiles, name)));
  return new Map(read.map((one) => [one.organisation.name, one]));
}

/** Whether an organisation has handed over its public file. */
export function hasPublicFile({ publicFiles }: Layout, { name }: Pick<Organisation, 'name'>): boolean {
  return existsSync(join(publicFiles, `${name}.json`));
}

/** Puts a public file into the network's folder, unless it says what the one that is there does. */
export function keepPublicFile({ publicFiles }: Layout, content: PublicFile): void {
  const file = join(publicFiles, `${content.organisation.name}.json`);
  const text = `${JSON.stringify(content, undefined, 2)}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  writeWhole(file, text);
}

/** What two people compare in another way than that by which the file came: the SHA-256 of each root. */
export function fingerprintsOf({ organisation, root, tlsRoot }: PublicFile): string[] {
  const print = (what: string, certificate: string) =>
    `${organisation.name}: ${what} SHA-256 ${new X509Certificate(certificate).fingerprint256}`;
  return [print('root of identities', root), print('root of TLS         ', tlsRoot)];
}

/** Whether two lines of a description are of the same organisation. */
export function isSame(
  a: Pick<Organisation, 'name' | 'msp'>,
  b: Pick<Organisation, 'name' | 'msp'>,
): boolean {
  return a.name === b.name && a.msp === b.msp;
}

function faultOf({ organisation, root, tlsRoot, revocationLists, endpoints, consenter }: PublicFile) {
  const { node, orderer } = organisation;
  const [identities, tls] = [new X509Certificate(root), new X509Certificate(tlsRoot)];
  for (const one of [identities, tls]) {
    if (!one.ca || !one.verify(one.publicKey)) return 'a root is not one that has signed itself.';
  }
  if (node !== (endpoints.peer !== undefined)) return 'who has a node, and only who has, names its peer.';
  if (orderer !== (consenter !== undefined) || orderer !== (endpoints.orderer !== undefined))
    return 'who orders, and only who does, names its orderer.';
  if (orderer && endpoints.ordering === undefined) return 'it does not say where its orderer is asked.';
  if (consenter && !new X509Certificate(consenter.identity).verify(identities.publicKey))
    return 'its orderer’s certificate is not of its root.';
  if (consenter && !new X509Certificate(consenter.tls).verify(tls.publicKey))
    return 'its orderer’s TLS certificate is not of its root.';
  try {
    for (const list of revocationLists) readRevocationList(list, [identities]);
  } catch {
    return 'a revocation list is not of its root.';
  }
  return undefined;
}
