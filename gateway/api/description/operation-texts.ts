import type { ResponseConfig } from '@asteasolutions/zod-to-openapi';
import { permissions } from '@pledgeonce/chaincode/permissions.js';
import type { Endpoint } from '../endpoint.js';
import { problemTable } from '../errors.js';
import { problemSchema } from '../problem.js';

/** In a sentence or two, for whoever reads about an operation: who may call it, and what it asks of the client. */
export function whoMayCall({ access, writes, csv, perMinute }: Endpoint): string {
  return [
    who(access),
    ...(writes
      ? ['Needs an `Idempotency-Key`: repeated under the same key it is carried out once and answered alike.']
      : []),
    ...(csv === undefined
      ? []
      : ['With `Accept: text/csv` it answers all that the filter shows as a table.']),
    ...(perMinute === undefined ? [] : ['It is limited more narrowly than other operations.']),
  ].join(' ');
}

function who(access: Endpoint['access']): string {
  if (access === 'public') return 'For anybody; no session is needed.';
  if (access === 'session') return 'For whoever is signed in.';
  const { kinds, roles }: { readonly kinds?: readonly string[]; readonly roles: readonly string[] } =
    typeof access === 'string' ? permissions[access] : access;
  const people = roles.filter((role) => role !== 'service');
  const of = kinds === undefined ? 'any organisation' : `organisations of these kinds: ${listed(kinds)}`;
  return people.length === 0
    ? `For the gateway itself, at ${of}.`
    : `For people in these roles: ${listed(people)}; of ${of}.`;
}

function listed(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}

type HeadersOf = Extract<NonNullable<ResponseConfig['headers']>, Record<string, unknown>>;
const schema = { type: 'string', maxLength: 200 } as const;

/** How much of its budget a caller has left stands in every answer; a refusal for that, or in an outage, says when to come back. */
export function limitHeaders(status: number): HeadersOf {
  return {
    RateLimit: { description: 'What is left of the caller’s requests, and until when.', schema },
    'RateLimit-Policy': { description: 'How many requests a caller has in which time.', schema },
    ...([429, 503].includes(status) && { 'Retry-After': { description: 'Seconds to wait.', schema } }),
  };
}

/** Statuses that any operation of this form may answer, each with the codes that stand behind it. */
export function problemsOf({ access, tag, params, body, writes }: Endpoint): Record<number, object> {
  const isSigned = access !== 'public';
  const isSignIn = tag === 'sessions' && body !== undefined;
  const statuses = [
    400,
    ...(isSigned || isSignIn ? [401] : []),
    ...(isSigned ? [403] : []),
    ...(params === undefined ? [] : [404]),
    ...(writes ? [409, 422] : []),
    429,
    500,
    503,
  ];
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: `A problem; \`code\` is one of ${codesOf(status)}`,
        headers: limitHeaders(status),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}

function codesOf(status: number): string {
  const codes = Object.entries(problemTable).filter(([, entry]) => entry.status === status);
  return codes.map(([code]) => `\`${code}\``).join(', ');
}
