import { type Described, exampleOf } from '@pledgeonce/gateway/api/description/example-of.js';
import { eachAtOnce } from '@pledgeonce/gateway/api/each-at-once.js';
import type { Answer, Client, Json } from '@pledgeonce/scripts/rest/client.js';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { readAgreement } from '../../authorisation/agreement.js';
import { BlockReader } from '../support/block-reader.js';
import { bank, consortium, customsOfficer, person } from '../support/consortium.js';
import { claim, declaration, inDays, record, reference, usd } from '../support/documents.js';
import { eventually } from '../support/eventually.js';
import { writesSince } from '../support/nothing-written.js';

/**
 * What somebody of the same kind and role is told who names another's record at their own gateway; written by hand: `whose
 * record, who tries | the refusal | the operations`. The functions behind them: `test/authorisation/others-records.ts`.
 */
const agreed = readAgreement(`
claim, officer of B | 404 CLAIM_NOT_FOUND | GET /claims/{id}, GET /claims/{id}/history, GET /audit/claims/{id}
claim, officer of B | 404 CLAIM_NOT_FOUND | POST /claims/{id}/disbursement, POST /claims/{id}/repayments
claim, officer of B | 404 CLAIM_NOT_FOUND | POST /claims/{id}/withdrawal, POST /claims/{id}/rejection
claim, officer of B | 404 CLAIM_NOT_FOUND | POST /claims/{id}/dispute, POST /claims/{id}/extension
claim, officer of B | 404 CLAIM_NOT_FOUND | POST /claims/{id}/debtor-notice, POST /claims/{id}/repurchase
claim, officer of B | 404 CLAIM_NOT_FOUND | POST /claims/{id}/write-off, POST /claims/{id}/collector
claim, officer of B | 404 CLAIM_NOT_FOUND | POST /claims/{id}/goods-release, POST /claims/{id}/reversal
claim, officer of B | 404 CLAIM_NOT_FOUND | POST /claims/{id}/awaiting/return, POST /claims/{id}/transfer
claim, officer of B | 404 CLAIM_NOT_FOUND | POST /claims/{id}/transfer/refusal, POST /claims/{id}/moves
claim, approver of B | 404 CLAIM_NOT_FOUND | POST /claims/{id}/acceptance, POST /claims/{id}/dispute/resolution
claim, approver of B | 404 CLAIM_NOT_FOUND | POST /claims/{id}/awaiting/confirmation
claim, approver of B | 409 TRANSFER_INVALID | POST /claims/{id}/transfer/acceptance
fact, officer of B | 404 FACT_NOT_FOUND | GET /facts/{id}, GET /facts/{id}/history
fact, officer of tax | 403 WRONG_ORGANISATION | PATCH /facts/{id}, POST /facts/{id}/cancellation
fact, officer of tax | 403 WRONG_ORGANISATION | POST /facts/{id}/change-preview
authorisation, exporter-2 | 404 AUTHORISATION_NOT_FOUND | DELETE /authorisations/{id}, GET /authorisations/{id}
consent, exporter-2 | 404 CONSENT_NOT_FOUND | DELETE /consents/{id}
objection, exporter-2 | 404 OBJECTION_NOT_FOUND | GET /objections/{id}, POST /objections/{id}/withdrawal
objection, officer of B | 404 OBJECTION_NOT_FOUND | POST /objections/{id}/answer
request, exporter-2 | 404 REQUEST_NOT_FOUND | GET /financing-requests/{id}, POST /financing-requests/{id}/withdrawal
request, officer of B | 404 REQUEST_NOT_FOUND | POST /financing-requests/{id}/offers, GET /financing-requests/{id}/offers
`);

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Described }>> };
}

