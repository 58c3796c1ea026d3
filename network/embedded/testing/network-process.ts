import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ConnectionProfile } from '../../connection-profile.js';

const main = fileURLToPath(new URL('../main.js', import.meta.url));
const sources = fileURLToPath(new URL('../../../embedded/testing/', import.meta.url));

/** The embedded network of `consortium.yaml` in a process of its own, running the chaincode of this folder. */
export class NetworkProcess {
  readonly #child: ChildProcess;
  readonly stateDir: string;
  readonly profile: ConnectionProfile;

  private constructor(child: ChildProcess, stateDir: string, profile: ConnectionProfile) {
    this.#child = child;
    this.stateDir = stateDir;
    this.profile = profile;
  }

  /** Starts the network, or resumes it, and waits until it says that it is ready. */
  static async start(stateDir: string, portBase: number): Promise<NetworkProcess> {
    const child = launch(stateDir, portBase);
    const said = await firstLine(child);
    const { discovery } = JSON.parse(said) as { discovery: string };
    const response = await fetch(discovery);
    return new NetworkProcess(child, stateDir, (await response.json()) as ConnectionProfile);
  }

  /** Ends it and tells how it ended: its exit code, or the signal that killed it. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string> {
    const exited = once(this.#child, 'exit') as Promise<[number | null, string | null]>;
    this.#child.kill(signal);
    const [code, killedBy] = await exited;
    return code ?? killedBy ?? 'unknown';
  }
}

/** Starts a network that is expected to give up, and returns what it says. */
export async function failingStart(
  stateDir: string,
  portBase: number,
): Promise<{ code: number; said: string }> {
  const child = launch(stateDir, portBase);
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = (await once(child, 'exit')) as [number];
  return { code, said };
}

function launch(stateDir: string, portBase: number): ChildProcess {
  return fork(
    main,
    [
      ...['--state', stateDir, '--consortium', `${sources}consortium.yaml`, '--chaincode', sources],
      ...['--port-base', String(portBase), '--log-level', 'error'],
    ],
    { silent: true, execArgv: [] },
  );
}

async function firstLine(child: ChildProcess): Promise<string> {
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  if (!child.stdout) throw new Error('the network has no output');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error(`the network did not start: ${errors}`);
}
