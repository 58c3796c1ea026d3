import { join } from 'node:path';
import { readConsortium, type Consortium } from '@pledgeonce/network/consortium.js';
import { consortiumFile, pathsOf, projectRoot, type StackOptions } from './options.js';
import { runToEnd } from './run-to-end.js';
import { Supervised } from './supervisor.js';

/** A network that answers, and how to stop it. */
export interface RunningNetwork {
  /** URL or file of its connection profile. */
  readonly discovery: string;
  /** Process of the embedded network; a Fabric network is many programs of its own. */
  readonly pid: () => number | undefined;
  stop(): Promise<void>;
}

/** The description of the consortium with the ports that this run uses. */
export function consortiumFor({ consortium: file, portBase, restBase }: StackOptions): Consortium {
  const consortium = readConsortium(file ?? consortiumFile);
  const { network, rest } = consortium.ports;
  return { ...consortium, ports: { network: portBase ?? network, rest: restBase ?? rest } };
}

/** Starts the chosen network, or resumes it from its disk. */
export async function startNetwork(
  options: StackOptions,
  report: (line: string) => void,
  onRestart: () => void,
): Promise<RunningNetwork> {
  return options.on === 'embedded'
    ? startEmbedded(options, report, onRestart)
    : startFabric(options, options.on);
}

async function startEmbedded(
  options: StackOptions,
  report: (line: string) => void,
  onRestart: () => void,
): Promise<RunningNetwork> {
  const paths = pathsOf(options);
  const network = await Supervised.start(
    {
      title: 'The embedded network',
      script: join(projectRoot, 'network/dist/bundled/main.js'),
      args: [
        ...['--state', paths.network],
        ...['--chaincode', join(projectRoot, 'chaincode')],
        ...Object.entries(options.chaincodeOf ?? {}).flatMap(([msp, folder]) => [
          '--chaincode-of',
          `${msp}=${folder}`,
        ]),
        ...descriptionArguments(options),
      ],
      argsAfterCrash: ['--after-crash'],
      logFile: join(paths.logs, 'network.log'),
    },
    report,
    onRestart,
  );
  const { discovery } = network.ready as { readonly discovery: string };
  return { discovery, pid: () => network.pid, stop: () => network.stop() };
}

async function startFabric(options: StackOptions, on: 'fabric' | 'docker'): Promise<RunningNetwork> {
  const { network } = pathsOf(options);
  const cli = join(projectRoot, 'network/dist/cli.js');
  const common = ['--on', on, '--state', network];
  await runToEnd('The Fabric network', cli, ['up', ...common, ...descriptionArguments(options)]);
  return {
    discovery: join(network, on === 'docker' ? 'connection-from-here.json' : 'connection.json'),
    pid: () => undefined,
    stop: async () => {
      await runToEnd('The Fabric network', cli, ['down', ...common]);
    },
  };
}

function descriptionArguments({ on, consortium, portBase, restBase }: StackOptions): string[] {
  return [
    ...(consortium === undefined ? [] : ['--consortium', consortium]),
    ...(portBase === undefined ? [] : ['--port-base', String(portBase)]),
    // In containers the gateways are part of the network.
    ...(on === 'docker' && restBase !== undefined ? ['--rest-base', String(restBase)] : []),
  ];
}
