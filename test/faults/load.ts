import { setTimeout as sleep } from 'node:timers/promises';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { claim, reference } from '../acceptance/support/documents.js';
import { CarefulClient } from './careful-client.js';
import { claimAmount } from './documents.js';

/** A claim that a gateway acknowledged: from then on it must never be missing. */
export interface Acknowledged {
  readonly id: string;
  readonly fact: FactInput;
  readonly bank: ClaimantBank;
  /** From the first request to the answer, milliseconds. */
  readonly tookMs: number;
}

export type ClaimantBank = 'BankAMSP' | 'BankBMSP';
const banks: readonly ClaimantBank[] = ['BankAMSP', 'BankBMSP'];

/** Far beyond what any fault here takes to be got over, on a busy machine. */
const progressLimitMs = 180_000;

/** Banks that keep claiming while things break. */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  readonly facts: readonly FactInput[];
  readonly #client = new CarefulClient();
  #next = 0;
  #stopping = false;
  readonly #workers: Promise<void>[];

  constructor(facts: readonly FactInput[], workers: number) {
    this.facts = facts;
    this.#workers = Array.from({ length: workers }, (_, index) =>
      this.#work(banks[index % banks.length] ?? 'BankAMSP'),
    );
  }

  /** Answers that no client should ever see, whatever breaks. */
  get unexpected(): readonly string[] {
    return this.#client.unexpected;
  }

  /** How often each status was answered. */
  get answers(): ReadonlyMap<number, number> {
    return this.#client.answers;
  }

  /**
   * Waits until so many more claims are acknowledged, of everybody or of one bank.
   *
   * @throws Error when that does not happen in three minutes.
   */
  async progress(count: number, bank?: ClaimantBank): Promise<void> {
    const done = () => this.acknowledged.filter((one) => bank === undefined || one.bank === bank).length;
    await this.#reaches(done, count, 'claims were acknowledged');
  }

  /** Waits until so many more requests were answered with this status. @throws Error after three minutes. */
  async answered(status: number, count: number): Promise<void> {
    await this.#reaches(() => this.answers.get(status) ?? 0, count, `requests were answered with ${status}`);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#workers);
  }

  async #reaches(counted: () => number, more: number, what: string): Promise<void> {
    const target = counted() + more;
    const until = Date.now() + progressLimitMs;
    while (counted() < target) {
      if (Date.now() > until) {
        const answers = JSON.stringify(Object.fromEntries(this.answers));
        throw new Error(`Only ${counted()} of ${target} ${what} in three minutes; all answers: ${answers}.`);
      }
      await sleep(100);
    }
  }

  async #work(bank: ClaimantBank): Promise<void> {
    while (!this.#stopping) {
      const number = this.#next;
      this.#next += 1;
      const fact = this.facts[number % this.facts.length];
      if (fact === undefined) return;
      const begun = performance.now();
      const { answer } = await this.#client.post(bank, {
        path: '/claims',
        body: claim(reference(fact), claimAmount),
        key: `load-${process.pid}-${Date.now()}-${number}-key`,
      });
      if (answer?.status === 201) {
        const tookMs = performance.now() - begun;
        this.acknowledged.push({ id: textAt(answer.body, 'id'), fact, bank, tookMs });
      } else if (answer !== undefined && at(answer.body, 'code') !== 'EXCEEDS_BALANCE') {
        this.#client.unexpected.push(`${answer.status} ${JSON.stringify(answer.body)}`);
      }
    }
  }
}