describe("another's record", () => {
  let reader: BlockReader;
  let ids: Readonly<Record<string, string>>;
  let people: Readonly<Record<string, Client>>;
  let described: {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    readonly components: { readonly schemas: Readonly<Record<string, Described>> };
  };

  beforeAll(async () => {
    reader = await BlockReader.open(consortium());
    const [customs, a, b] = await Promise.all([customsOfficer(), bank('A'), bank('B')]);
    const exporter = await person('EnterpriseMSP', 'exporter-1');
    people = {
      'officer of A': a.officer,
      'officer of B': b.officer,
      'approver of B': b.approver,
      'officer of tax': await person('TaxMSP', 'officer'),
      'exporter-2': await person('EnterpriseMSP', 'exporter-2'),
    };
    described = (await (await fetch(`${customs.url}/openapi.json`)).json()) as typeof described;
    ids = await recordsOfOthers(customs, a.officer, exporter);
  }, 120_000);
  afterAll(() => {
    reader.close();
  });

  it('is refused by every operation that names one, and nothing is written', async () => {
    const before = await reader.height();
    const contradictions: string[] = [];
    await eachAtOnce([...agreed], 8, async ([name, { kinds, roles }]) => {
      const [record = '', who = ''] = kinds;
      const client = people[who];
      if (client === undefined) throw new Error(`Nobody is ${who}.`);
      const [method = '', path = ''] = name.split(' ');
      const address = path.replace('{id}', ids[record] ?? '');
      const { status, body } = await send(client, method, address, bodyFor(method, path));
      const told = `${status} ${String(at(body, 'code'))}`;
      if (told !== roles[0]) contradictions.push(`${name}, ${who}: ${told}`);
    });
    expect(contradictions).toEqual([]);
    expect(await writesSince(reader, before)).toBe(0);
  }, 120_000);

  /** What the description of the API gives as an example. */
  function bodyFor(method: string, path: string): unknown {
    const { content } = described.paths[path]?.[method.toLowerCase()]?.requestBody ?? {};
    const schema = content?.['application/json']?.schema;
    return schema && exampleOf(schema, described.components.schemas);
  }
});

/** Bank A's claim, customs' declaration, and what an exporter has said and asked for, each known to its own gateway. */
async function recordsOfOthers(
  customs: Client,
  officer: Client,
  exporter: Client,
): Promise<Readonly<Record<string, string>>> {
  const paper = declaration();
  const fact = await record(customs, paper);
  const lines = [{ document: reference(paper), amount: usd('100.00') }];
  const made = async (path: string, body: object, client = exporter): Promise<string> => {
    const answer = await client.post(path, body);
    expect([answer.status, at(answer.body, 'code')]).toEqual([201, undefined]);
    return textAt(answer.body, 'id');
  };
  const own = { bank: 'BankAMSP', purpose: 'Working capital' };
  const { scheme, id } = paper.seller;
  const ids = {
    fact,
    claim: await made('/claims', claim(reference(paper), usd('400.00')), officer),
    authorisation: await made('/authorisations', {
      ...own,
      ...{ categories: ['basic'], from: inDays(0), to: inDays(30), uses: 3 },
    }),
    consent: await made('/consents', { bank: 'BankAMSP', document: reference(paper) }),
    objection: await made('/objections', {
      document: reference(paper),
      enterprise: { scheme, id },
      reason: 'The goods of this declaration were never shipped.',
    }),
    request: await made('/financing-requests', {
      ...{ banks: ['BankAMSP'], amount: usd('100.00'), tenorDays: 90, product: 'invoice' },
      ...{ purpose: 'Working capital', lines, deadline: new Date(Date.now() + 3_600_000).toISOString() },
    }),
  };
  // What is not found must be another's, and not late: its owner has found it.
  await eventually(async () => (await officer.get(`/claims/${ids.claim}`)).status === 200);
  await eventually(async () => (await exporter.get(`/financing-requests/${ids.request}`)).status === 200);
  return ids;
}

async function send({ url, token }: Client, method: string, address: string, body: unknown): Promise<Answer> {
  const response = await fetch(`${url}/api/v1${address}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'idempotency-key': `others-${Math.random()}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Json };
}
