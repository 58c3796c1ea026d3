import { setTimeout as delay } from 'node:timers/promises';
import type { ChannelPolicies } from './channel-policies.js';
import type { Disk, Frozen } from './disk.js';
import { proveChain } from './prove-chain.js';
import { proveState } from './prove-state.js';
import type { Tip } from './tip.js';

/** How much is proved before a ledger is open, and when the rest is gone on with. */
export interface ProofPlan {
  /** Milliseconds of proof before the ledger is open. */
  readonly budgetMs: number;
  /** Blocks, records and parts of files that are proved before it even if that takes longer. */
  readonly leastSteps: number;
  /** Milliseconds until the rest is gone on with: whoever has just started has other work. */
  readonly restAfterMs: number;
}

/** Not long, but a small ledger is proved whole however busy the machine. */
export const proofAtStart: ProofPlan = { budgetMs: 250, leastSteps: 500, restAfterMs: 10_000 };
/** Of a ledger that was open a moment ago, and for which people wait: all of it is proved while it is in use. */
export const proofAfterCrash: ProofPlan = { ...proofAtStart, budgetMs: 0, leastSteps: 0 };

/** While the network runs the proof works so long, then rests so long (milliseconds): a fifth of one core. */
const workMs = 5;
const restMs = 20;

/**
 * Proves chain and state as they were when it was begun, on a disk frozen at that moment: blocks go on being committed.
 */
export class Proof {
  readonly #disk: Frozen;
  readonly #steps: AsyncGenerator<void>;
  #isOver = false;

  constructor(disk: Disk, tip: Tip, policies: ChannelPolicies) {
    this.#disk = disk.freeze();
    this.#steps = steps(disk, this.#disk, tip, policies);
  }

  /**
   * Goes on for so many milliseconds.
   *
   * @param leastSteps blocks, records and parts of files that are proved even if that takes longer.
   * @returns whether everything has been proved.
   * @throws LedgerDamaged
   */
  async goOn(budgetMs: number, leastSteps = 0): Promise<boolean> {
    const until = performance.now() + budgetMs;
    try {
      for (let steps = 0; !this.#isOver && (steps < leastSteps || performance.now() < until); steps++) {
        if ((await this.#steps.next()).done === true) this.#end();
      }
    } catch (error) {
      this.#end();
      throw error;
    }
    return this.#isOver;
  }

  /**
   * Proves the rest, beside other work.
   *
   * @param afterMs begins after so many milliseconds.
   * @throws LedgerDamaged
   */
  async finish(afterMs: number): Promise<void> {
    await delay(afterMs, undefined, { ref: false });
    while (!(await this.goOn(workMs))) await delay(restMs, undefined, { ref: false });
  }

  /** Gives up what has not been proved yet; ends when the disk is not read any more. */
  async stop(): Promise<void> {
    await this.#steps.return(undefined).catch(() => undefined);
    this.#end();
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#disk.close();
  }
}

async function* steps(disk: Disk, frozen: Frozen, tip: Tip, policies: ChannelPolicies): AsyncGenerator<void> {
  // First, for what reads the records goes by what these files say of where they are.
  if (disk.prove !== undefined) yield* disk.prove();
  yield* proveChain(frozen, tip);
  yield* proveState(frozen, tip, policies);
}
