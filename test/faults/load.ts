import { setTimeout as sleep } from 'node:timers/promises';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { signIn, type Answer, type Client } from '@pledgeonce/scripts/rest/client.js';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { claim, reference } from '../acceptance/support/documents.js';
import { consortium } from '../acceptance/support/consortium.js';
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
const answerLimitMs = 120_000;

/** What an attempt came to: an answer that ends the request, or why the request has to be repeated. */
type Attempt = Answer | 'open' | 'again';

/**
 * Banks that keep claiming while things break. Like any careful client they repeat a request under its key while its
 * outcome is open, sign in again when the session is gone, and take the gateway at its word when it says that nothing
 * was changed: such a request is given up, so that the ledger shows whether the word was true.
 */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  /** Answers that no client should ever see, whatever breaks. */
  readonly unexpected: string[] = [];
  /** How often each status was answered. */
  readonly answers = new Map<number, number>();
  readonly facts: readonly FactInput[];
  readonly #clients = new Map<string, Promise<Client>>();
  #next = 0;
  #stopping = false;
  readonly #workers: Promise<void>[];

  constructor(facts: readonly FactInput[], workers: number) {
    this.facts = facts;
    this.#workers = Array.from({ length: workers }, (_, index) =>
      this.#work(banks[index % banks.length] ?? 'BankAMSP'),
    );
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
      const answer = await this.#claim(bank, fact, `load-${process.pid}-${Date.now()}-${number}-key`);
      if (answer?.status === 201) {
        const tookMs = performance.now() - begun;
        this.acknowledged.push({ id: textAt(answer.body, 'id'), fact, bank, tookMs });
      } else if (answer !== undefined && at(answer.body, 'code') !== 'EXCEEDS_BALANCE') {
        this.unexpected.push(`${answer.status} ${JSON.stringify(answer.body)}`);
      }
    }
  }

  /** @returns undefined when the request was given up because the gateway said that nothing was changed. */
  async #claim(bank: string, fact: FactInput, key: string): Promise<Answer | undefined> {
    const body = claim(reference(fact), claimAmount);
    const until = Date.now() + answerLimitMs;
    let isOpen = false;
    while (Date.now() < until) {
      const attempt = await this.#attempt(bank, body, key);
      if (typeof attempt !== 'string') {
        if (!saysNothingChanged(attempt)) return attempt;
        // An attempt before this one may have been taken by the orderers: then only its own answer counts.
        if (!isOpen) return undefined;
      } else if (attempt === 'open') {
        isOpen = true;
      }
      await sleep(100);
    }
    this.unexpected.push(`${key} was not answered in two minutes`);
    return undefined;
  }

  async #attempt(bank: string, body: object, key: string): Promise<Attempt> {
    try {
      const client = await this.#client(bank);
      const answer = await client.post('/claims', body, key).catch(() => undefined);
      if (answer === undefined) {
        this.#clients.delete(bank);
        return 'open';
      }
      this.answers.set(answer.status, (this.answers.get(answer.status) ?? 0) + 1);
      if (answer.status === 401) this.#clients.delete(bank);
      if (answer.status === 202) {
        if (answer.headers.get('location')?.startsWith('/api/v1/operations/') !== true)
          this.unexpected.push(`202 without a place to ask: ${JSON.stringify(answer.body)}`);
        return 'open';
      }
      return answer.status === 401 || answer.status === 429 || isContention(answer) ? 'again' : answer;
    } catch {
      // Nobody could be signed in: nothing has been sent.
      this.#clients.delete(bank);
      return 'again';
    }
  }

  async #client(bank: string): Promise<Client> {
    const known = this.#clients.get(bank) ?? signIn(consortium(), bank, 'officer');
    this.#clients.set(bank, known);
    return known;
  }
}

function saysNothingChanged({ status, body }: Answer): boolean {
  return status === 503 && at(body, 'code') === 'NETWORK_UNAVAILABLE';
}

/** Others changed the same record at the same moment, and nothing was changed: the request may be repeated. */
function isContention({ status, body }: Answer): boolean {
  return status === 409 && at(body, 'code') === 'CONCURRENT_CHANGE';
}
