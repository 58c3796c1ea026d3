import { dirname, join } from 'node:path';
import type { Organisation } from '../../consortium.js';
import type { Surroundings } from '../config/environment.js';
import { CHAINCODE_ENVIRONMENT, chaincodeServerArguments } from '../lifecycle/chaincode-server.js';
import type { Deployment } from '../lifecycle/definition.js';
import type { FabricNetwork } from '../network.js';
import { operationOf } from '../../operation.js';
import { databaseSecret } from './database-secret.js';
import { checkedBy, connects, containerHost, mounts, published, type Service } from './service.js';
import { buildArguments, tracesTo } from './traces.js';

/** The chaincode server of one organisation; only its peer's TLS certificate opens it. */
export function chaincodeService(
  { consortium }: FabricNetwork,
  { site, member, material }: Surroundings,
  sourceDir: string,
  { packageId }: Deployment,
): Service {
  const { certFile, keyFile, caFile } = material.chaincodeTls;
  const tls = { certFile: site.seen(certFile), keyFile: site.seen(keyFile), caFile: site.seen(caFile) };
  return {
    image: `${consortium.name}/chaincode`,
    build: {
      context: sourceDir,
      dockerfile: 'network/fabric/docker/chaincode.Dockerfile',
      ...buildArguments(consortium),
    },
    hostname: containerHost(member, 'chaincode', consortium.domain),
    command: chaincodeServerArguments(
      `${site.listenHost(member, 'chaincode')}:${member.ports.chaincode}`,
      packageId,
      tls,
    ),
    environment: { ...CHAINCODE_ENVIRONMENT, ...tracesTo(consortium, member.organisation) },
    volumes: mounts(site, [dirname(certFile)], []),
    ports: [],
    healthcheck: checkedBy(`node -e "${connects(member.ports.chaincode)}"`),
  };
}

/** Where a gateway's folder is, on this machine. */
export function gatewayDir({ layout }: FabricNetwork, organisation: string): string {
  return layout.node(`gateway.${organisation}`).data;
}

/** Where certificates, keys and secrets of a gateway's own door lie, which its organisation puts there. */
export function doorsDir(network: FabricNetwork, organisation: string): string {
  return join(gatewayDir(network, organisation), 'doors');
}

/** The gateway of one organisation: the REST API and the console for its people. */
export function gatewayService(
  network: FabricNetwork,
  { site, member }: Surroundings,
  sourceDir: string,
): Service {
  const { layout, consortium } = network;
  const { organisation } = member;
  const { name } = organisation;
  const dir = gatewayDir(network, name);
  const read = [dirname(layout.containersConnection), join(layout.people(name), 'registrar.secret')];
  return {
    image: `${consortium.name}/gateway`,
    build: {
      context: sourceDir,
      dockerfile: 'network/fabric/docker/gateway.Dockerfile',
      ...buildArguments(consortium),
    },
    hostname: containerHost(member, 'gateway', consortium.domain),
    command: ['--config', site.seen(join(dir, 'gateway.json'))],
    environment: { NODE_ENV: 'production', ...tracesTo(consortium, organisation) },
    volumes: mounts(site, [...read, ...refusalsFor(network, organisation)], [dir]),
    ports: published(member.ports.rest),
    healthcheck: checkedBy(`node gateway/dist/health-check.js ${site.seen(join(dir, 'gateway.json'))}`),
    depends_on: [`peer.${name}`, `ca.${name}`],
    ...(operationOf(consortium, organisation).replicas !== undefined && { secrets: [databaseSecret(name)] }),
  };
}

/** A gateway on the same host reads what the door of its organisation has counted; in a cluster nobody shares a volume. */
function refusalsFor(
  { layout, site, consortium }: FabricNetwork,
  { name, orderer }: Pick<Organisation, 'name' | 'orderer'>,
): string[] {
  if (site.kind !== 'docker' || !orderer || consortium.doors === false) return [];
  return [dirname(layout.refused(name))];
}
