import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { caServerYaml } from '../config/ca-server-yaml.js';
import type { Surroundings } from '../config/environment.js';
import { surroundings, type FabricNetwork } from '../network.js';
import { nodeName, type Member } from '../topology.js';
import type { Daemon } from './daemon.js';
import { ensureCredentials } from './people.js';

/** The name that a client of the CA may give as `caname`. */
export function caName(organisation: string): string {
  return `ca-${organisation}`;
}

/** The `fabric-ca-server` of one organisation, configured from the description at every start. */
export function caDaemon(network: FabricNetwork, member: Member): Daemon {
  const name = nodeName('ca', member.organisation);
  const files = network.layout.node(name);
  writeCaConfiguration(network, surroundings(network, member));
  return {
    name,
    command: 'fabric-ca-server',
    args: ['start', '--home', files.data, '--loglevel', 'warning'],
    environment: { FABRIC_CA_SERVER_HOME: files.data },
    files,
  };
}

function writeCaConfiguration({ consortium, layout }: FabricNetwork, around: Surroundings): void {
  const { member } = around;
  const { data } = layout.node(nodeName('ca', member.organisation));
  const { registrarSecret, people } = ensureCredentials(consortium, layout, member);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(
    join(data, 'fabric-ca-server-config.yaml'),
    stringify(caServerYaml(around, caName(member.organisation.name), registrarSecret, people)),
    { mode: 0o600 },
  );
}
