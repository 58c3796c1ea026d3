import { setTimeout as sleep } from 'node:timers/promises';
import { startChild, stopChild, type Program, type RunningChild } from './child.js';

/** A crash counts for so long; that many within it, and the program is given up. */
const crashWindowMs = 60_000;
const crashLimit = 8;

/**
 * Keeps one program running: when it dies it is started again, because every program here resumes from its disk.
 */
export class Supervised {
  readonly #program: Program;
  readonly #report: (line: string) => void;
  readonly #onRestart: () => void;
  #child: RunningChild;
  #crashes: number[] = [];
  #stopping = false;

  private constructor(
    program: Program,
    child: RunningChild,
    report: (line: string) => void,
    onRestart: () => void,
  ) {
    this.#program = program;
    this.#child = child;
    this.#report = report;
    this.#onRestart = onRestart;
    this.#watch();
  }

  /** @throws Failure when the first start fails; later ones are only reported. */
  static async start(
    program: Program,
    report: (line: string) => void,
    onRestart: () => void,
  ): Promise<Supervised> {
    return new Supervised(program, await startChild(program), report, onRestart);
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
    if (this.#crashes.length > crashLimit) {
      this.#report(`${this.#program.title} ended too often (${cause}); see ${this.#program.logFile}`);
      return;
    }
    this.#report(`${this.#program.title} ended (${cause}): starting it again`);
    await sleep(100 * this.#crashes.length);
    if (this.#isStopping()) return;
    try {
      this.#child = await startChild(this.#program);
    } catch (error) {
      this.#report(error instanceof Error ? error.message : String(error));
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
