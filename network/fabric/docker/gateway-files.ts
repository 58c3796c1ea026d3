import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Surroundings } from '../config/environment.js';
import type { FabricNetwork } from '../network.js';
import { gatewayDir } from './own-services.js';

/** A bank's rules for online loans, in the folder of its gateway. */
const RULES = 'loan-rules.yaml';

/**
 * Writes what one organisation's gateway reads. A bank gets rules for online loans to begin with, a copy of its own that
 * it edits: they are not written again. They decide nothing before two of its people grant a mandate for them.
 */
export function writeGatewayFiles(network: FabricNetwork, around: Surroundings, sourceDir: string): void {
  const { name, kind } = around.member.organisation;
  const dir = gatewayDir(network, name);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const rules = join(dir, RULES);
  if (kind === 'bank' && !existsSync(rules)) copyFileSync(join(sourceDir, 'scripts/samples', RULES), rules);
  writeFileSync(join(dir, 'gateway.json'), JSON.stringify(configurationOf(network, around), undefined, 2));
}

/** The configuration of the gateway, as its container sees the files. */
function configurationOf(network: FabricNetwork, { site, member }: Surroundings): object {
  const { layout } = network;
  const { name, msp, kind } = member.organisation;
  const dir = gatewayDir(network, name);
  return {
    connection: site.seen(layout.connection),
    organisations: [
      {
        msp,
        host: site.listenHost,
        port: member.ports.rest,
        // Where it listens is not where people reach it: the engine publishes the port on this machine.
        publicUrl: `http://127.0.0.1:${member.ports.rest}`,
        stateDir: site.seen(join(dir, 'state')),
        registrar: { id: 'registrar', secretFile: site.seen(join(layout.people(name), 'registrar.secret')) },
        ...(kind === 'bank' && { loanRules: site.seen(join(dir, RULES)) }),
      },
    ],
    masterKeyFile: site.seen(join(dir, 'master.key')),
  };
}
