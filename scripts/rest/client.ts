import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPledgeOnceClient, type PledgeOnceClient } from '@pledgeonce/client';
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

/** The generated client as whoever sends what the API does not describe sees it: any path, any body. */
interface Unchecked {
  request(method: string, path: string, options: object): Promise<{ readonly response: Response }>;
}

/**
 * One signed-in person at one organisation's gateway. All goes through the client that is made from the OpenAPI document:
 * by `api` what its types know, and by the other ways what a test wants to see refused.
 */
export class Client {
  readonly api: PledgeOnceClient;
  readonly token: string;

  constructor(
    readonly url: string,
    token: string,
  ) {
    this.token = token;
    this.api = createPledgeOnceClient({
      baseUrl: `${url}/api/v1`,
      ...(token !== '' && { headers: { authorization: `Bearer ${token}` } }),
      fetch: (request) => this.deliver(request),
      bodySerializer: (body) => (isRaw(body) ? body : JSON.stringify(body)),
    });
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
    let refused: Response | undefined;
    // Of a refusal the client reads the body itself; whoever asked for the response wants to do that.
    const keep = ({ response }: { readonly response: Response }) => {
      if (!response.ok) refused = response.clone();
    };
    const { response } = await (this.api as unknown as Unchecked).request(method, path, {
      parseAs: 'stream',
      headers: {
        ...(method !== 'GET' && { 'idempotency-key': idempotencyKey ?? randomUUID() }),
        // Of its own the client calls every body JSON.
        ...(isRaw(body) && { 'content-type': null }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      // The signal reaches `fetch` itself: a request that merely follows it may be collected before its answer has ended.
      fetch: (sent: Request) => this.deliver(sent, signal),
      middleware: [{ onResponse: keep }],
    });
    return refused ?? response;
  }

  /** Every request passes here, typed or not. */
  protected deliver(request: Request, signal?: AbortSignal): Promise<Response> {
    return send(request, signal && { signal });
  }
}

function isRaw(body: unknown): body is string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array;
}

/** The header under which a typed call is carried out once; a new key unless a retry is meant. */
export function once(key: string = randomUUID()): {
  readonly header: { readonly 'Idempotency-Key': string };
} {
  return { header: { 'Idempotency-Key': key } };
}

/** What a typed call came to. */
export interface TypedAnswer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** The answer to a typed call, whatever it is. */
export async function answerOf(call: Promise<TypedAnswer<unknown>>): Promise<Answer> {
  const { data, error, response } = await call;
  return { status: response.status, headers: response.headers, body: (data ?? error ?? {}) as Json };
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
