import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Listr, PRESET_TIMER } from 'listr2';
import type { Consortium } from '@pledgeonce/network/consortium.js';
import { peopleFolder } from '@pledgeonce/network/organisation-folder.js';
import { readDescription, type PersonDescription, type StackDescription } from './description.js';
import { Failure } from './failure.js';
import { servedOf, startGateways } from './gateways.js';
import { ensureInitialised } from './initialise.js';
import { isAlive } from './is-alive.js';
import { consortiumFor, startNetwork, type RunningNetwork } from './network.js';
import { pathsOf, type StackOptions } from './options.js';
import { checkPorts, portsNeeded, warningOfClientPorts } from './ports.js';
import { untilReady } from './until-ready.js';
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
  const starting = new Starting(options, output);
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
    starting.steps().map(({ title, task }) => ({
      title,
      task: async () => {
        assertWanted();
        await task();
      },
    })),
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
    return { description: starting.describe(), stop: () => starting.stop() };
  } catch (error) {
    await starting.stop();
    throw error;
  } finally {
    for (const signal of startSignals) process.off(signal, onSignal);
  }
}

/** What of a consortium runs so far. */
class Starting {
  readonly #options: StackOptions;
  readonly #output: StackOutput;
  readonly #consortium: Consortium;
  readonly #running: string;
  #network: RunningNetwork | undefined;
  #gateways: readonly Supervised[] = [];
  #isDescribed = false;

  constructor(options: StackOptions, output: StackOutput) {
    this.#options = options;
    this.#output = output;
    this.#consortium = consortiumFor(options);
    this.#running = pathsOf(options).running;
  }

  /** In their order; each goes on from what the one before has left. */
  steps(): { readonly title: string; readonly task: () => Promise<void> }[] {
    const { on, separate, state } = this.#options;
    const { report } = this.#output;
    const describe = () => this.describe();
    return [
      {
        title: 'Ports and state folder',
        task: async () => {
          refuseSecond(this.#running);
          const ports = portsNeeded(this.#consortium, this.#options);
          await checkPorts(ports);
          const warning = warningOfClientPorts(ports);
          if (warning !== undefined) report(warning);
          mkdirSync(state, { recursive: true, mode: 0o700 });
          checkSpace(state);
        },
      },
      {
        title: `Network: ${this.#consortium.organisations.length} organisations, ${on}`,
        task: async () => {
          this.#network = await startNetwork(this.#options, report, describe);
        },
      },
      {
        title: separate ? 'Gateways, one process each' : 'Gateways',
        task: async () => {
          const { discovery } = this.#needNetwork();
          this.#gateways = await startGateways(this.#options, this.#consortium, discovery, report, describe);
        },
      },
      {
        title: 'Registry',
        task: async () => {
          const description = describe();
          if (on === 'docker') await untilReady(description.organisations.map(({ url }) => url));
          await ensureInitialised(description, this.#consortium.policy);
        },
      },
    ];
  }

  /** Writes down what runs, for tools that read it. */
  describe(): StackDescription {
    const network = this.#needNetwork();
    const description = describeStack(this.#options, this.#consortium, network, this.#gateways);
    this.#isDescribed = true;
    // Renamed into place: tools read it while programs are started again.
    writeFileSync(`${this.#running}.new`, JSON.stringify(description, undefined, 2), { mode: 0o600 });
    renameSync(`${this.#running}.new`, this.#running);
    return description;
  }

  async stop(): Promise<void> {
    // Whoever failed to start because another one runs must not take that one's description away.
    if (this.#isDescribed) rmSync(this.#running, { force: true });
    await Promise.all(this.#gateways.map((gateway) => gateway.stop()));
    await this.#network?.stop();
  }

  #needNetwork(): RunningNetwork {
    if (this.#network === undefined) throw new Error('The network is not running.');
    return this.#network;
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
    organisations: servedOf(consortium, options).map(
      ({ organisation: { name, msp, title, kind }, ports }) => ({
        name,
        msp,
        title,
        kind,
        url: `http://127.0.0.1:${ports.rest}`,
        people: JSON.parse(
          readFileSync(join(peopleFolder(paths.network, name), 'people.json'), 'utf8'),
        ) as readonly PersonDescription[],
      }),
    ),
    processes: {
      supervisor: process.pid,
      ...(networkPid !== undefined && { network: networkPid }),
      gateways: gateways.map(({ pid }) => pid),
    },
  };
}
