import type { FactView } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import request from 'supertest';
import { apiUnderTest } from './testing/api-under-test.js';
import type { ApiUnderTest } from './testing/api-under-test.js';

describe('POST /api/v1/facts/import', () => {
  let api: ApiUnderTest;
  let officer: string;

  beforeAll(async () => {
    api = await apiUnderTest('CustomsMSP', {
      facts: {
        place: (_lane, _signatory, input) => {
          const { number } = input as { number: string };
          return number === 'twice'
            ? Promise.reject(new LedgerError('FACT_EXISTS', { field: 'number' }))
            : Promise.resolve({ view: { id: number } as FactView, transactionId: 'tx' });
        },
      },
    });
    officer = await api.signIn('officer');
  });

  afterAll(() => api.close());

  async function send(type: string, body: string) {
    const response = await request(api.app)
      .post('/api/v1/facts/import')
      .set({ Authorization: officer, 'Idempotency-Key': 'import-1', 'Content-Type': type })
      .buffer(true)
      .parse((incoming, done) => {
        let text = '';
        incoming.on('data', (chunk: Buffer) => (text += chunk.toString()));
        incoming.on('end', () => {
          done(null, text);
        });
      })
      .send(body);
    const lines = String(response.body)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown);
    return { status: response.status, lines };
  }

  it('gives each line its own verdict, in order', async () => {
    const { status, lines } = await send(
      'application/x-ndjson',
      '{"number":"a"}\n{"number":"twice"}\n\n{oops\n{"number":"b"}',
    );
    expect(status).toBe(200);
    expect(lines).toMatchObject([
      { index: 0, status: 'recorded', id: 'a', transactionId: 'tx' },
      { index: 1, status: 'refused', code: 'FACT_EXISTS', field: 'number' },
      { index: 2, status: 'refused', code: 'MALFORMED_JSON' },
      { index: 3, status: 'recorded', id: 'b' },
    ]);
  });

  it('keeps the order over more items than may be under way', async () => {
    const numbers = Array.from({ length: 1_000 }, (_, index) => `n${index}`);
    const { lines } = await send(
      'application/x-ndjson',
      numbers.map((number) => JSON.stringify({ number })).join('\n'),
    );
    expect(lines.map((line) => (line as { id: string }).id)).toEqual(numbers);
  });

  it('takes an array, and refuses what is none', async () => {
    expect((await send('application/json', '[{"number":"a"}]')).lines).toMatchObject([
      { status: 'recorded' },
    ]);
    expect(await send('application/json', '{"number":"a"}')).toMatchObject({
      status: 400,
      lines: [{ code: 'INPUT_INVALID' }],
    });
  });

  it('refuses a line that is too long where it comes, and keeps the verdicts before it', async () => {
    const { lines } = await send('application/x-ndjson', `{"number":"a"}\n{"number":"${'x'.repeat(2_000)}`);
    expect(lines).toMatchObject([
      { index: 0, status: 'recorded' },
      { index: 1, status: 'refused', code: 'BODY_TOO_LARGE' },
    ]);
  });

  it('does not take a format that it cannot read', async () => {
    expect(await send('application/pdf', '%PDF')).toMatchObject({ status: 415 });
  });
});
