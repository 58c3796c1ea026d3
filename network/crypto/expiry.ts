import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { NODES, type NodeName, mspFolder } from './layout.js';
import { readSigningIdentity, readTls } from './read.js';

/** A certificate of a node, and when it runs out. */
export interface NodeCertificate {
  readonly organisation: string;
  readonly node: NodeName;
  /** The signing identity, or TLS. */
  readonly part: 'msp' | 'tls';
  readonly notAfter: Date;
}

/** The certificates of all nodes in a crypto folder, those that run out first first. */
export function nodeCertificates(
  dir: string,
  organisations: readonly { readonly name: string; readonly msp: string }[],
): NodeCertificate[] {
  const certificates = organisations.flatMap(({ name, msp }) => {
    const own = join(dir, name);
    const of = (node: NodeName, part: 'msp' | 'tls', pem: string): NodeCertificate => ({
      organisation: name,
      node,
      part,
      notAfter: new Date(new X509Certificate(pem).validTo),
    });
    return NODES.filter((node) => existsSync(join(own, node.name))).flatMap(({ name: node, unit }) => [
      ...(unit ? [of(node, 'msp', readSigningIdentity(mspFolder(own, node), msp).cert)] : []),
      of(node, 'tls', readTls(own, node).cert),
    ]);
  });
  return certificates.sort((a, b) => a.notAfter.getTime() - b.notAfter.getTime());
}
