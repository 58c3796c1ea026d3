import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';

const firstRestartMs = 50;
const lastRestartMs = 5_000;
/** A server that ran this long was healthy: the next restart does not wait longer than the first. */
const healthyMs = 2_000;
/** How long a server may take to end before it is killed. */
const stopMs = 3_000;
/** Lines of output that are shown when a server ends unexpectedly. */
const linesKept = 20;

export interface ChaincodeServerOptions {
  /** Folder of a chaincode package; its `main` exports the contracts and fabric-shim is installed for it. */
  readonly packageDir: string;
  /** What the server registers as: `<name>:<version>` or a package id. */
  readonly ccid: string;
  /** Listens here, `host:port`. */
  readonly address: string;
  /** Files with PEM. With `clientCaFile` only peers with a certificate from there may connect. */
  readonly tls: { readonly certFile: string; readonly keyFile: string; readonly clientCaFile?: string };
  readonly log: Logger;
}

/** A chaincode server that is kept running. */
export interface ChaincodeServer {
  readonly address: string;
  /** Of the process that runs now; undefined between a crash and the restart. */
  readonly pid: number | undefined;
  /** Called once. */
  start(): void;
  /** @param listener called whenever it has ended by itself; it is started again. */
  onEnd(listener: () => void): void;
  stop(): Promise<void>;
}

/**
 * A chaincode package behind the unmodified server of fabric-shim, not started yet. A server that ends
 * is started again, after a pause that grows while it keeps ending; it ends together with this process.
 */
export function chaincodeServer(options: ChaincodeServerOptions): ChaincodeServer {
  return new SupervisedServer(options);
}

class SupervisedServer implements ChaincodeServer {
  readonly #options: ChaincodeServerOptions;
  #child: ChildProcess | undefined;
  readonly #listeners: (() => void)[] = [];
  #restart: NodeJS.Timeout | undefined;
  #restartMs = firstRestartMs;
  #stopping = false;

  constructor(options: ChaincodeServerOptions) {
    this.#options = options;
  }

  get address(): string {
    return this.#options.address;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    if (this.#stopping) return;
    this.#launch();
  }

  onEnd(listener: () => void): void {
    this.#listeners.push(listener);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (!child) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), stopMs);
    await exited;
    clearTimeout(force);
  }

  #launch(): void {
    const child = launch(this.#options);
    const startedAt = Date.now();
    const output = lastLines(child, (line) => {
      this.#options.log.error({ address: this.address, line }, 'the chaincode tells of a fault');
    });
    this.#child = child;
    child.on('error', (error) => {
      this.#options.log.error(
        { address: this.address, err: error },
        'the chaincode server could not be started',
      );
    });
    child.on('exit', (code, signal) => {
      this.#child = undefined;
      if (this.#stopping) return;
      if (Date.now() - startedAt > healthyMs) this.#restartMs = firstRestartMs;
      this.#options.log.error(
        { address: this.address, code, signal, output, restartInMs: this.#restartMs },
        'the chaincode server ended, starting it again',
      );
      this.#restart = setTimeout(() => {
        this.#launch();
      }, this.#restartMs);
      for (const listener of this.#listeners) listener();
      this.#restartMs = Math.min(this.#restartMs * 2, lastRestartMs);
    });
  }
}

function launch({ packageDir, ccid, address, tls }: ChaincodeServerOptions): ChildProcess {
  const args = [
    ...['--chaincode-address', address, '--chaincode-id', ccid],
    ...['--chaincode-tls-cert-file', tls.certFile, '--chaincode-tls-key-file', tls.keyFile],
    ...(tls.clientCaFile === undefined ? [] : ['--chaincode-tls-client-cacert-file', tls.clientCaFile]),
  ];
  const [program, ...command] = programFor(packageDir);
  return fork(program, [...command, ...args], {
    cwd: packageDir,
    silent: true,
    execArgv: ['--import', new URL('./exit-with-parent.js', import.meta.url).href],
    // At the level `error` the shim prints every refusal of the contract with its stack, which are answers, not faults.
    env: { CORE_CHAINCODE_LOGGING_LEVEL: 'critical', ...process.env },
  });
}

/** The chaincode that is shipped is put together beside this program; any other Fabric's own program reads from its package. */
function programFor(packageDir: string): readonly [program: string, ...command: string[]] {
  const own = fileURLToPath(new URL('./chaincode.js', import.meta.url));
  const shipped = createRequire(import.meta.url).resolve('@pledgeonce/chaincode/package.json');
  if (existsSync(own) && realpathSync(packageDir) === realpathSync(dirname(shipped))) return [own];
  return [createRequire(join(packageDir, 'package.json')).resolve('fabric-shim/cli.js'), 'server'];
}

/** @param report Told of each line of JSON on standard error, by which the chaincode says that something is wrong. */
function lastLines(child: ChildProcess, report: (line: string) => void): string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > linesKept) lines.shift();
      if (stream === child.stderr && line.startsWith('{')) report(line);
    });
  }
  return lines;
}
