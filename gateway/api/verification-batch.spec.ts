import type { Input } from '@pledgeonce/chaincode/api.js';
import request from 'supertest';
import { apiUnderTest } from './testing/api-under-test.js';
import type { ApiUnderTest } from './testing/api-under-test.js';

const item = (place: number) => ({
  document: { type: 'customs-declaration', number: `2218202601234${String(place).padStart(5, '0')}` },
  particulars: {
    enterprise: { scheme: 'USCC', id: '91330200MA2CKXQ85H' },
    total: { amount: '100.00', currency: 'USD' },
  },
});
const items = (count: number) => Array.from({ length: count }, (_, place) => item(place));

describe('a batch of verifications', () => {
  let api: ApiUnderTest;
  let asked: string[];
  let officer: string;
  beforeEach(async () => {
    asked = [];
    api = await apiUnderTest('BankAMSP', {
      limits: {
        bodyBytes: 10_000_000,
        importItemBytes: 20_000,
        requestsPerMinute: 10_000,
        strangersPerMinute: 10_000,
        streamsPerPerson: 2,
        signInsPerMinute: 1_000,
        verificationsPerMinute: 600,
        missesPerPerson: 1_000,
        missesPerOrganisation: 1_000,
        openingsPerMinute: 3,
      },
      profile: { channel: 'registry', chaincode: { name: 'pledgeonce' } } as never,
      ledger: {
        evaluateSigned: (_signatory: unknown, _name: string, { document }: Input<'verifyDocument'>) => {
          asked.push(document.number);
          const output = { result: 'not-found', mismatches: [], warnings: [], asked: 'a'.repeat(64) };
          const transactionId = document.number.padStart(64, '0');
          const evidence = {
            transactionId,
            responseKey: Buffer.alloc(32).toString('base64'),
            transaction: 'AAAA',
          };
          return Promise.resolve({ output, evidence });
        },
      } as never,
    });
    officer = await api.signIn('officer');
  });
  afterEach(() => api.close());

  const send = async (documents: readonly unknown[], receipt = false) => {
    const answer = await request(api.app)
      .post('/api/v1/verifications/batch')
      .set('Authorization', officer)
      .send({ documents, receipt });
    return { status: answer.status, body: answer.body as Body };
  };
  interface Body {
    readonly code?: string;
    readonly field?: string;
    readonly items?: readonly { readonly index: number; readonly status: string }[];
    readonly receipt?: { readonly items: readonly { readonly asked: unknown }[] };
  }

  it.each([0, 501])('of %d documents is refused, and nobody is asked', async (count) => {
    const { status, body } = await send(items(count));
    expect([status, body.code, body.field]).toEqual([400, 'INPUT_INVALID', 'documents']);
    expect(asked).toEqual([]);
  });

  it('of 500 has a verdict on each in the order given, and a receipt of those that were answered', async () => {
    const documents: unknown[] = items(500);
    documents[7] = { document: {} };
    documents[499] = 'no document';
    const { status, body } = await send(documents, true);
    expect(status).toBe(200);
    expect(body.items?.map(({ index }) => index)).toEqual(documents.map((_, index) => index));
    const refused = body.items?.filter((one) => one.status === 'refused') ?? [];
    expect(refused).toMatchObject([
      { index: 7, problem: { status: 400, code: 'INPUT_INVALID' } },
      { index: 499, problem: { status: 400, code: 'INPUT_INVALID' } },
    ]);
    expect(new Set(asked).size).toBe(498);
    expect(body.receipt?.items).toHaveLength(498);
    expect(body.receipt?.items[7]?.asked).toEqual(documents[8]);
  });

  it('counts its documents one by one against what a minute allows, and none of one that is too many', async () => {
    expect((await send(items(500))).status).toBe(200);
    const over = await send(items(101));
    expect([over.status, over.body.code]).toEqual([429, 'RATE_LIMITED']);
    expect(asked).toHaveLength(500);
    expect((await send(items(100))).status).toBe(200);
  });
});
