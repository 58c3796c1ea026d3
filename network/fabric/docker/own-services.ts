import { dirname, join } from 'node:path';
import type { Surroundings } from '../config/environment.js';
import { CHAINCODE_ENVIRONMENT, chaincodeServerArguments } from '../lifecycle/chaincode-server.js';
import type { Deployment } from '../lifecycle/definition.js';
import type { FabricNetwork } from '../network.js';
import { checkedBy, containerHost, mounts, published, type Service } from './service.js';

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
    build: { context: sourceDir, dockerfile: 'network/fabric/docker/chaincode.Dockerfile' },
    hostname: containerHost(member, 'chaincode', consortium.domain),
    command: chaincodeServerArguments(`${site.listenHost}:${member.ports.chaincode}`, packageId, tls),
    environment: CHAINCODE_ENVIRONMENT,
    volumes: mounts(site, [dirname(certFile)], []),
    ports: [],
    healthcheck: checkedBy(`node -e "${connects(member.ports.chaincode)}"`),
  };
}

/** Where a gateway's folder is, on this machine. */
export function gatewayDir({ layout }: FabricNetwork, organisation: string): string {
  return layout.node(`gateway.${organisation}`).data;
}

/** The gateway of one organisation: the REST API and the console for its people. */
export function gatewayService(
  network: FabricNetwork,
  { site, member }: Surroundings,
  sourceDir: string,
): Service {
  const { layout, consortium } = network;
  const { name } = member.organisation;
  const dir = gatewayDir(network, name);
  return {
    image: `${consortium.name}/gateway`,
    build: { context: sourceDir, dockerfile: 'network/fabric/docker/gateway.Dockerfile' },
    hostname: containerHost(member, 'gateway', consortium.domain),
    command: ['--config', site.seen(join(dir, 'gateway.json'))],
    environment: { NODE_ENV: 'production' },
    volumes: mounts(site, [layout.connection, join(layout.people(name), 'registrar.secret')], [dir]),
    ports: published(member.ports.rest),
    healthcheck: checkedBy(`node gateway/dist/health-check.js ${site.seen(join(dir, 'gateway.json'))}`),
    depends_on: [`peer.${name}`, `ca.${name}`],
  };
}

/** A program that ends well when somebody listens: the shim's server tells nobody how it is. */
function connects(port: number): string {
  return `require('node:net').connect(${port}, '127.0.0.1').once('connect', () => process.exit(0)).once('error', () => process.exit(1))`;
}
