import { type Deployment, runs } from '../lifecycle/definition.js';
import { membersHere, type FabricNetwork } from '../network.js';
import { secretsOf } from './database-secret.js';
import { doorService } from './door-service.js';
import { caService, ordererService, peerService } from './fabric-services.js';
import { chaincodeService } from './own-services.js';
import { gatewayServices } from './replica-services.js';
import { CONFINED, type Service } from './service.js';

export interface ComposeOptions {
  /** The source tree, from which the images of the chaincode and the gateway are built. */
  readonly sourceDir: string;
  /** The folder of the external builder. */
  readonly builderDir: string;
  /** `uid:gid` of the owner of the keys; the containers run as that user. */
  readonly user: string;
  readonly deployment: Deployment;
}

/**
 * The Compose file of the whole consortium on one host: what the native network tells a node by its environment, its
 * container is told by the same one. Each container sees only the keys that it needs.
 */
export function composeFile(network: FabricNetwork, options: ComposeOptions): object {
  const { domain, name } = network.consortium;
  const services = Object.entries(buildOnce(servicesOf(network, options))).map(
    ([service, { hostname, ...rest }]) => [
      service,
      {
        ...rest,
        ...CONFINED,
        container_name: `${name}.${service}`,
        hostname,
        user: options.user,
        restart: 'unless-stopped',
        networks: { default: { aliases: [hostname] } },
      },
    ],
  );
  const secrets = secretsOf(network.consortium, network.layout);
  return {
    version: '3.8',
    services: Object.fromEntries(services) as object,
    ...(Object.keys(secrets).length > 0 && { secrets }),
    networks: { default: { name: domain } },
  };
}

/**
 * An image is built once, however many run it: only one service of each says from what. It is the first, since a member that
 * joins comes last: a container of which Compose is told something else it makes anew.
 */
function buildOnce(services: Record<string, Service>): Record<string, Service> {
  const lastFirst = Object.entries(services).reverse();
  const builders = [...new Map(lastFirst.map(([name, { image }]) => [image, name])).values()];
  return Object.fromEntries(
    Object.entries(services).map(([name, { build, ...service }]) => [
      name,
      { ...service, ...(build !== undefined && builders.includes(name) && { build }) },
    ]),
  );
}

function servicesOf(network: FabricNetwork, options: ComposeOptions): Record<string, Service> {
  const services: Record<string, Service> = {};
  for (const around of membersHere(network)) {
    const { name, orderer } = around.member.organisation;
    services[`ca.${name}`] = caService(network, around);
    if (orderer) services[`orderer.${name}`] = ordererService(network, around);
    if (orderer && network.consortium.doors !== false) {
      services[`door.${name}`] = doorService(network, around, options.sourceDir);
    }
    services[`peer.${name}`] = peerService(network, around, options.builderDir);
    if (runs(around.member.organisation, options.deployment)) {
      services[`chaincode.${name}`] = chaincodeService(
        network,
        around,
        options.sourceDir,
        options.deployment,
      );
    }
    Object.assign(services, gatewayServices(network, around, options.sourceDir));
  }
  return services;
}
