import type { Ports } from '../../consortium.js';

/** The nodes of one organisation in its cluster. */
export type NodeKindInCluster = 'ca' | 'peer' | 'orderer' | 'door' | 'chaincode' | 'gateway';

/**
 * A port, and who may connect to it: everybody, the orderers of the consortium and the own door, those who operate it, or one
 * node of the organisation.
 */
export interface NodePort {
  readonly name: string;
  readonly port: number;
  readonly from: 'everybody' | 'orderers' | 'operators' | 'peer' | 'gateway';
}

/** The port on which a node listens, and the pages by which it says that it lives and that it can be asked. */
export interface Probe {
  readonly port: number;
  readonly live?: string;
  readonly ready?: string;
  /** Without it the pages are asked for over plain HTTP. */
  readonly scheme?: 'HTTPS';
}

/**
 * Who calls whom. Peers and orderers are called by other organisations, whose certificates they check; the certificate
 * authority is by the gateway alone, through which people enrol.
 *
 * @param hasDoor whether a door stands before the orderer, which then nobody but other orderers reaches.
 */
export function portsOfNodes(
  ports: Ports,
  hasDoor: boolean,
): Readonly<Record<NodeKindInCluster, readonly NodePort[]>> {
  return {
    ca: [{ name: 'ca', port: ports.ca, from: 'gateway' }],
    peer: [
      { name: 'peer', port: ports.peer, from: 'everybody' },
      { name: 'operations', port: ports.operations, from: 'operators' },
    ],
    orderer: [
      { name: 'orderer', port: ports.orderer, from: hasDoor ? 'orderers' : 'everybody' },
      { name: 'admin', port: ports.ordererAdmin, from: 'operators' },
      { name: 'operations', port: ports.ordererOperations, from: 'operators' },
    ],
    door: [{ name: 'door', port: ports.door, from: 'everybody' }],
    chaincode: [{ name: 'chaincode', port: ports.chaincode, from: 'peer' }],
    gateway: [{ name: 'rest', port: ports.rest, from: 'everybody' }],
  };
}

/**
 * What the cluster asks a node to know how it is.
 *
 * @param tls of the gateway: a cluster has no certificate to show, so where one is required it sees whether the port is open.
 */
export function probesOfNodes(
  ports: Ports,
  tls?: Readonly<Record<string, unknown>>,
): Readonly<Record<NodeKindInCluster, Probe>> {
  const well = (port: number) => ({ port, live: '/healthz', ready: '/healthz' });
  return {
    ca: { port: ports.ca },
    peer: well(ports.operations),
    orderer: well(ports.ordererOperations),
    door: { port: ports.door },
    chaincode: { port: ports.chaincode },
    gateway: {
      port: ports.rest,
      ...(tls?.['clientCertificates'] !== 'required' && { live: '/livez', ready: '/readyz' }),
      ...(tls !== undefined && tls['clientCertificates'] !== 'required' && { scheme: 'HTTPS' as const }),
    },
  };
}
