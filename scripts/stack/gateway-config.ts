import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peopleFolder } from '@pledgeonce/network/organisation-folder.js';
import { organisationOf, type StackDescription } from './description.js';
import { pathsOf } from './options.js';

/** Where the configuration lies that is written to a folder. */
export function configIn(folder: string): string {
  return join(folder, 'gateway.json');
}

/** Where an organisation has its state there. */
export function stateIn(folder: string, msp: string): string {
  return join(folder, `state-${msp}`);
}

/** An organisation of the consortium as a further gateway serves it, beside the consortium's own. */
export interface Served {
  readonly msp: string;
  /** Any that is free, unless given. */
  readonly port?: number;
  readonly loanRules?: string;
  readonly webhookNetworks?: readonly string[];
  readonly provider?: object;
  readonly token?: object;
  readonly refusedAtDoor?: string;
  readonly colour?: string;
  readonly publicUrl?: string;
  readonly replicas?: object;
}

/**
 * Writes the configuration of a gateway that keeps everything of its own in a folder.
 *
 * @returns its file.
 */
export function writeGatewayConfig(
  stack: StackDescription,
  folder: string,
  served: readonly Served[],
  {
    limits = {},
    connection = stack.discovery,
  }: { readonly limits?: object; readonly connection?: string } = {},
): string {
  const { network } = pathsOf({ state: stack.state, on: stack.network });
  const organisations = served.map(({ msp, ...more }) => {
    const { name } = organisationOf(stack, msp);
    const registrar = { id: 'registrar', secretFile: join(peopleFolder(network, name), 'registrar.secret') };
    return { msp, port: 0, stateDir: stateIn(folder, msp), registrar, ...more };
  });
  const file = configIn(folder);
  const masterKeyFile = join(folder, 'master.key');
  writeFileSync(file, JSON.stringify({ connection, organisations, masterKeyFile, limits }));
  return file;
}
