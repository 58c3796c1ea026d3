import type { Clock } from '@pledgeonce/network/embedded/ledger/clock.js';

const RealDate = Date;
/** Turns of the event loop in which whatever does not wait for time goes on. */
const turnsBetween = 4;
/** How long one turn takes while a chaincode computes, ms: things may happen in the middle of it. */
const turnMs = 0.05;

interface Timer {
  readonly at: number;
  /** Of two that are due together, the one that was asked for first. */
  readonly order: number;
  readonly callback: () => void;
}

/**
 * Time that passes only when nothing else is to be done, for the network (its `Clock`) and, while it is installed, for everything
 * that asks for the date. It can jump, as a machine's clock does.
 */
export class SimulatedTime implements Clock {
  #elapsed = 0;
  /** What the clock on the wall is wrong by. */
  #offset = 0;
  #order = 0;
  readonly #start = RealDate.now();
  readonly #timers = new Set<Timer>();
  #isBusy: () => boolean = () => false;

  now(): number {
    return this.#start + this.#elapsed + this.#offset;
  }

  /** Of the run, whatever the clock on the wall says, ms. */
  get elapsed(): number {
    return this.#elapsed;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.#elapsed + Math.max(0, milliseconds), order: this.#order++, callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(milliseconds, resolve);
    });
  }

  /** Whoever computes says so: then time does not leap to what is due next. */
  busyWhile(isBusy: () => boolean): void {
    this.#isBusy = isBusy;
  }

  /** The clock is set by so much. */
  jump(milliseconds: number): void {
    this.#offset += milliseconds;
  }

  /** The clock is set right. */
  setRight(): void {
    this.#offset = 0;
  }

  /** Lets time pass until something has come to its end. @throws Error when nothing is left that could bring it there. */
  async until<T>(outcome: Promise<T>): Promise<T> {
    const state = { isOver: false };
    const end = () => {
      state.isOver = true;
    };
    outcome.then(end, end);
    let idle = 0;
    while (!state.isOver) {
      const isBusy = this.#isBusy();
      for (let turn = 0; turn < (isBusy ? 1 : turnsBetween); turn++) await new Promise(setImmediate);
      if (isBusy) this.#elapsed += turnMs;
      const next = this.#next();
      if (next === undefined && ++idle > 2_000)
        throw new Error('Nothing is left to happen, and the simulation is not over.');
      if (next === undefined || (isBusy && next.at > this.#elapsed)) continue;
      idle = 0;
      this.#timers.delete(next);
      this.#elapsed = Math.max(this.#elapsed, next.at);
      next.callback();
    }
    return outcome;
  }

  /**
   * Shows this time to everything in the process that asks for the date, or how long something has taken: what is given up
   * when it takes too long is not given up because the machine is busy. The returned function ends that.
   */
  install(): () => void {
    const now = () => this.now();
    class SimulatedDate extends RealDate {
      constructor(...given: [] | [number | string]) {
        if (given.length === 0) super(now());
        else super(given[0]);
      }
      static override now(): number {
        return now();
      }
    }
    globalThis.Date = SimulatedDate as DateConstructor;
    Object.defineProperty(performance, 'now', { value: () => this.#elapsed, configurable: true });
    return () => {
      globalThis.Date = RealDate;
      // What the engine itself has stands on the prototype.
      Reflect.deleteProperty(performance, 'now');
    };
  }

  #next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (first === undefined || timer.at < first.at || (timer.at === first.at && timer.order < first.order))
        first = timer;
    }
    return first;
  }
}
