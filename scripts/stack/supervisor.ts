import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '@pledgeonce/network/message-of.js';
import { startChild, stopChild, type Program, type RunningChild } from './child.js';

export interface Pace {
  /** Who has served for so long was well: it is started again at once. */
  readonly steadyMs: number;
  /** Longer by as much with each end in a row that came sooner, up to thirty times. */
  readonly pauseMs: number;
}
const usualPace: Pace = { steadyMs: 2_000, pauseMs: 100 };
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
  readonly #pace: Pace;
  #child: RunningChild;
  #readyAt = performance.now();
  #soonEnded = 0;
  #failedStarts = 0;
  #stopping = false;

  private constructor(
    program: Program,
    child: RunningChild,
    report: (line: string) => void,
    onRestart: () => void,
    pace: Pace,
  ) {
    this.#program = program;
    this.#child = child;
    this.#report = report;
    this.#onRestart = onRestart;
    this.#pace = pace;
    this.#watch();
  }

  /** @throws Failure when the first start fails; later ones are only reported. */
  static async start(
    program: Program,
    report: (line: string) => void,
    onRestart: () => void,
    pace = usualPace,
  ): Promise<Supervised> {
    return new Supervised(program, await startChild(program), report, onRestart, pace);
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
    const isSteady = this.#failedStarts === 0 && performance.now() - this.#readyAt >= this.#pace.steadyMs;
    this.#soonEnded = isSteady ? 0 : this.#soonEnded + 1;
    if (this.#failedStarts >= failedStartLimit) {
      this.#report(`${this.#program.title} does not start (${cause}); see ${this.#program.logFile}`);
      return;
    }
    this.#report(`${this.#program.title} ended (${cause}): starting it again`);
    await sleep(this.#pace.pauseMs * Math.min(this.#soonEnded, longestPause));
    if (this.#isStopping()) return;
    try {
      this.#child = await startChild(isSteady ? afterCrash(this.#program) : this.#program);
      this.#readyAt = performance.now();
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

function afterCrash(program: Program): Program {
  return { ...program, args: [...program.args, ...(program.argsAfterCrash ?? [])] };
}
