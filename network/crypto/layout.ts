import { join } from 'node:path';

/** Where an organisation's roots, public MSP and nodes lie below its folder. */
export const FOLDERS = { ca: 'ca', tlsCa: 'tlsca', msp: 'msp' } as const;

export type NodeName = 'peer' | 'orderer' | 'admin' | 'ca-server' | 'chaincode';

export interface Node {
  /** The folder below the organisation's, with `msp` and `tls` in it. */
  readonly name: NodeName;
  /** First label of its host name. */
  readonly service: string;
  /** The organisational unit by which Fabric tells what an identity may do; without it the node has TLS only. */
  readonly unit?: 'peer' | 'orderer' | 'admin';
  /** The stem of its TLS file names, as Fabric's tools write them. */
  readonly tlsStem: 'server' | 'client';
}

export const NODES: readonly Node[] = [
  { name: 'peer', service: 'peer', unit: 'peer', tlsStem: 'server' },
  { name: 'orderer', service: 'orderer', unit: 'orderer', tlsStem: 'server' },
  { name: 'admin', service: 'admin', unit: 'admin', tlsStem: 'client' },
  { name: 'ca-server', service: 'ca', tlsStem: 'server' },
  { name: 'chaincode', service: 'chaincode', tlsStem: 'server' },
];

/**
 * The node of this name.
 *
 * @throws Error when no organisation has such a node.
 */
export function nodeOf(name: NodeName): Node {
  const node = NODES.find((one) => one.name === name);
  if (!node) throw new Error(`There is no node ${name}.`);
  return node;
}

/** Where a node keeps the certificate and key by which it signs, in the form that Fabric reads. */
export function mspFolder(organisationDir: string, name: NodeName): string {
  return join(organisationDir, name, 'msp');
}

/** Where a node keeps the certificate and key of its TLS connections. */
export function tlsFolder(organisationDir: string, name: NodeName): string {
  return join(organisationDir, name, 'tls');
}
