import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DoorFile } from '../../door/door-file.js';
import { ordererOf, type Surroundings } from '../config/environment.js';
import type { FabricNetwork } from '../network.js';
import { nodeName } from '../topology.js';
import { checkedBy, connects, containerHost, mounts, published, type Service } from './service.js';

/** What a door is told, in the folder in which it counts what it refuses. */
const DOOR_FILE = 'door.json';

/** The door before the orderer of one organisation. It sees the orderer's TLS certificate and no other key. */
export function doorService(
  { layout, consortium }: FabricNetwork,
  { site, member, material }: Surroundings,
  sourceDir: string,
): Service {
  const { data } = layout.node(nodeName('door', member.organisation));
  return {
    image: `${consortium.name}/door`,
    build: { context: sourceDir, dockerfile: 'network/fabric/docker/door.Dockerfile' },
    hostname: containerHost(member, 'door', consortium.domain),
    command: [site.seen(join(data, DOOR_FILE))],
    environment: { NODE_ENV: 'production' },
    volumes: mounts(site, [ordererOf(material).tlsDir, dirname(layout.containersConnection)], [data]),
    ports: published(member.ports.door),
    healthcheck: checkedBy(`node -e "${connects(member.ports.door)}"`),
    depends_on: [`orderer.${member.organisation.name}`],
  };
}

/** Writes what the door of one organisation is told, as its container sees the files. */
export function writeDoorFile({ layout, consortium }: FabricNetwork, around: Surroundings): void {
  const { site, member, material } = around;
  if (consortium.doors === false) return;
  const { data } = layout.node(nodeName('door', member.organisation));
  const { certFile, keyFile, caFile } = ordererOf(material).tls;
  const told: DoorFile = {
    address: `${site.listenHost(member, 'door')}:${member.ports.door}`,
    certFile: site.seen(certFile),
    keyFile: site.seen(keyFile),
    caFile: site.seen(caFile),
    orderer: site.address(member, 'orderer'),
    channel: consortium.channel,
    maxEnvelopeBytes: consortium.blocks.maxTransactionBytes,
    limits: consortium.doors,
    connection: site.seen(layout.containersConnection),
    refusedFile: site.seen(layout.refused(member.organisation.name)),
  };
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(join(data, DOOR_FILE), JSON.stringify(told, undefined, 2));
}
