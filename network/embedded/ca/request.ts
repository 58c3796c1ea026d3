import { z } from 'zod';
import type { Authority } from './authority.js';
import { CODES, CaError } from './errors.js';

/** What the endpoints see of an HTTP request. */
export interface CaRequest {
  readonly method: string;
  /** Path and query as they were sent: the caller's token signs them. */
  readonly uri: string;
  readonly authorization: string | undefined;
  readonly body: Buffer;
  readonly query: ReadonlyMap<string, string>;
  /** The identity or affiliation that the path names. */
  readonly subject: string;
}

/** The answer of an endpoint, before it goes into the envelope. */
export interface Reply {
  readonly result: unknown;
  readonly location?: string;
}

export type Endpoint = (authority: Authority, request: CaRequest) => Promise<Reply>;

/**
 * Reads the body. As in Fabric CA, names count in any case and null stands for absent.
 *
 * @throws CaError 400
 */
export function bodyOf<Body>(request: CaRequest, schema: z.ZodType<Body>): Body {
  if (request.body.length === 0) throw new CaError(400, CODES.emptyBody, 'Empty request body');
  const parsed = schema.safeParse(fieldsOf(request));
  if (!parsed.success) {
    throw new CaError(400, CODES.badBody, `Invalid request body: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

/** @throws CaError when the caller means another certificate authority. */
export function requireThisAuthority(authority: Authority, request: CaRequest): void {
  const named =
    request.query.get('ca') ?? (request.body.length > 0 ? fieldsOf(request)['caname'] : undefined);
  if (typeof named !== 'string' || named === '' || named === authority.name) return;
  throw new CaError(404, CODES.caNotFound, `CA '${named}' does not exist`);
}

/**
 * Reads `force` and other switches of the query as Go reads booleans.
 *
 * @throws CaError 400 when Go would not read the value as a boolean.
 */
export function switchOf(request: CaRequest, name: string): boolean {
  const value = request.query.get(name) ?? '';
  const on = value === '' ? false : booleanOf(value.toLowerCase());
  if (on === undefined) {
    throw new CaError(
      400,
      CODES.removeAffiliation,
      `Failed to correctly parse value of '${name}' query parameter`,
    );
  }
  return on;
}

/** Go's `strconv.ParseBool`; undefined for anything else. */
export function booleanOf(value: string): boolean | undefined {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(value)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(value)) return false;
  return undefined;
}

function fieldsOf(request: CaRequest): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(request.body.toString('utf8'));
  } catch (error) {
    throw new CaError(400, CODES.badBody, `Invalid request body: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CaError(400, CODES.badBody, 'Invalid request body: an object is expected');
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([name, field]) => [name.toLowerCase(), field]),
  );
}
