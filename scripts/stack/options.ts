import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Option, type Command } from 'commander';

/** Root of the checkout, seen from the compiled file. */
export const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));
export const consortiumFile = join(projectRoot, 'network', 'consortium.yaml');

/** `docker` is Fabric and the gateways in containers, as Compose runs them. */
export type NetworkName = 'embedded' | 'fabric' | 'docker';

/** What every command that starts the consortium can be told. */
export interface StackOptions {
  readonly on: NetworkName;
  /** Root of everything that is kept on disk. */
  readonly state: string;
  readonly portBase?: number;
  readonly restBase?: number;
  /** One gateway process per organisation, as a consortium runs them, instead of one for all. */
  readonly separate: boolean;
  /** Names of the organisations that get a gateway; all unless given. */
  readonly gateways?: readonly string[];
  /** Another description than the project's own. */
  readonly consortium?: string;
  /** Lifts the gateways' rate limits, which a load test would only measure. */
  readonly unlimited?: boolean;
  /** By MSP: folders of chaincode packages that single organisations run in place of ours, on the embedded network. */
  readonly chaincodeOf?: Readonly<Record<string, string>>;
}

export interface StackPaths {
  readonly network: string;
  readonly gateway: string;
  readonly logs: string;
  /** Describes the running consortium: present only while it runs. */
  readonly running: string;
}

export function pathsOf({ state, on }: Pick<StackOptions, 'state' | 'on'>): StackPaths {
  return {
    network: join(state, on),
    gateway: join(state, `gateway-${on}`),
    logs: join(state, 'logs', on),
    running: join(state, `${on}.running.json`),
  };
}

/** Adds the options that choose and place a consortium. */
export function addStackOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--on <network>', 'network to run on')
        .choices(['embedded', 'fabric', 'docker'])
        .default('embedded'),
    )
    .addOption(
      new Option('--state <folder>', 'where everything is kept').default(
        join(projectRoot, '.pledgeonce'),
        '.pledgeonce',
      ),
    )
    .addOption(new Option('--port-base <port>', 'first port of the network').argParser(toPort))
    .addOption(new Option('--rest-base <port>', 'first port of the gateways').argParser(toPort))
    .option('--separate', 'one gateway process per organisation', false);
}

/** The options as the command line gave them. */
export function stackOptions(command: Command): StackOptions {
  const options = command.opts<StackOptions>();
  return { ...options, state: resolve(options.state) };
}

function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1024 || port > 65_000) {
    throw new Error(`A port lies between 1024 and 65000, not ${text}.`);
  }
  return port;
}
