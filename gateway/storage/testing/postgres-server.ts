import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';

const user = 'pledgeonce';
/** A slash and an at sign, which a connection string has to escape. */
export const password = 'spec/pass@word';
/** On a busy machine. */
const patienceMs = 60_000;

/** A PostgreSQL of its own, in a temporary folder, on a port of the loopback interface. */
export interface PostgresServer {
  readonly port: number;
  /** Of the process whose children serve the connections; undefined while it does not run. */
  readonly pid: number | undefined;
  connectionString(database: string): string;
  createDatabase(name: string): void;
  /** Runs one statement and gives what it says. */
  ask(database: string, statement: string): string;
  /** Ends it at once, as a machine that fails would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it, and nothing of it is left. */
  remove(): Promise<void>;
}

/** Why there is none on this machine, as a sentence; undefined where there is. */
export function whyNoPostgres(): string | undefined {
  if (programs() === undefined)
    return 'There is no PostgreSQL 14 here; on Debian: apt-get install postgresql';
  if (isRoot() && owner() === undefined)
    return 'PostgreSQL does not run as root, and there is no user postgres.';
  return undefined;
}

/**
 * On any port that is free.
 *
 * @param options.isDurable Whether a commit waits for the disk; tests that cut no power do without.
 * @throws Error where there is no PostgreSQL.
 */
export async function startPostgres({
  isDurable = false,
}: { readonly isDurable?: boolean } = {}): Promise<PostgresServer> {
  const folderOfPrograms = programs();
  if (folderOfPrograms === undefined) throw new Error(whyNoPostgres());
  const as: SpawnOptions = isRoot() ? { ...owner(), cwd: '/' } : { cwd: '/' };
  const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-postgres-'));
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${password}\n`);
  for (const path of [folder, passwordFile]) {
    const mine = isRoot() ? owner() : undefined;
    if (mine !== undefined) chownSync(path, mine.uid, mine.gid);
  }
  const args = [
    '-D',
    data,
    '-U',
    user,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--no-sync',
  ];
  // A collation of people's, so that keys that were not compared byte by byte would be noticed.
  const made = spawnSync(join(folderOfPrograms, 'initdb'), [...args, '--locale=C.UTF-8'], {
    ...as,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`PostgreSQL made no data folder: ${made.stderr}${made.stdout}`);
  const server = new Server(folderOfPrograms, folder, await freePort(), isDurable, as);
  await server.start();
  return server;
}

class Server implements PostgresServer {
  #process: ChildProcess | undefined;

  constructor(
    private readonly programs: string,
    private readonly folder: string,
    readonly port: number,
    private readonly isDurable: boolean,
    private readonly as: SpawnOptions,
  ) {}

  get pid(): number | undefined {
    return this.#isRunning ? this.#process?.pid : undefined;
  }

  connectionString(database: string): string {
    return `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${this.port}/${database}`;
  }

  createDatabase(name: string): void {
    this.ask('postgres', `CREATE DATABASE ${name}`);
  }

  ask(database: string, statement: string): string {
    const args = [this.connectionString(database), '-XAtq', '-v', 'ON_ERROR_STOP=1', '-c', statement];
    const asked = spawnSync(this.psql, args, { encoding: 'utf8' });
    if (asked.status !== 0) throw new Error(asked.stderr);
    return asked.stdout.trim();
  }

  async start(): Promise<void> {
    const log = join(this.folder, 'log');
    const args = [
      '-D',
      join(this.folder, 'data'),
      '-p',
      String(this.port),
      '-h',
      '127.0.0.1',
      '-k',
      this.folder,
    ];
    const child = spawn(
      join(this.programs, 'postgres'),
      [...args, '-c', `fsync=${this.isDurable ? 'on' : 'off'}`],
      {
        ...this.as,
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    this.#process = child;
    let said = '';
    child.stderr.on('data', (some: Buffer) => {
      said += some.toString();
    });
    const until = Date.now() + patienceMs;
    while (!this.#isReady()) {
      if (child.exitCode !== null || Date.now() > until)
        throw new Error(`PostgreSQL did not start: ${said} ${log}`);
      await sleep(50);
    }
  }

  async kill(): Promise<void> {
    await this.#end('SIGQUIT');
  }

  async remove(): Promise<void> {
    await this.#end('SIGINT');
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #isRunning(): boolean {
    return (
      this.#process !== undefined && this.#process.exitCode === null && this.#process.signalCode === null
    );
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (child === undefined || !this.#isRunning) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  #isReady(): boolean {
    const file = join(this.folder, 'data', 'postmaster.pid');
    return existsSync(file) && readFileSync(file, 'utf8').split('\n')[7]?.trim() === 'ready';
  }

  private get psql(): string {
    return join(this.programs, 'psql');
  }
}

/** The folder of the programs: Debian keeps them beside its versions, and only the client on PATH. */
function programs(): string | undefined {
  const versions = ['18', '17', '16', '15', '14'].map((version) => `/usr/lib/postgresql/${version}/bin`);
  const onPath = (process.env['PATH'] ?? '').split(':');
  return [...versions, ...onPath].find((folder) =>
    ['postgres', 'initdb', 'psql'].every((name) => existsSync(join(folder, name))),
  );
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The user that Debian's package makes. */
function owner(): { readonly uid: number; readonly gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}
