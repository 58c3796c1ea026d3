import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startChild, stopChild, type RunningChild } from './child.js';
import type { StackDescription } from './description.js';
import { projectRoot } from './options.js';
import { shiftVariable } from './shifted-clock.js';

export const day = 86_400_000;

const preload = pathToFileURL(join(projectRoot, 'scripts/dist/stack/shifted-clock.js')).href;

/** A consortium in a folder of its own that can be stopped and found again some days later. */
export class ShiftedConsortium {
  readonly #state = mkdtempSync(join(tmpdir(), 'pledgeonce-time-'));
  readonly #portBase: string;
  readonly #restBase: string;
  #running: RunningChild | undefined;
  #shift = 0;

  /** @param portBase the first port of its network; `restBase`: of its gateways. */
  constructor(portBase: string, restBase: string) {
    this.#portBase = portBase;
    this.#restBase = restBase;
  }

  /** Milliseconds since 1970 by the clock of the consortium. */
  get now(): number {
    return Date.now() + this.#shift;
  }

  /** The date by that clock, so many days later. */
  dateIn(days: number): string {
    return new Date(this.now + days * day).toISOString().slice(0, 10);
  }

  /** The environment of a Node process whose clock is that of the consortium, or so much before it. */
  clock(aheadMs = 0): Readonly<Record<string, string>> {
    return { NODE_OPTIONS: `--import ${preload}`, [shiftVariable]: String(this.#shift + aheadMs) };
  }

  /**
   * Starts it, or stops it and starts it again, so many days after today.
   *
   * @param whileDown what becomes of its folder between the two.
   */
  async at(days: number, whileDown?: (folder: string) => Promise<void>): Promise<StackDescription> {
    await this.stop();
    await whileDown?.(this.#state);
    this.#shift = days * day;
    this.#running = await startChild({
      title: 'The consortium',
      script: join(projectRoot, 'scripts/dist/start.js'),
      args: ['--json', '--state', this.#state, '--port-base', this.#portBase, '--rest-base', this.#restBase],
      logFile: join(this.#state, 'start.log'),
      env: this.clock(),
      // The programs that it starts in turn have their own limits.
      readyWithinMs: 600_000,
    });
    return this.#running.ready as StackDescription;
  }

  async stop(): Promise<void> {
    if (this.#running !== undefined) await stopChild(this.#running.process);
    this.#running = undefined;
  }

  /** Stops it for good. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#state, { recursive: true, force: true });
  }
}
