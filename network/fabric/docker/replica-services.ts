import { join } from 'node:path';
import type { Surroundings } from '../config/environment.js';
import { operationOf } from '../../operation.js';
import type { FabricNetwork } from '../network.js';
import { gatewayDir, gatewayService } from './own-services.js';
import { checkedBy, containerHost, mounts, published, type Service } from './service.js';

/** Where the balancer's configuration lies, in the folder that it reads. */
export const BALANCER_FILE = 'haproxy.cfg';

/** Where the folder of a balancer is, on this machine. */
export function balancerDir({ layout }: FabricNetwork, organisation: string): string {
  return layout.node(`balancer.${organisation}`).data;
}

/** The state of one replica; the first one's is that of the gateway that was there before it had company. */
export function replicaState(network: FabricNetwork, organisation: string, number: number): string {
  return join(gatewayDir(network, organisation), number === 1 ? 'state' : `state-${number}`);
}

/** The gateways of one organisation by the names of their services: one, or the replicas and what stands before them. */
export function gatewayServices(
  network: FabricNetwork,
  around: Surroundings,
  sourceDir: string,
): Record<string, Service> {
  const { organisation } = around.member;
  const { name } = organisation;
  const gateway = gatewayService(network, around, sourceDir);
  const { replicas } = operationOf(network.consortium, organisation);
  if (replicas === undefined) return { [`gateway.${name}`]: gateway };
  const numbers = Array.from({ length: replicas }, (_, index) => index + 1);
  return {
    ...Object.fromEntries(
      numbers.map((number) => [
        `gateway-${number}.${name}`,
        replicaService(network, around, gateway, number),
      ]),
    ),
    [`gateway.${name}`]: balancerService(network, around, replicas),
  };
}

/** One configuration for all; each has its own name, and its own place for what it writes. */
function replicaService(
  network: FabricNetwork,
  { site, member }: Surroundings,
  gateway: Service,
  number: number,
): Service {
  const { consortium } = network;
  const { name } = member.organisation;
  const dir = gatewayDir(network, name);
  const hostname = containerHost(member, `gateway-${number}`, consortium.domain);
  const [own] = mounts(site, [], [dir]);
  return {
    ...gateway,
    hostname,
    environment: {
      ...gateway.environment,
      PLEDGEONCE_REPLICA_ADDRESS: `http://${hostname}:${member.ports.rest}`,
    },
    volumes: [
      ...gateway.volumes.filter((volume) => volume !== own),
      ...mounts(site, [dir], []),
      `${replicaState(network, name, number)}:${site.seen(join(dir, 'state'))}`,
    ],
    ports: [],
    // The one that serves finishes what it has begun before another takes over.
    stop_grace_period: '30s',
  };
}

/** The one address: HAProxy, which sends to the replica that serves, and to any other that can pass on while it looks for it. */
function balancerService(network: FabricNetwork, { site, member }: Surroundings, replicas: number): Service {
  const { name } = member.organisation;
  const dir = balancerDir(network, name);
  const numbers = Array.from({ length: replicas }, (_, index) => index + 1);
  return {
    image: 'haproxy:3.2',
    hostname: containerHost(member, 'gateway', network.consortium.domain),
    command: ['haproxy', '-db', '-f', site.seen(join(dir, BALANCER_FILE))],
    environment: {},
    volumes: mounts(site, [dir], []),
    ports: published(member.ports.rest),
    healthcheck: checkedBy(`bash -c "exec 3<>/dev/tcp/127.0.0.1/${member.ports.rest}"`),
    depends_on: numbers.map((number) => `gateway-${number}.${name}`),
  };
}

/**
 * What the balancer is told. `/leaderz` says who serves; as long as nobody does, `/readyz` says who can say so to clients.
 */
export function balancerConfiguration({ consortium }: FabricNetwork, { member }: Surroundings): string {
  const { replicas = 0 } = operationOf(consortium, member.organisation);
  const servers = Array.from({ length: replicas }, (_, index) => {
    const host = containerHost(member, `gateway-${index + 1}`, consortium.domain);
    return `  server replica-${index + 1} ${host}:${member.ports.rest}`;
  });
  return [
    '# Made from the description of the consortium, and made again at the next start.',
    'global',
    '  log stdout format raw local0 notice',
    '  maxconn 4000',
    'defaults',
    '  mode http',
    '  log global',
    '  option forwardfor',
    '  option redispatch',
    '  timeout http-request 15s',
    '  timeout connect 2s',
    '  # A stream of events is never silent for longer than 15 seconds.',
    '  timeout client 5m',
    '  timeout server 5m',
    '  # A replica that is gone with its network ends no connection by itself: whoever waits for it is told within ten seconds.',
    '  option srvtcpka',
    '  srvtcpka-idle 4s',
    '  srvtcpka-intvl 2s',
    '  srvtcpka-cnt 3',
    '  default-server check inter 500ms fall 2 rise 1 init-addr libc,none resolvers engine tcp-ut 10s',
    '# A container that comes back has another address.',
    'resolvers engine',
    '  parse-resolv-conf',
    '  hold valid 1s',
    'frontend gateways',
    `  bind :${member.ports.rest}`,
    '  use_backend leader if { nbsrv(leader) gt 0 }',
    '  default_backend standing-by',
    'backend leader',
    '  option httpchk GET /leaderz',
    ...servers,
    'backend standing-by',
    '  option httpchk GET /readyz',
    ...servers,
    '',
  ].join('\n');
}
