import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { openRotatedLog } from '@pledgeonce/network/rotated-log.js';
import { explainLog } from './failure.js';

/** One long-running program of the consortium. */
export interface Program {
  /** What a person calls it. */
  readonly title: string;
  readonly script: string;
  readonly args: readonly string[];
  /** Given besides when it had served well, died, and is started again: people wait for it. */
  readonly argsAfterCrash?: readonly string[];
  readonly logFile: string;
  readonly env?: Readonly<Record<string, string>>;
  /** How long it may take until it is ready, milliseconds; two minutes unless given. */
  readonly readyWithinMs?: number;
}

export interface RunningChild {
  readonly process: ChildProcess;
  readonly pid: number;
  /** The JSON line that it printed when it was ready. */
  readonly ready: unknown;
}

const exitWithParent = import.meta.resolve('@pledgeonce/network/exit-with-parent.js');
const startLimitMs = 120_000;
const stopLimitMs = 15_000;

/**
 * Starts a program and waits for the line `{"ready":true,…}` on its standard output; its log goes to a file.
 *
 * It gets a process group of its own, so that Ctrl-C reaches only the supervisor, which stops things in order.
 *
 * @throws Failure when it stops or is not ready in time.
 */
export async function startChild(program: Program): Promise<RunningChild> {
  mkdirSync(dirname(program.logFile), { recursive: true });
  const { descriptor: log, start } = openRotatedLog(program.logFile);
  const ownLines = () => readFileSync(program.logFile).subarray(start).toString('utf8');
  // The channel ties its life to ours: however this process ends, a program that lived on would keep its ports.
  const child = spawn(process.execPath, ['--import', exitWithParent, program.script, ...program.args], {
    stdio: ['ignore', 'pipe', log, 'ipc'],
    detached: true,
    env: { ...process.env, ...program.env },
  });
  closeSync(log);
  let timer: NodeJS.Timeout | undefined;
  try {
    const ready = await Promise.race([
      readyLine(child),
      ended(child).then(() => Promise.reject(explainLog(program.title, ownLines()))),
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(explainLog(`${program.title} (not ready in time)`, ownLines()));
        }, program.readyWithinMs ?? startLimitMs);
      }),
    ]);
    if (child.pid === undefined) throw new Error(`${program.title} has no process id.`);
    return { process: child, pid: child.pid, ready };
  } catch (error) {
    await stopChild(child);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Asks a program to end and insists when it does not. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const end = ended(child);
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
  await end;
  clearTimeout(timer);
}

async function readyLine(child: ChildProcess): Promise<unknown> {
  if (child.stdout === null) throw new Error('The output of the program is not connected.');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{"ready":true')) {
      child.stdout.resume();
      return JSON.parse(line) as unknown;
    }
  }
  // Its output ended without that line: it is about to exit, and the exit tells why.
  return new Promise(() => undefined);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
}
