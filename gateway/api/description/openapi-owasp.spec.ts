import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { ApiContext } from '../context.js';
import { endpointsOf } from '../whole-api.js';
import { describeApi } from './openapi.js';

interface Finding {
  readonly code: string | number;
  readonly message: string;
  readonly path: readonly (string | number)[];
}
type Json = Readonly<Record<string, unknown>>;

/** Rules that do not hold here, each with its reason. */
const exceptions: Readonly<Record<string, string>> = {
  'info-contact': 'The software has none; whoever runs the gateway has.',
  'license-url': 'OpenAPI 3.1 names the licence by its SPDX identifier, beside which no URL may stand.',
  'openapi-tags-alphabetical': 'Tags stand in the order in which a newcomer needs them.',
  'owasp:api2:2023-short-lived-access-tokens':
    'With client credentials there is no refresh token (RFC 6749, 4.4.3): tokens live 15 minutes, the key is asked anew.',
  'owasp:api4:2023-string-restricted':
    'A remark is free text; it has a length, and whoever shows it escapes it.',
  'owasp:api4:2023-integer-format': 'JSON Schema 2020-12 has no such format; the limits are stated.',
  'owasp:api8:2023-define-cors-origin': 'No page of another origin may call, so no answer names one.',
  'owasp:api9:2023-inventory-environment': 'The one server is the gateway that serves the description.',
};

/** What somebody does who is not signed in: there is nothing to protect it with. */
const forAnybody =
  /^paths,\/(sessions|sessions\/browser|invitations\/acceptance|revocation-lists|checks\/\{code\})(,|$)/;
const ofAnybody = new Set([
  'owasp:api2:2023-write-restricted',
  'owasp:api2:2023-read-restricted',
  'owasp:api8:2023-define-error-responses-401',
]);

/** What comes in: answers are the gateway's own, and redocly looks at their schemas. */
function incoming(): Json {
  const context = { limits: {}, organisation: { mspId: 'EnterpriseMSP' } } as ApiContext;
  const document = JSON.parse(JSON.stringify(describeApi(endpointsOf(context), 'PledgeOnce'))) as {
    paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, Json> }> }>>;
    components: { schemas: Record<string, Json> };
  };
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  const answers = operations.flatMap(({ responses }) => Object.values(responses));
  for (const answer of answers)
    for (const type of Object.keys(answer.content ?? {})) answer.content = { ...answer.content, [type]: {} };
  const text = JSON.stringify(document.paths) + JSON.stringify(document.components.schemas['FactInput']);
  const { schemas } = document.components;
  const used = Object.entries(schemas).filter(([name]) => text.includes(`#/components/schemas/${name}"`));
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(used) } };
}

const program = join(import.meta.dirname, 'testing', 'lint-with-spectral.js');

function lint(document: Json): string[] {
  const input = JSON.stringify({ document, off: Object.keys(exceptions) });
  const output = execFileSync(process.execPath, [program], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return (JSON.parse(output) as readonly Finding[])
    .filter(({ code, path }) => !(ofAnybody.has(String(code)) && forAnybody.test(path.join(','))))
    .filter((finding) => !isBoundByPattern(document, finding))
    .map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`);
}

/** A pattern from end to end without an open repetition is a limit, too. */
function isBoundByPattern(document: Json, { code, path }: Finding): boolean {
  if (code !== 'owasp:api4:2023-string-limit') return false;
  let at: unknown = document;
  for (const step of path) {
    const here = at as Readonly<Record<string, unknown>>;
    const reference = here['$ref'];
    const target = typeof reference === 'string' ? referred(document, reference) : here;
    at = target[step];
  }
  // A file as a whole is read as a stream, up to a limit in bytes.
  if (path.at(-1) === 'schema' && path.includes('requestBody')) return true;
  const { pattern, format, contentEncoding } = at as Readonly<Record<string, unknown>>;
  if (format === 'date' || format === 'date-time' || contentEncoding !== undefined) return true;
  if (typeof pattern !== 'string' || !/^\^.*\$$/s.test(pattern)) return false;
  const outsideClasses = pattern.replace(/\[(?:\\.|[^\]\\])*\]/g, '.');
  return !/(?<!\\)[*+]|,\}/.test(outsideClasses);
}

function referred(document: Json, reference: string): Readonly<Record<string, unknown>> {
  const steps = reference.replace('#/', '').split('/');
  return steps.reduce<unknown>((at, step) => (at as Json)[step], document) as Json;
}

describe('the description of the API, by the rules of spectral and of OWASP', () => {
  it('has nothing against it but what is named here with a reason', () => {
    expect(lint(incoming())).toEqual([]);
  }, 300_000);

  it('would be found out: an address without protection, and a text without an end', () => {
    const paths = {
      '/open': {
        post: {
          operationId: 'open',
          responses: {},
          requestBody: {
            content: {
              'application/json': { schema: { type: 'object', properties: { open: { type: 'string' } } } },
            },
          },
        },
      },
    };
    const found = lint({ openapi: '3.1.0', info: { title: 'x', version: '1' }, paths }).join('\n');
    expect(found).toContain('owasp:api2:2023-write-restricted');
    expect(found).toContain('owasp:api4:2023-string-limit');
    expect(found).toContain('owasp:api4:2023-rate-limit-responses-429');
  }, 120_000);
});
