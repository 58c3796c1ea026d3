import {
  OpenAPIRegistry,
  OpenApiGeneratorV31,
  zodToOpenAPIRegistry,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import {
  claimViewSchema,
  documentSchema,
  factInputSchema,
  factViewSchema,
  moneySchema,
  partyIdSchema,
  partySchema,
} from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import type { Endpoint } from '../endpoint.js';
import { operationId } from './operation-id.js';
import { limitHeaders, problemsOf, whoMayCall } from './operation-texts.js';
import { parameterText } from './parameter-texts.js';
import { problemSchema } from '../problem.js';
import { tagTexts } from './tags.js';
import { scopeOf, scopeTexts } from '../http/scopes.js';
import { tokenPath } from '../http/token-path.js';
import { withExamples } from './with-examples.js';
import { cursorPattern, cursorSchema, idempotencyKeyPattern } from '../shared-schemas.js';

export const basePath = '/api/v1';

const components = {
  Money: moneySchema,
  PartyId: partyIdSchema,
  Party: partySchema,
  Document: documentSchema,
  FactInput: factInputSchema,
  Fact: factViewSchema,
  Claim: claimViewSchema,
  Problem: problemSchema,
};
for (const [refId, schema] of Object.entries(components)) {
  // The documented way, `.openapi()`, has to patch zod before any schema is made; these come from another package.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  zodToOpenAPIRegistry.add(schema as z.ZodType, { _internal: { refId } });
}

// eslint-disable-next-line @typescript-eslint/no-deprecated
zodToOpenAPIRegistry.add(cursorSchema, { pattern: cursorPattern });

type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;
interface Described {
  readonly name: string;
  description?: string;
}

/** OpenAPI 3.1, from the very schemas that validate. */
export function describeApi(endpoints: readonly Endpoint[], title: string): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'session', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'opaque',
    description:
      'The token that `POST /sessions` answers. A page of the gateway itself uses a cookie instead.',
  });
  registry.registerComponent('securitySchemes', 'machine', {
    type: 'oauth2',
    description:
      'For machines of the organisation: a signed assertion (RFC 7523, by the rules of RFC8725) or a client certificate (RFC 8705).',
    flows: { clientCredentials: { tokenUrl: tokenPath, scopes: scopeTexts } },
  });
  endpoints.forEach((endpoint) => {
    registry.registerPath(describePath(endpoint));
  });
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title,
      version: '1.0.0',
      description: 'Trade facts and the financing claims against them: a receivable is pledged once.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: basePath, description: 'This gateway', 'x-internal': false }],
    tags: tagTexts.map(([name, description]) => ({ name, description })),
  });
  return withExamples(withPortablePatterns(withParameterTexts(document)));
}

/** The generator gives a parameter no description of its own. */
function withParameterTexts(document: OpenApiDocument): OpenApiDocument {
  const operations = Object.values(document.paths ?? {}).flatMap((path): unknown[] => Object.values(path));
  for (const { parameters = [] } of operations as { parameters?: Described[] }[]) {
    for (const parameter of parameters) parameter.description ??= parameterText(parameter.name);
  }
  return document;
}

function describePath(endpoint: Endpoint): RouteConfig {
  const { method, path, tag, summary, params, query, body, writes, streams, answers, csv } = endpoint;
  const others = streams ?? endpoint.bytes;
  const bodyContent =
    others === undefined
      ? body && { 'application/json': { schema: body } }
      : Object.fromEntries(others.map((type) => [type, { schema: z.string() }]));
  const headers = writes
    ? z.object({ 'Idempotency-Key': z.string().regex(idempotencyKeyPattern) })
    : undefined;
  return {
    method,
    path,
    tags: [tag],
    summary,
    description: whoMayCall(endpoint),
    operationId: operationId(endpoint),
    security: securityOf(endpoint),
    request: {
      ...(params instanceof z.ZodObject ? { params } : {}),
      ...(query instanceof z.ZodObject ? { query } : {}),
      ...(headers === undefined ? {} : { headers }),
      ...(bodyContent === undefined ? {} : { body: { content: bodyContent, required: true } }),
    },
    responses: {
      ...(writes && streams === undefined ? { 202: { ...pending, headers: limitHeaders(202) } } : {}),
      ...Object.fromEntries(
        Object.entries(answers).map(([status, { description, schema, contentType = 'application/json' }]) => [
          status,
          {
            description,
            headers: limitHeaders(Number(status)),
            ...(schema === undefined
              ? {}
              : {
                  content: {
                    [contentType]: { schema },
                    ...(csv !== undefined && status === '200' && { 'text/csv': { schema: z.string() } }),
                  },
                }),
          },
        ]),
      ),
      ...problemsOf(endpoint),
      default: {
        description: 'A problem; `code` is stable',
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    },
  };
}

function securityOf(endpoint: Endpoint): Record<string, string[]>[] {
  if (endpoint.access === 'public') return [];
  const scope = scopeOf(endpoint);
  const isForMachines = Object.hasOwn(scopeTexts, scope);
  return [{ session: [] }, ...(isForMachines ? [{ machine: [scope] }] : [])];
}

const pending = {
  description: 'The outcome is not known yet: ask at the address in `Location`',
  content: {
    'application/json': {
      schema: z.strictObject({
        operation: z.strictObject({ transactionId: z.string(), status: z.literal('pending') }),
      }),
    },
  },
};

/** Half a character cannot be in a text that a client in most languages holds, and their patterns cannot name one. */
const halves = '\\ud800-\\udfff';
/** The generator takes the flags of a pattern for a part of it. */
const flags = /\$\/[a-z]+$/;

/** Patterns as every reader of JSON schemas takes them, and not only one that is written in JavaScript. */
function withPortablePatterns<D extends object>(document: D): D {
  for (const [name, value] of Object.entries(document) as [keyof D, unknown][]) {
    if (typeof value === 'string' && name === 'pattern') document[name] = portable(value) as D[keyof D];
    else if (typeof value === 'object' && value !== null) withPortablePatterns(value);
  }
  return document;
}

function portable(pattern: string): string {
  return pattern.replace(flags, '$').replace(halves, '');
}
