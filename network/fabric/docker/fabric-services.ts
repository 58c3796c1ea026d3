import { dirname } from 'node:path';
import { ordererEnvironment, ordererOf, peerEnvironment, type Surroundings } from '../config/environment.js';
import type { FabricNetwork } from '../network.js';
import { nodeName } from '../topology.js';
import { checkedBy, containerHost, mounts, published, type HealthCheck, type Service } from './service.js';

/** The certificate authority of one organisation. */
export function caService(
  { layout, consortium }: FabricNetwork,
  { site, member, material }: Surroundings,
): Service {
  const { data } = layout.node(nodeName('ca', member.organisation));
  return {
    image: 'hyperledger/fabric-ca:1.5',
    hostname: containerHost(member, 'ca', consortium.domain),
    command: ['fabric-ca-server', 'start', '--home', site.seen(data), '--loglevel', 'warning'],
    environment: { FABRIC_CA_SERVER_HOME: site.seen(data) },
    volumes: mounts(site, [dirname(material.ca.certFile), dirname(material.caTls.certFile)], [data]),
    ports: published(member.ports.ca),
    healthcheck: listens(member.ports.ca),
  };
}

/** The peer of one organisation. */
export function peerService(
  { layout, consortium }: FabricNetwork,
  around: Surroundings,
  builder: string,
): Service {
  const { site, member, material } = around;
  const { data } = layout.node(nodeName('peer', member.organisation));
  const read = [
    material.peer.mspDir,
    material.peer.tlsDir,
    layout.config,
    layout.chaincodeConnections(member.organisation.name),
  ];
  return {
    image: 'hyperledger/fabric-peer:3.1',
    hostname: containerHost(member, 'peer', consortium.domain),
    command: ['peer', 'node', 'start'],
    environment: peerEnvironment(around),
    volumes: [...mounts(site, read, [data]), `${builder}:${site.builder}:ro`],
    ports: published(member.ports.peer, member.ports.operations),
    healthcheck: saysThatItIsWell(member.ports.operations),
  };
}

/** The orderer of one organisation. */
export function ordererService({ layout, consortium }: FabricNetwork, around: Surroundings): Service {
  const { site, member, material } = around;
  const { ports } = member;
  const { mspDir, tlsDir } = ordererOf(material);
  const { data } = layout.node(nodeName('orderer', member.organisation));
  return {
    image: 'hyperledger/fabric-orderer:3.1',
    hostname: containerHost(member, 'orderer', consortium.domain),
    command: ['orderer'],
    environment: ordererEnvironment(around),
    volumes: mounts(site, [mspDir, tlsDir, layout.config], [data]),
    ports: published(ports.orderer, ports.ordererAdmin, ports.ordererOperations),
    healthcheck: saysThatItIsWell(ports.ordererOperations),
  };
}

/** Fabric's images bring no program that fetches a page, but bash, which opens connections. */
function listens(port: number): HealthCheck {
  return checkedBy(`bash -c "exec 3<>/dev/tcp/127.0.0.1/${port}"`);
}

function saysThatItIsWell(port: number): HealthCheck {
  const ask = `printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '`;
  return checkedBy(`bash -c "exec 3<>/dev/tcp/127.0.0.1/${port} && ${ask}"`);
}
