import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ApiContext } from './context.js';
import type { Endpoint } from './endpoint.js';
import { endpointsOf } from './whole-api.js';
import { requestsOn, type ShownRequest } from './testing/shown-requests.js';

const docs = new URL('../../../docs/', import.meta.url);
const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
const endpoints = endpointsOf({ limits: {}, organisation: { mspId: 'EnterpriseMSP' } } as ApiContext);

const requests = pages.flatMap((page) =>
  requestsOn(readFileSync(new URL(page, docs), 'utf8')).map((request) => ({ page, request })),
);

function endpointOf({ method, path }: ShownRequest): Endpoint | undefined {
  return endpoints.find(
    (one) =>
      one.method === method.toLowerCase() &&
      new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
}

/** Where a standard puts an address, and not our API. */
const standard = /^\/(oauth2|\.well-known)\//;

/** What the gateway would say of it before it asks the ledger. */
function faultOf(request: ShownRequest): string | undefined {
  if (standard.test(request.path)) return undefined;
  const found = endpointOf(request);
  if (found === undefined) return 'there is no such endpoint';
  // Of another form than JSON: the specs of what reads it have the page's own message.
  if (found.bytes !== undefined) return undefined;
  const unknown = Object.keys(request.query).filter(
    (name) => !(found.query instanceof z.ZodObject && name in found.query.shape),
  );
  if (unknown.length > 0) return `it takes no ${unknown.join(', ')}`;
  // A table or a sentence that names an address asks nothing of it.
  const isNamed = request.isMention && request.body === undefined && Object.keys(request.query).length === 0;
  if (isNamed) return undefined;
  const query = found.query?.safeParse(request.query);
  if (query?.success === false) return z.prettifyError(query.error);
  if (request.body === undefined && request.isMention) return undefined;
  // An empty body says nothing, and is taken everywhere.
  if (found.body === undefined) return (request.body ?? '{}') === '{}' ? undefined : 'it takes no body';
  const body = found.body.safeParse(parsed(request.body ?? '{}'));
  return body.success ? undefined : z.prettifyError(body.error);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return `no JSON: ${body}`;
  }
}

describe('the requests that the documentation shows', () => {
  it('are ones that the gateway takes', () => {
    const faults = requests.flatMap(({ page, request }) => {
      const fault = faultOf(request);
      return fault === undefined ? [] : [`${page}: ${request.text}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  it('are found in blocks, in sentences and in commands', () => {
    expect(requests.length).toBeGreaterThan(60);
    expect(requests.filter(({ request }) => request.body !== undefined).length).toBeGreaterThan(25);
    const page = [
      '1. Say `POST /api/v1/claims/{id}/withdrawal`, or `GET /claims?state=reserved`.',
      '   ```',
      '   POST /api/v1/loan-applications/{id}/approval   (approver)',
      '   {"expectedSeq": 3, "text": "a } in a text",',
      '    "id": "5f0c…"}',
      '',
      '   200 {"state": "approved"}',
      '   ```',
      '```sh',
      "curl -s $BANK/verifications -H 'x: y' \\",
      `  -d '{"document": {}}'`,
      '```',
    ].join('\n');
    expect(requestsOn(page)).toMatchObject([
      {
        method: 'POST',
        path: '/loan-applications/{id}/approval',
        body: `{"expectedSeq": 3, "text": "a } in a text",\n    "id": "5f0c${'0'.repeat(60)}"}`,
        isMention: false,
      },
      { path: '/claims/{id}/withdrawal', body: undefined, isMention: true },
      { method: 'GET', path: '/claims', query: { state: 'reserved' } },
      { method: 'POST', path: '/verifications', body: '{"document": {}}' },
    ]);
  });
});
