import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { certificateAuthorityName } from '../../embedded/ca/server.js';
import { caServerYaml } from '../config/ca-server-yaml.js';
import { caSurroundings, descriptionOf, type FabricNetwork } from '../network.js';
import { nodeName, type Member } from '../topology.js';
import type { Daemon } from './daemon.js';
import { ensureCredentials } from './people.js';
import { onPath } from './programs.js';

const OWN_CA = fileURLToPath(new URL('own-ca.js', import.meta.url));

/**
 * The certificate authority of one organisation: Fabric's if it is on PATH, else ours, which speaks the same API.
 * A folder that one of them has begun stays with it, since their databases differ.
 */
export function caDaemon(network: FabricNetwork, member: Member): Daemon {
  const name = nodeName('ca', member.organisation);
  const files = network.layout.node(name);
  if (!onPath('fabric-ca-server')) {
    const args = [OWN_CA, network.layout.root, descriptionOf(network.layout), member.organisation.name];
    return { name, command: process.execPath, args, environment: {}, files };
  }
  writeCaServerConfiguration(network, member);
  return {
    name,
    command: 'fabric-ca-server',
    args: ['start', '--home', files.data, '--loglevel', 'warning'],
    environment: { FABRIC_CA_SERVER_HOME: files.data },
    files,
  };
}

/** Writes `fabric-ca-server-config.yaml` into the CA's data folder, which is also its home. */
export function writeCaServerConfiguration(network: FabricNetwork, member: Member): void {
  const { consortium, layout } = network;
  const { data } = layout.node(nodeName('ca', member.organisation));
  const credentials = ensureCredentials(consortium, layout, member);
  const name = certificateAuthorityName(member.organisation);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(
    join(data, 'fabric-ca-server-config.yaml'),
    stringify(caServerYaml(caSurroundings(network, member), name, credentials)),
    { mode: 0o600 },
  );
}
