import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { openRotatedLog } from '../../rotated-log.js';
import type { Environment } from '../config/environment.js';
import { writeWhole } from '../../write-whole.js';

/** A program that runs on after the command that started it has ended. */
export interface Daemon {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Environment;
  readonly cwd?: string;
  readonly files: { readonly dir: string; readonly log: string; readonly pid: string };
}

type DaemonFiles = Daemon['files'];

/**
 * Starts the program unless it runs. Its output is appended to its log.
 *
 * @returns whether it had to be started.
 */
export function startDaemon({ command, args, environment, cwd, files }: Daemon): boolean {
  if (runningPid(files) !== undefined) return false;
  mkdirSync(files.dir, { recursive: true });
  const { descriptor: log } = openRotatedLog(files.log);
  try {
    const child = spawn(command, args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, ...environment },
      cwd: cwd ?? files.dir,
    });
    // Without a listener a program that is not there would end this process with an unreadable trace.
    child.on('error', () => undefined);
    if (child.pid === undefined) throw new Error(`${command} did not start.`);
    child.unref();
    writeWhole(files.pid, `${child.pid} ${startOf(child.pid) ?? ''}`);
    return true;
  } finally {
    closeSync(log);
  }
}

/** The process number of the program if it runs; a number that another program has since been given does not count. */
export function runningPid(files: DaemonFiles): number | undefined {
  if (!existsSync(files.pid)) return undefined;
  const [, pid = '', started = ''] = /^(\d+) (.*)$/.exec(readFileSync(files.pid, 'utf8')) ?? [];
  return pid !== '' && startOf(Number(pid)) === started ? Number(pid) : undefined;
}

/**
 * Sends the signal and waits until the program has ended; after the time limit (milliseconds) it is killed.
 *
 * @returns whether it ran.
 */
export async function stopDaemon(
  files: DaemonFiles,
  signal: NodeJS.Signals = 'SIGTERM',
  limit = 15_000,
): Promise<boolean> {
  const pid = runningPid(files);
  if (pid === undefined) return false;
  process.kill(pid, signal);
  const deadline = Date.now() + limit;
  while (runningPid(files) !== undefined) {
    if (Date.now() > deadline) process.kill(pid, 'SIGKILL');
    await delay(50);
  }
  rmSync(files.pid, { force: true });
  return true;
}

/**
 * @throws Error with the end of its log when the program is not running.
 */
export function assertRunning({ name, files }: Pick<Daemon, 'name' | 'files'>): void {
  if (runningPid(files) !== undefined) return;
  const log = existsSync(files.log) ? readFileSync(files.log, 'utf8').trim() : '';
  const lines = log.split('\n');
  const fault = lines.findLast((line) => FAULT.test(line)) ?? lines.at(-1) ?? '';
  throw new DaemonDied(`${name} ended: ${fault === '' ? 'its log is empty' : textOf(fault)} (${files.log})`);
}

/** Lines of JSON, of Fabric's programs and of ours (pino's 50 and 60), and what a runtime writes when it gives up. */
const FAULT = /"level":("(error|panic|fatal)"|[56]0\b)|\b(PANI|ERRO|FATA|Error|panic)/;

/** What a line says to people. */
function textOf(line: string): string {
  try {
    const { msg } = JSON.parse(line) as { readonly msg?: unknown };
    return typeof msg === 'string' ? msg : line;
  } catch {
    return line;
  }
}

/** A program that was to run on has ended by itself. */
export class DaemonDied extends Error {
  override readonly name = 'DaemonDied';
}

/** When the process was started, as `ps` prints it; undefined when there is none or it is a zombie. */
function startOf(pid: number): string | undefined {
  try {
    const [state = '', ...started] = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .trim()
      .split(/\s+/);
    return state === '' || state.startsWith('Z') ? undefined : started.join(' ');
  } catch {
    return undefined;
  }
}
