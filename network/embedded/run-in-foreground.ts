import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../bundled/main.js', import.meta.url));
const CHAINCODE_DIR = fileURLToPath(new URL('../../../chaincode', import.meta.url));

interface Where {
  readonly stateDir: string;
  /** The description that the network is made from. */
  readonly consortiumFile: string;
  readonly portBase?: number;
}

/**
 * Runs the embedded network in the foreground until it is interrupted: it is one process, with nothing to detach.
 *
 * @throws Error when it ends with another code than 0.
 */
export async function runInForeground({ stateDir, consortiumFile, portBase }: Where): Promise<void> {
  const args = [MAIN, '--state', stateDir, '--consortium', consortiumFile, '--chaincode', CHAINCODE_DIR];
  if (portBase !== undefined) args.push('--port-base', String(portBase));
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`The embedded network ended with code ${code ?? 'none'}.`);
}
