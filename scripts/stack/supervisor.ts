import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '@pledgeonce/network/message-of.js';
import { startChild, stopChild, type Program, type RunningChild } from './child.js';

/** Crashes within so long lengthen the pause before the next start. */
const crashWindowMs = 60_000;
/** Longer by as much with each crash, up to thirty times. */
const pauseMs = 100;
const longestPause = 30;
/** So many starts in a row that come to nothing, and the program is given up: its files or its settings are wrong. */
const failedStartLimit = 8;

/**
 * Keeps one program running: when it dies it is started again, however often, because every program here resumes from
 * its disk. Only one that does not start is given up.
 */
export class Supervised {
  readonly #program: Program;
  readonly #report: (line: string) => void;
  readonly #onRestart: () => void;
  readonly #pauseMs: number;
  #child: RunningChild;
  #crashes: number[] = [];
  #failedStarts = 0;
  #stopping = false;

  private constructor(
    program: Program,
    child: RunningChild,
    report: (line: string) => void,
    onRestart: () => void,
    pause: number,
  ) {
    this.#program = program;
    this.#child = child;
    this.#report = report;
    this.#onRestart = onRestart;
    this.#pauseMs = pause;
    this.#watch();
  }

  /** @throws Failure when the first start fails; later ones are only reported. */
  static async start(
    program: Program,
    report: (line: string) => void,
    onRestart: () => void,
    pause = pauseMs,
  ): Promise<Supervised> {
    return new Supervised(program, await startChild(program), report, onRestart, pause);
  }

  get pid(): number {
    return this.#child.pid;
  }

  get ready(): unknown {
    return this.#child.ready;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await stopChild(this.#child.process);
  }

  /** Asked again after every wait, during which it may have changed. */
  #isStopping(): boolean {
    return this.#stopping;
  }

  #watch(): void {
    this.#child.process.once('exit', (code, signal) => {
      if (!this.#stopping) void this.#restart(signal ?? `code ${code ?? 'unknown'}`);
    });
  }

  async #restart(cause: string): Promise<void> {
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter((at) => at > now - crashWindowMs), now];
    if (this.#failedStarts >= failedStartLimit) {
      this.#report(`${this.#program.title} does not start (${cause}); see ${this.#program.logFile}`);
      return;
    }
    this.#report(`${this.#program.title} ended (${cause}): starting it again`);
    await sleep(this.#pauseMs * Math.min(this.#crashes.length, longestPause));
    if (this.#isStopping()) return;
    try {
      this.#child = await startChild(this.#program);
      this.#failedStarts = 0;
    } catch (error) {
      this.#failedStarts += 1;
      this.#report(messageOf(error));
      await this.#restart('it did not start');
      return;
    }
    if (this.#isStopping()) {
      await stopChild(this.#child.process);
      return;
    }
    this.#watch();
    this.#onRestart();
  }
}
