import { fileURLToPath } from 'node:url';
import { InvalidArgumentError, Option } from 'commander';

export type On = 'fabric' | 'docker' | 'embedded';

/** The options that every command takes. */
export interface CommonOptions {
  readonly on: On;
  readonly state?: string;
  readonly consortium: string;
  readonly portBase?: number;
  readonly restBase?: number;
}

const DESCRIPTION = fileURLToPath(new URL('../../consortium.yaml', import.meta.url));

/** Made anew for each command: commander keeps the value in the option. */
export function commonOptions(): Option[] {
  return [
    new Option('--on <network>', 'which network').choices(['fabric', 'docker', 'embedded']).default('fabric'),
    new Option('--state <dir>', 'folder of keys, data and logs (default: .pledgeonce/<network>)'),
    new Option('--consortium <file>', 'description that a new network is made from').default(
      DESCRIPTION,
      'network/consortium.yaml',
    ),
    new Option('--port-base <port>', 'first port of a new network').argParser(portOf),
    new Option('--rest-base <port>', 'first port of its gateways').argParser(portOf),
  ];
}

/** The folder of the network that is meant: the one given, or the one in the work tree that is named after its kind. */
export function stateDirOf({
  on,
  state,
}: Pick<CommonOptions, 'state'> & { readonly on: On | 'kubernetes' }): string {
  return state ?? fileURLToPath(new URL(`../../../.pledgeonce/${on}`, import.meta.url));
}

/**
 * A port from the command line.
 *
 * @throws InvalidArgumentError when it is none.
 */
export function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1024 || port > 60000)
    throw new InvalidArgumentError('A port from 1024 to 60000.');
  return port;
}
