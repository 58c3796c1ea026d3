import { posix, relative, sep } from 'node:path';
import type { Member } from './topology.js';

/** The listening services of an organisation, by the name of their port. */
export type Service =
  'peer' | 'ca' | 'chaincode' | 'orderer' | 'door' | 'ordererAdmin' | 'operations' | 'ordererOperations';

/**
 * Where the nodes run. The same generators write the configuration of a native and of a container network;
 * what differs is the path under which a node sees the state folder and the names under which nodes find each other.
 */
export interface Site {
  readonly kind: 'native' | 'docker' | 'kubernetes';
  /** A file or folder of the state folder, given as this machine names it, as the nodes see it. */
  seen(file: string): string;
  /** `host:port` under which others reach the service. */
  address(member: Member, service: Service): string;
  /** The host that the service binds. */
  readonly listenHost: string;
  /** The folder of the external builder of chaincode as a service. */
  readonly builder: string;
}

/** The first label of the host that serves it. */
const SERVING: Record<Service, string> = {
  peer: 'peer',
  operations: 'peer',
  ca: 'ca',
  chaincode: 'chaincode',
  orderer: 'orderer',
  door: 'door',
  ordererAdmin: 'orderer',
  ordererOperations: 'orderer',
};

/** Everything on this machine, on loopback; others reach it as `localhost`, or under the host that its organisation names. */
export function nativeSite(builder: string): Site {
  return {
    kind: 'native',
    seen: (file) => file,
    address: ({ organisation, ports }, service) => `${organisation.host ?? 'localhost'}:${ports[service]}`,
    listenHost: '127.0.0.1',
    builder,
  };
}

/**
 * Each node in a pod of its organisation's cluster, which sees the files where a container of Compose sees them. Others find
 * it under the host that the organisation names, or under the name of the node.
 */
export function kubernetesSite(domain: string, stateDir: string): Site {
  const contained = dockerSite(domain, stateDir);
  return {
    ...contained,
    kind: 'kubernetes',
    address: (member, service) =>
      member.organisation.host === undefined
        ? contained.address(member, service)
        : `${member.organisation.host}:${member.ports[service]}`,
  };
}

/** Each node in a container that is named like the node, with the state folder mounted at one place. */
export function dockerSite(domain: string, stateDir: string): Site {
  return {
    kind: 'docker',
    seen: (file) => posix.join('/var/pledgeonce', relative(stateDir, file).split(sep).join('/')),
    address: (member, service) =>
      `${SERVING[service]}.${member.organisation.name}.${domain}:${member.ports[service]}`,
    listenHost: '0.0.0.0',
    builder: '/var/pledgeonce-builder',
  };
}
