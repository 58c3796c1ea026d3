import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Surroundings } from '../config/environment.js';
import type { FabricNetwork } from '../network.js';
import { doorSettings, operationOf } from '../../operation.js';
import { DATABASE_FILE } from './database-secret.js';
import { doorsDir, gatewayDir } from './own-services.js';

/** A bank's rules for online loans, in the folder of its gateway. */
const RULES = 'loan-rules.yaml';

/**
 * Writes what one organisation's gateway reads. A bank gets rules for online loans to begin with, a copy of its own that
 * it edits: they are not written again. They decide nothing before two of its people grant a mandate for them.
 */
export function writeGatewayFiles(network: FabricNetwork, around: Surroundings, sourceDir: string): void {
  const { name, kind } = around.member.organisation;
  const dir = gatewayDir(network, name);
  mkdirSync(doorsDir(network, name), { recursive: true, mode: 0o700 });
  const rules = join(dir, RULES);
  if (kind === 'bank' && !existsSync(rules)) copyFileSync(join(sourceDir, 'scripts/samples', RULES), rules);
  writeFileSync(join(dir, 'gateway.json'), JSON.stringify(configurationOf(network, around), undefined, 2));
}

/**
 * Where the containers of a host and the pods of a cluster have their addresses: replicas and their balancer are among them,
 * and what they say of a client's address counts.
 */
const PRIVATE_NETWORKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];

/** The configuration of the gateway, as its container sees the files. */
function configurationOf(network: FabricNetwork, { site, member }: Surroundings): object {
  const { layout, consortium } = network;
  const { name, msp, kind, orderer } = member.organisation;
  const operation = operationOf(consortium, member.organisation);
  const { replicas, publicUrl, trustedProxies, tls } = operation;
  const proxies = trustedProxies ?? (replicas === undefined ? undefined : PRIVATE_NETWORKS);
  // In a cluster the two share no volume.
  const seesRefusals = site.kind === 'docker' && orderer && consortium.doors !== false;
  const dir = gatewayDir(network, name);
  return {
    connection: site.seen(layout.containersConnection),
    organisations: [
      {
        msp,
        host: site.listenHost(member, 'gateway'),
        port: member.ports.rest,
        // Where it listens is not where people reach it: the engine publishes the port on this machine.
        publicUrl: publicUrl ?? `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${member.ports.rest}`,
        ...doorSettings(operation),
        stateDir: site.seen(join(dir, 'state')),
        registrar: { id: 'registrar', secretFile: site.seen(join(layout.people(name), 'registrar.secret')) },
        ...(kind === 'bank' && { loanRules: site.seen(join(dir, RULES)) }),
        ...(proxies !== undefined && { trustedProxies: proxies }),
        ...(replicas !== undefined && { replicas: { databaseFile: DATABASE_FILE } }),
        ...(seesRefusals && { refusedAtDoor: site.seen(layout.refused(name)) }),
      },
    ],
    masterKeyFile: site.seen(join(dir, 'master.key')),
  };
}
