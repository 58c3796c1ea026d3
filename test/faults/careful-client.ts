import { setTimeout as sleep } from 'node:timers/promises';
import { signIn, type Answer, type Client } from '@pledgeonce/scripts/rest/client.js';
import { at } from '@pledgeonce/scripts/rest/json.js';
import { consortium } from '../acceptance/support/consortium.js';

const answerLimitMs = 120_000;

/** One request under one key, as it may be sent any number of times. */
export interface KeyedRequest {
  readonly path: string;
  readonly body: object;
  readonly key: string;
  /** POST where nothing else is said. */
  readonly method?: 'POST' | 'PATCH';
  /** Who of the organisation sends it; its officer where nobody else is named. */
  readonly by?: string;
}

/** What an attempt came to: an answer that ends the request, or why the request has to be repeated. */
type Attempt = Answer | 'open' | 'again';

/** What a request came to in the end. */
export interface Outcome {
  /** Undefined when it was given up, because the gateway said that nothing was changed, or nobody answered in time. */
  readonly answer: Answer | undefined;
  /** Whether its outcome was unknown at any time before. */
  readonly wasOpen: boolean;
}

/**
 * Officers who keep on while things break. Like any careful client they repeat a request under its key while its outcome
 * is open, as soon as the gateway says, sign in again when the session is gone, and take the gateway at its word when it says that nothing was changed:
 * such a request is given up, so that the ledger shows whether the word was true.
 */
export class CarefulClient {
  /** Answers that no client should ever see, whatever breaks. */
  readonly unexpected: string[] = [];
  /** How often each status was answered. */
  readonly answers = new Map<number, number>();
  readonly #clients = new Map<string, Promise<Client>>();
  readonly #open: (mspId: string, by: string) => Promise<Client>;
  readonly #limitMs: number;

  /**
   * @param open Signs somebody in; at the consortium's own gateways unless given.
   * @param limitMs What is not answered for so long is something that no client should see; two minutes unless given.
   */
  constructor(
    open = (mspId: string, by: string) => signIn(consortium(), mspId, by),
    limitMs = answerLimitMs,
  ) {
    this.#open = open;
    this.#limitMs = limitMs;
  }

  /** @param mspId whose officer sends it. */
  async post(mspId: string, request: KeyedRequest): Promise<Outcome> {
    const until = Date.now() + this.#limitMs;
    let wasOpen = false;
    while (Date.now() < until) {
      const attempt = await this.#attempt(mspId, request);
      if (typeof attempt !== 'string') {
        if (!saysNothingChanged(attempt)) return { answer: attempt, wasOpen };
        // An attempt before this one may have been taken by the orderers: then only its own answer counts.
        if (!wasOpen) return { answer: undefined, wasOpen };
      } else if (attempt === 'open') {
        wasOpen = true;
      }
      await sleep(typeof attempt === 'string' ? 100 : askedToWaitMs(attempt));
    }
    this.unexpected.push(`${request.key} was not answered in ${this.#limitMs / 60_000} minutes`);
    return { answer: undefined, wasOpen };
  }

  async #attempt(
    mspId: string,
    { path, body, key, method = 'POST', by = 'officer' }: KeyedRequest,
  ): Promise<Attempt> {
    try {
      const client = await this.#client(mspId, by);
      const answer = await client.request(method, path, { body, idempotencyKey: key }).catch(() => undefined);
      if (answer === undefined) {
        this.#clients.delete(`${mspId}/${by}`);
        return 'open';
      }
      this.answers.set(answer.status, (this.answers.get(answer.status) ?? 0) + 1);
      if (answer.status === 401) this.#clients.delete(`${mspId}/${by}`);
      if (answer.status === 202) {
        if (answer.headers.get('location')?.startsWith('/api/v1/operations/') !== true)
          this.unexpected.push(`202 without a place to ask: ${JSON.stringify(answer.body)}`);
        return 'open';
      }
      if (isBetweenReplicas(answer)) return 'open';
      return answer.status === 401 || answer.status === 429 || isContention(answer) ? 'again' : answer;
    } catch {
      // Nobody could be signed in: nothing has been sent.
      this.#clients.delete(`${mspId}/${by}`);
      return 'again';
    }
  }

  async #client(mspId: string, by: string): Promise<Client> {
    const name = `${mspId}/${by}`;
    const known = this.#clients.get(name) ?? this.#open(mspId, by);
    this.#clients.set(name, known);
    return known;
  }
}

function askedToWaitMs({ headers }: Answer): number {
  return Number(headers.get('retry-after') ?? 0.1) * 1_000;
}

function saysNothingChanged({ status, body }: Answer): boolean {
  return status === 503 && at(body, 'code') === 'NETWORK_UNAVAILABLE';
}

/** The gateway does not know, or nobody serves at this moment: the request says under its key what became of it. */
function isBetweenReplicas({ status, body }: Answer): boolean {
  return status === 503 && ['DATABASE_AWAY', 'TAKING_OVER'].includes(String(at(body, 'code')));
}

/** Others changed the same record at the same moment, and nothing was changed: the request may be repeated. */
function isContention({ status, body }: Answer): boolean {
  return status === 409 && at(body, 'code') === 'CONCURRENT_CHANGE';
}
