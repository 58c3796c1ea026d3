import { Writable } from 'node:stream';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { pino } from 'pino';
import request from 'supertest';
import { apiUnderTest } from './testing/api-under-test.js';
import type { ApiUnderTest } from './testing/api-under-test.js';

const checkCode = 'CODE-4711';
const number = '2026-3302-000017';
const body = {
  document: { type: 'tax-filing', number },
  payer: { scheme: 'USCC', id: '91330200MA2CKXQ85H' },
  checkCode,
};

describe('POST /api/v1/document-openings', () => {
  let api: ApiUnderTest;
  let officer: string;
  let logged: string;
  let answers: (() => Promise<object>)[];
  let reached: unknown[];

  beforeEach(async () => {
    logged = '';
    reached = [];
    answers = [];
    const sink = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        logged += chunk.toString();
        done();
      },
    });
    const ledger = {
      submit: async (_signatory: unknown, _name: unknown, input: unknown) => {
        reached.push(input);
        const attempt = () => Promise.resolve({ id: 'a'.repeat(64), at: '2026-11-25T00:00:00.000Z' });
        return { output: await (answers.shift() ?? attempt)(), transactionId: '7' };
      },
      evaluate: () => Promise.resolve({ result: 'refused', attemptsLeft: 4 }),
    };
    api = await apiUnderTest('BankAMSP', {
      log: pino({ level: 'trace' }, sink),
      ledger: ledger as never,
    });
    officer = await api.signIn('officer');
  });

  afterEach(() => api.close());

  let keys = 0;
  const post = (key = `opening-${++keys}`, more: object = body) =>
    request(api.app)
      .post('/api/v1/document-openings')
      .set({ Authorization: officer, 'Idempotency-Key': key })
      .send(more);

  it('answers how many attempts are left, and counts a repetition of the request once', async () => {
    const first = await post('opening-once');
    const again = await post('opening-once');
    expect([first.status, first.body]).toEqual([200, { result: 'refused', attemptsLeft: 4 }]);
    expect(again.body).toEqual(first.body);
    // The ledger is given the person's own key, so that nobody repeats somebody else's request.
    expect(reached).toEqual([{ ...body, idempotencyKey: expect.stringMatching(/^[\w-]{43}$/) as unknown }]);
  });

  it('writes neither the code nor the number to the log, whatever becomes of the request', async () => {
    answers = [
      () => Promise.reject(new LedgerError('CHECK_CODE_LOCKED')),
      () => Promise.reject(new Error('nobody foresaw this')),
    ];
    expect((await post()).status).toBe(403);
    expect((await post()).status).toBe(500);
    expect((await post()).status).toBe(200);
    expect(logged).toContain('document opening');
    expect(logged).toContain('INTERNAL');
    expect(logged).not.toContain(checkCode);
    expect(logged).not.toContain(number);
  });

  it('keeps who asked for which document, without the code', async () => {
    await post();
    const kept = await request(api.app)
      .get('/api/v1/verifications')
      .set({ Authorization: await api.signIn('auditor') });
    expect(kept.body).toMatchObject({
      items: [{ person: 'officer', question: 'opening', document: { number }, result: 'refused' }],
    });
    expect(JSON.stringify(kept.body)).not.toContain(checkCode);
  });

  it('is limited in rate for each person', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 4; n++) statuses.push((await post()).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });
});
