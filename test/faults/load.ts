import { setTimeout as sleep } from 'node:timers/promises';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { signIn, type Answer, type Client } from '@pledgeonce/scripts/rest/client.js';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { claim, reference, usd } from '../acceptance/support/documents.js';
import { consortium } from '../acceptance/support/consortium.js';

/** A claim that a gateway acknowledged: from then on it must never be missing. */
export interface Acknowledged {
  readonly id: string;
  readonly fact: FactInput;
  readonly bank: string;
}

const banks = ['BankAMSP', 'BankBMSP'] as const;
const amount = usd('100.00');

/**
 * Banks that keep claiming while things break. Like any careful client they repeat a request under its key until they
 * get an answer, and sign in again when the session is gone.
 */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  /** Answers that no client should ever see, whatever breaks. */
  readonly unexpected: string[] = [];
  readonly #facts: readonly FactInput[];
  readonly #clients = new Map<string, Promise<Client>>();
  #next = 0;
  #stopping = false;
  readonly #workers: Promise<void>[];

  constructor(facts: readonly FactInput[], workers: number) {
    this.#facts = facts;
    this.#workers = Array.from({ length: workers }, (_, index) => this.#work(banks[index % 2] ?? banks[0]));
  }

  /** Waits until so many more claims are acknowledged. @throws Error when that does not happen in a minute. */
  async progress(count: number): Promise<void> {
    const target = this.acknowledged.length + count;
    for (let waited = 0; waited < 600; waited += 1) {
      if (this.acknowledged.length >= target) return;
      await sleep(100);
    }
    throw new Error(`Only ${this.acknowledged.length} of ${target} claims were acknowledged in a minute.`);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#workers);
  }

  async #work(bank: string): Promise<void> {
    while (!this.#stopping) {
      const number = this.#next;
      this.#next += 1;
      const fact = this.#facts[number % this.#facts.length];
      if (fact === undefined) return;
      const answer = await this.#claim(bank, fact, `load-${process.pid}-${number}-key`);
      if (answer?.status === 201) {
        this.acknowledged.push({ id: textAt(answer.body, 'id'), fact, bank });
      } else if (answer !== undefined && at(answer.body, 'code') !== 'EXCEEDS_BALANCE') {
        this.unexpected.push(`${answer.status} ${JSON.stringify(answer.body)}`);
      }
    }
  }

  async #claim(bank: string, fact: FactInput, key: string): Promise<Answer | undefined> {
    const body = claim(reference(fact), amount);
    for (let attempt = 0; attempt < 300; attempt += 1) {
      try {
        const answer = await (await this.#client(bank)).post('/claims', body, key);
        if (answer.status === 401) this.#clients.delete(bank);
        else if (
          answer.status !== 202 &&
          answer.status !== 429 &&
          answer.status < 500 &&
          !isContention(answer)
        ) {
          return answer;
        }
      } catch {
        this.#clients.delete(bank);
      }
      await sleep(100);
    }
    this.unexpected.push(`${key} was not answered in half a minute`);
    return undefined;
  }

  async #client(bank: string): Promise<Client> {
    const known = this.#clients.get(bank) ?? signIn(consortium(), bank, 'officer');
    this.#clients.set(bank, known);
    return known;
  }
}

/** Others changed the same record at the same moment, and nothing was changed: the request may be repeated. */
function isContention({ status, body }: Answer): boolean {
  return status === 409 && at(body, 'code') === 'CONCURRENT_CHANGE';
}
