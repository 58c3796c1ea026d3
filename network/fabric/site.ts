import { posix, relative, sep } from 'node:path';
import type { Organisation } from '../consortium.js';
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
  /** The address that the service binds. */
  listenHost(member: Pick<Member, 'organisation'>, service: Service | 'gateway'): string;
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

/** What others than the organisation itself have a reason to reach; the rest answers this machine alone. */
const FOR_OTHERS: readonly (Service | 'gateway')[] = ['peer', 'ca', 'orderer', 'door'];

/** Where services listen that only this machine may ask. */
const LOOPBACK = '127.0.0.1';

/**
 * Everything on this machine; others reach it as `localhost`, or under the host that its organisation names, where it listens to
 * them.
 */
export function nativeSite(builder: string): Site {
  return {
    kind: 'native',
    seen: (file) => file,
    address: ({ organisation: { host }, ports }, service) =>
      `${FOR_OTHERS.includes(service) ? (host ?? 'localhost') : 'localhost'}:${ports[service]}`,
    listenHost: ({ organisation: { listen } }, service) =>
      FOR_OTHERS.includes(service) ? (listen ?? LOOPBACK) : LOOPBACK,
    builder,
  };
}

/** Under which address this machine finds what listens to others. */
export function foundHere({ listen }: Pick<Organisation, 'listen'>): string {
  return listen === undefined || listen === '0.0.0.0' ? LOOPBACK : listen;
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
    listenHost: () => '0.0.0.0',
    builder: '/var/pledgeonce-builder',
  };
}
