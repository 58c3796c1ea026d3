import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Listr, PRESET_TIMER } from 'listr2';
import type { Consortium } from '@pledgeonce/network/consortium.js';
import { readDescription, type PersonDescription, type StackDescription } from './description.js';
import { Failure } from './failure.js';
import { startGateways, urlOf } from './gateways.js';
import { ensureInitialised } from './initialise.js';
import { isAlive } from './is-alive.js';
import { consortiumFor, startNetwork, type RunningNetwork } from './network.js';
import { pathsOf, type StackOptions } from './options.js';
import { checkPorts, portsNeeded } from './ports.js';
import { checkSpace } from './space.js';
import type { Supervised } from './supervisor.js';

/** The whole consortium: one network and the gateways of its organisations. */
export interface Stack {
  readonly description: StackDescription;
  /** Stops gateways first, so that no request meets a network that is gone. */
  stop(): Promise<void>;
}

export interface StackOutput {
  /** Shows the steps while they run. */
  readonly steps: boolean;
  /** One line about something that happened later, such as a program that had to be started again. */
  readonly report: (line: string) => void;
}

/** However the start ends, what was started is stopped before: the programs of Fabric would outlive it. */
const startSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Starts the consortium, or resumes it from disk.
 *
 * @throws Failure when it runs already, a port is taken, the disk is full, or a program does not start.
 */
export async function startStack(options: StackOptions, output: StackOutput): Promise<Stack> {
  const consortium = consortiumFor(options);
  const paths = pathsOf(options);
  let network: RunningNetwork | undefined;
  let isDescribed = false;
  let gateways: readonly Supervised[] = [];
  const stop = async () => {
    // Whoever failed to start because another one runs must not take that one's description away.
    if (isDescribed) rmSync(paths.running, { force: true });
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await network?.stop();
  };
  const describe = () => {
    if (network === undefined) throw new Error('The network is not running.');
    const description = describeStack(options, consortium, network, gateways);
    isDescribed = true;
    // Renamed into place: tools read it while programs are started again.
    writeFileSync(`${paths.running}.new`, JSON.stringify(description, undefined, 2), { mode: 0o600 });
    renameSync(`${paths.running}.new`, paths.running);
    return description;
  };
  const interrupted = new AbortController();
  const onSignal = () => {
    output.report('Stopping as soon as this step is done …');
    interrupted.abort();
  };
  const assertWanted = () => {
    if (interrupted.signal.aborted)
      throw new Failure('The start was interrupted.', 'Start it again; it goes on from what is on disk.');
  };
  const steps = new Listr(
    [
      {
        title: 'Ports and state folder',
        task: async () => {
          refuseSecond(paths.running);
          await checkPorts(portsNeeded(consortium, options.on));
          mkdirSync(options.state, { recursive: true, mode: 0o700 });
          checkSpace(options.state);
        },
      },
      {
        title: `Network: ${consortium.organisations.length} organisations, ${options.on}`,
        task: async () => {
          assertWanted();
          network = await startNetwork(options, output.report, describe);
        },
      },
      {
        title: options.separate ? 'Gateways, one process each' : 'Gateways',
        task: async () => {
          assertWanted();
          if (network === undefined) return;
          gateways = await startGateways(options, consortium, network.discovery, output.report, describe);
        },
      },
      {
        title: 'Registry',
        task: async () => {
          assertWanted();
          await ensureInitialised(describe(), consortium.policy);
        },
      },
    ],
    {
      // It would end the process at once.
      registerSignalListeners: false,
      renderer: output.steps ? (process.stdout.isTTY ? 'default' : 'simple') : 'silent',
      rendererOptions: { timer: PRESET_TIMER },
    },
  );
  for (const signal of startSignals) process.on(signal, onSignal);
  try {
    await steps.run();
    assertWanted();
    return { description: describe(), stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    for (const signal of startSignals) process.off(signal, onSignal);
  }
}

function refuseSecond(file: string): void {
  if (!existsSync(file)) return;
  const { supervisor } = readDescription(file).processes;
  if (isAlive(supervisor)) {
    throw new Failure(
      `The consortium runs already, as process ${supervisor}.`,
      `Stop it with Ctrl-C in its terminal, or run: kill ${supervisor}`,
    );
  }
}

function describeStack(
  options: StackOptions,
  consortium: Consortium,
  network: RunningNetwork,
  gateways: readonly Supervised[],
): StackDescription {
  const paths = pathsOf(options);
  const networkPid = network.pid();
  return {
    ready: true,
    network: options.on,
    discovery: network.discovery,
    state: options.state,
    organisations: consortium.organisations.map(({ name, msp, title, kind }, index) => ({
      name,
      msp,
      title,
      kind,
      url: urlOf(consortium, index),
      people: JSON.parse(
        readFileSync(join(paths.network, 'people', name, 'people.json'), 'utf8'),
      ) as readonly PersonDescription[],
    })),
    processes: {
      supervisor: process.pid,
      ...(networkPid !== undefined && { network: networkPid }),
      gateways: gateways.map(({ pid }) => pid),
    },
  };
}
