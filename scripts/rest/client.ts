import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { organisationOf, type OrganisationDescription, type StackDescription } from '../stack/description.js';
import { send } from './send.js';

/** What a gateway answers: problem details of RFC 9457 when it refuses. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** Any JSON object, read field by field: what a client without our code would see. */
export type Json = Readonly<Record<string, unknown>>;

export interface RequestOptions {
  readonly body?: unknown;
  /** Made anew for every write unless a retry is meant. */
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One signed-in person at one organisation's gateway. */
export class Client {
  readonly #base: string;
  readonly token: string;

  constructor(
    readonly url: string,
    token: string,
  ) {
    this.#base = `${url}/api/v1`;
    this.token = token;
  }

  async get(path: string): Promise<Answer> {
    return this.request('GET', path);
  }

  async post(path: string, body: unknown, idempotencyKey?: string): Promise<Answer> {
    return this.request('POST', path, { body, ...(idempotencyKey !== undefined && { idempotencyKey }) });
  }

  /** Sends a request and settles an outcome that the gateway does not know yet. */
  async request(method: Method, path: string, options: RequestOptions = {}): Promise<Answer> {
    return readAnswer(await this.fetch(method, path, options));
  }

  /** The raw response, for streams. */
  async fetch(method: Method, path: string, options: RequestOptions = {}): Promise<Response> {
    const { body, idempotencyKey, headers, signal } = options;
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    return send(this.#base + path, {
      method,
      headers: {
        ...(this.token !== '' && { authorization: `Bearer ${this.token}` }),
        ...(method !== 'GET' && { 'idempotency-key': idempotencyKey ?? randomUUID() }),
        ...(body !== undefined && !isRaw && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isRaw ? body : JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
    });
  }
}

/** How often and after how long a sign-in is tried whose certificate authority is still starting. */
const signIns = { most: 3, pauseMs: 2_000 };

/**
 * Signs a development person in.
 *
 * @throws Error when the gateway refuses, or the organisation has nobody with this role.
 */
export async function signIn(stack: StackDescription, msp: string, who: string): Promise<Client> {
  const organisation = organisationOf(stack, msp);
  const person = organisation.people.find(({ id }) => id === who);
  if (person === undefined) throw new Error(`${organisation.title} has nobody called ${who}.`);
  let answer = await openSession(organisation, person.id, person.secret);
  for (let attempt = 1; answer.status === 503 && attempt < signIns.most; attempt++) {
    await sleep(signIns.pauseMs);
    answer = await openSession(organisation, person.id, person.secret);
  }
  if (answer.status !== 201) {
    throw new Error(`${organisation.title} refused ${who}: ${JSON.stringify(answer.body)}`);
  }
  return new Client(organisation.url, String(answer.body['token']));
}

/** The answer to an attempt to sign in, whatever it is. */
export async function openSession(
  { url }: Pick<OrganisationDescription, 'url'>,
  enrolmentId: string,
  secret: string,
): Promise<Answer> {
  return new Client(url, '').post('/sessions', { enrolmentId, secret });
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : (JSON.parse(text) as Json),
  };
}
