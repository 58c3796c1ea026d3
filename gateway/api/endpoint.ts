import type { Request, Response } from 'express';
import { z } from 'zod';
import type { LedgerFunction, OrganisationKind, Role } from '@pledgeonce/chaincode/permissions.js';
import type { Session } from '../people/session-store.js';
import type { Signatory } from '../ledger/signatory.js';
import type { CsvTable } from './http/csv.js';
import type { Answer as Kept } from './http/idempotency.js';

/** Who may call: anybody, anybody signed in, whoever may call a function of the ledger, or a list. */
export type Access =
  | 'public'
  | 'session'
  | LedgerFunction
  | { readonly kinds?: readonly OrganisationKind[]; readonly roles: readonly Role[] };

/** Somebody signed in, and how they sign. */
export interface Caller {
  readonly session: Session;
  readonly signatory: Signatory;
}

/** What a handler answers. */
export interface Answer extends Kept {
  /** It leaves an outcome open, so that a repetition of the request asks again. */
  readonly isOpen?: boolean;
}

/** A request that has passed every check. */
export interface Call<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** The key under which this request is carried out at most once; only on writes. */
  readonly key: string;
  /** Absent only on public endpoints. */
  readonly caller: Caller | undefined;
}

/** A request of somebody who is signed in. */
export type SignedCall<P, Q, B> = Call<P, Q, B> & { readonly caller: Caller };

interface AnswerDescription {
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly contentType?: string;
}

interface Common<P, Q, B> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** In OpenAPI's form, below the base path: `/claims/{id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly access: Access;
  readonly params?: z.ZodType<P>;
  readonly query?: z.ZodType<Q>;
  readonly body?: z.ZodType<B>;
  readonly answers: Readonly<Record<number, AnswerDescription>>;
}

/** One operation of the API: what it takes, who may call it and what it answers. Documentation comes from it too. */
export interface Endpoint<P = unknown, Q = unknown, B = unknown> extends Common<P, Q, B> {
  /** Changes something: needs an idempotency key and is carried out once. */
  readonly writes: boolean;
  /**
   * Says that the handler itself answers a repetition under the same key. For answers with a secret in them: they are not
   * kept, but made again.
   */
  readonly repeats?: 'itself';
  /** Limits how often one person may call, per minute. */
  readonly perMinute?: number;
  /** The answer as a table, for whoever accepts `text/csv`: all that the filter shows. */
  readonly csv?: CsvTable;
  /** Media types of a request that the handler reads as a stream. */
  readonly streams?: readonly string[];
  /** Media types of a request that the handler gets whole, each byte a character: its `body` is text. */
  readonly bytes?: readonly string[];
  readonly handle: (call: Call<P, Q, B>, request: Request, response: Response) => Promise<Answer | undefined>;
}

/** Defines an endpoint for people who are signed in. */
export function endpoint<P, Q, B>(
  definition: Omit<Endpoint<P, Q, B>, 'handle' | 'writes'> & {
    readonly writes?: boolean;
    readonly handle: (
      call: SignedCall<P, Q, B>,
      request: Request,
      response: Response,
    ) => Promise<Answer | undefined>;
  },
): Endpoint {
  const { handle, ...rest } = definition;
  const checked: Endpoint<P, Q, B> = {
    writes: false,
    ...rest,
    ...strictQuery(rest.query),
    handle: (call, request, response) => {
      const { caller } = call;
      if (caller === undefined) throw new TypeError(`${definition.path} needs a session.`);
      return handle({ ...call, caller }, request, response);
    },
  };
  return checked as unknown as Endpoint;
}

/** Defines an endpoint that needs no session. */
export function publicEndpoint<P, Q, B>(definition: Omit<Endpoint<P, Q, B>, 'access' | 'writes'>): Endpoint {
  return {
    ...definition,
    ...strictQuery(definition.query),
    access: 'public',
    writes: false,
  } as unknown as Endpoint;
}

/** However its schema is written, no endpoint takes a parameter that it does not read. */
function strictQuery<Q>(query: z.ZodType<Q> | undefined): { query?: z.ZodType<Q> } {
  return query instanceof z.ZodObject ? { query: query.strict() as unknown as z.ZodType<Q> } : {};
}
