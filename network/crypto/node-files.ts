import 'reflect-metadata';
import { type KeyObject, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';
import { stringify } from 'yaml';
import type { Files } from './folder.js';
import { type Issuer, issueCertificate } from './issue.js';
import { keyToPem, newKey, publicKeyOf } from './keys.js';
import type { Node } from './layout.js';

/** What a certificate of a node is made from. */
export interface NodeContext {
  readonly ca: Issuer;
  readonly tlsCa: Issuer;
  readonly organisation: string;
  readonly domain: string;
  /** Where others reach the node, when that is elsewhere. */
  readonly host?: string | undefined;
  readonly now: Date;
  readonly days: number;
}

/** The files of an MSP that Fabric's programs check others by: roots and the units that tell peers from people. */
export function publicMspFiles(ca: string, tlsCa: string): Files {
  return {
    'cacerts/ca.pem': { text: ca },
    'tlscacerts/tlsca.pem': { text: tlsCa },
    'config.yaml': { text: nodeUnits() },
  };
}

/**
 * The public MSP that all members without a node share: the roots of each, and people alone. Fabric asks for a unit of
 * administrators, and no policy names it.
 *
 * @param roots PEM of one each.
 */
export function membersMspFiles(roots: readonly string[]): Files {
  const units = {
    Enable: true,
    ClientOUIdentifier: { OrganizationalUnitIdentifier: 'client' },
    AdminOUIdentifier: { OrganizationalUnitIdentifier: 'admin' },
  };
  const certificates = roots.map((text) => {
    const { fingerprint256 } = new X509Certificate(text);
    return [`cacerts/${fingerprint256.replaceAll(':', '').toLowerCase()}.pem`, { text }] as const;
  });
  return { ...Object.fromEntries(certificates), 'config.yaml': { text: stringify({ NodeOUs: units }) } };
}

/** The files of a local MSP: the public part, a signing certificate with the node's unit, and its key. */
export async function mspFiles(node: Node, context: NodeContext, key: KeyObject = newKey()): Promise<Files> {
  const cert = await issueCertificate(context.ca, {
    subject: [{ OU: [node.unit ?? 'client'] }, { CN: [hostName(node, context)] }],
    publicKey: publicKeyOf(key),
    now: context.now,
    days: context.days,
    usages: [x509.KeyUsageFlags.digitalSignature],
  });
  return {
    ...publicMspFiles(context.ca.cert, context.tlsCa.cert),
    'signcerts/cert.pem': { text: cert },
    'keystore/key.pem': { text: keyToPem(key), secret: true },
  };
}

/** The files of a node's TLS folder. Servers are clients too: orderers and peers call one another. */
export async function tlsFiles(node: Node, context: NodeContext, key: KeyObject = newKey()): Promise<Files> {
  const names = ['localhost', hostName(node, context), `${node.service}-${context.organisation}`];
  // The door before an orderer shows the orderer's certificate; in containers it has a name of its own.
  if (node.name === 'orderer') names.push(`door.${context.organisation}.${context.domain}`);
  const addresses = ['127.0.0.1'];
  // A client that is given an address looks for an address, not for a name that reads like one.
  if (context.host !== undefined) (isIP(context.host) === 0 ? names : addresses).push(context.host);
  const cert = await issueCertificate(context.tlsCa, {
    subject: [{ CN: [hostName(node, context)] }],
    publicKey: publicKeyOf(key),
    now: context.now,
    days: context.days,
    usages: [x509.KeyUsageFlags.digitalSignature, x509.KeyUsageFlags.keyEncipherment],
    extensions: [
      new x509.ExtendedKeyUsageExtension([
        x509.ExtendedKeyUsage.serverAuth,
        x509.ExtendedKeyUsage.clientAuth,
      ]),
      new x509.SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: 'dns' as const, value })),
        ...addresses.map((value) => ({ type: 'ip' as const, value })),
      ]),
    ],
  });
  return {
    'ca.crt': { text: context.tlsCa.cert },
    [`${node.tlsStem}.crt`]: { text: cert },
    [`${node.tlsStem}.key`]: { text: keyToPem(key), secret: true },
  };
}

function hostName(node: Node, { organisation, domain }: NodeContext): string {
  return `${node.service}.${organisation}.${domain}`;
}

function nodeUnits(): string {
  const unit = (name: string) => ({ Certificate: 'cacerts/ca.pem', OrganizationalUnitIdentifier: name });
  return stringify({
    NodeOUs: {
      Enable: true,
      ClientOUIdentifier: unit('client'),
      PeerOUIdentifier: unit('peer'),
      AdminOUIdentifier: unit('admin'),
      OrdererOUIdentifier: unit('orderer'),
    },
  });
}
