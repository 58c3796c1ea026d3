import { setTimeout as sleep } from 'node:timers/promises';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import request from 'supertest';
import type { ClaimView } from '@pledgeonce/chaincode/api.js';
import type { Placed } from '../ledger/item-desk.js';
import { ConflictError, NetworkUnavailableError, OutcomeUnknownError } from '../ledger/errors.js';
import type { ApiContext } from './context.js';
import { apiUnderTest } from './testing/api-under-test.js';
import type { ApiUnderTest } from './testing/api-under-test.js';
import { claimId, newClaim, reservedClaim } from './testing/samples.js';

const transactionId = '7'.repeat(64);
const placed: Placed<ClaimView> = { view: reservedClaim, transactionId };

describe('POST /api/v1/claims', () => {
  let api: ApiUnderTest;
  let officer: string;
  /** What the ledger says to each claim that reaches it, and what reached it. */
  let answers: (() => Promise<Placed<ClaimView>>)[];
  let reached: unknown[];

  beforeEach(async () => {
    reached = [];
    answers = [];
    api = await apiUnderTest('BankAMSP', {
      claims: {
        place: (_lane, _signatory, input) => {
          reached.push(input);
          return (answers.shift() ?? (() => Promise.resolve(placed)))();
        },
      },
    });
    officer = await api.signIn('officer');
  });

  afterEach(() => api.close());

  const post = (key = 'key-0001', body: object = newClaim, authorization = officer) =>
    request(api.app)
      .post('/api/v1/claims')
      .set({ Authorization: authorization, 'Idempotency-Key': key })
      .send(body);

  it('reserves, says where the claim is, and hands the key to the ledger', async () => {
    const response = await post();
    expect(response.status).toBe(201);
    expect(response.body).toEqual({ ...reservedClaim, transactionId });
    expect(response.headers['location']).toBe(`/api/v1/claims/${claimId}`);
    expect(reached).toEqual([
      { ...newClaim, idempotencyKey: expect.stringMatching(/^[\w-]{43}$/) as unknown },
    ]);
  });

  it('answers a repetition from memory, also while the first is under way and after a restart', async () => {
    const [first, second] = await Promise.all([post(), post()]);
    await api.restart();
    const third = await post();
    expect(reached).toHaveLength(1);
    expect([second.body, third.body]).toEqual([first.body, first.body]);
    expect(third.status).toBe(201);
  });

  it('refuses a used key with another body, and keeps keys of different people apart', async () => {
    await post();
    const reused = await post('key-0001', { ...newClaim, applicationNumber: 'A-2' });
    expect([reused.status, reused.body]).toMatchObject([422, { code: 'IDEMPOTENCY_KEY_REUSED' }]);
    await post('key-0001', newClaim, await api.signIn('officer', 'officer-2'));
    expect(reached).toHaveLength(2);
    // Ids on the ledger follow from the key: a colleague's must be another there too.
    const keys = (reached as { idempotencyKey: string }[]).map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).toBe(2);
  });

  it('passes a refusal on with code, sentence and lines, and keeps it', async () => {
    const lines = [
      {
        list: 'lines',
        line: 0,
        code: 'EXCEEDS_BALANCE',
        detail: 'no',
        remaining: { amount: '40.00', currency: 'USD' },
      },
    ] as const;
    answers = [() => Promise.reject(new LedgerError('EXCEEDS_BALANCE', { lines }))];
    const refused = await post();
    expect(refused.status).toBe(409);
    expect(refused.type).toBe('application/problem+json');
    expect(refused.body).toMatchObject({
      code: 'EXCEEDS_BALANCE',
      status: 409,
      instance: '/api/v1/claims',
      lines,
    });
    const again = await post();
    expect(again.body).toEqual(refused.body);
    expect(reached).toHaveLength(1);
  });

  it('tries again what failed without an outcome', async () => {
    answers = [
      () => Promise.reject(new NetworkUnavailableError('down')),
      () => Promise.reject(new ConflictError(transactionId, 'MVCC_READ_CONFLICT')),
    ];
    const codes = [await post(), await post(), await post()].map(({ status }) => status);
    expect(codes).toEqual([503, 409, 201]);
  });

  it('answers 202 while the outcome is open, and the real answer once it is known', async () => {
    const expected = { ...reservedClaim, transactionId };
    answers = [() => Promise.reject(new OutcomeUnknownError(transactionId, expected))];
    const open = await post();
    expect(open.status).toBe(202);
    expect(open.headers['location']).toBe(`/api/v1/operations/${transactionId}`);
    const operation = () =>
      request(api.app).get(String(open.headers['location'])).set('Authorization', officer);
    expect((await operation()).body).toMatchObject({ status: 'pending' });

    api.commits.set(transactionId, { code: 0 });
    expect((await operation()).body).toMatchObject({ status: 'committed', result: expected });
    const repeated = await post();
    expect([repeated.status, repeated.body]).toEqual([201, expected]);
  });

  it('does the work again when the open transaction turned out invalid', async () => {
    answers = [() => Promise.reject(new OutcomeUnknownError(transactionId, {}))];
    await post();
    api.commits.set(transactionId, { code: 11 });
    expect((await post()).status).toBe(201);
    expect(reached).toHaveLength(2);
  });

  it('shows an operation to nobody else', async () => {
    answers = [() => Promise.reject(new OutcomeUnknownError(transactionId, {}))];
    await post();
    const other = await api.signIn('officer', 'officer-2');
    const response = await request(api.app)
      .get(`/api/v1/operations/${transactionId}`)
      .set('Authorization', other);
    expect([response.status, response.body]).toMatchObject([404, { code: 'OPERATION_NOT_FOUND' }]);
  });

  it('gives every item of a batch its own verdict', async () => {
    answers = [
      () => Promise.resolve(placed),
      () => Promise.reject(new LedgerError('LINES_SUM')),
      () => Promise.reject(new OutcomeUnknownError(transactionId, {})),
    ];
    const response = await request(api.app)
      .post('/api/v1/claims/batch')
      .set({ Authorization: officer, 'Idempotency-Key': 'batch-01' })
      .send({ claims: [newClaim, newClaim, { ...newClaim, amount: 60 }, newClaim] });
    expect(response.status).toBe(200);
    expect((response.body as { items: unknown[] }).items).toMatchObject([
      { index: 0, status: 'reserved', claim: { id: claimId, transactionId } },
      { index: 1, status: 'refused', problem: { code: 'LINES_SUM', status: 422 } },
      { index: 2, status: 'refused', problem: { code: 'INPUT_INVALID', field: 'amount' } },
      { index: 3, status: 'pending', operation: { transactionId } },
    ]);
    const operation = await request(api.app)
      .get(`/api/v1/operations/${transactionId}`)
      .set('Authorization', officer);
    expect(operation.body).toMatchObject({ status: 'pending' });
  });

  it('sends the items of a batch in their order, however long their proofs are looked for', async () => {
    const numbers = ['A-1', 'A-2', 'A-3'];
    const waits: Readonly<Record<string, number>> = { 'A-1': 20, 'A-2': 0, 'A-3': 10 };
    const slow = await apiUnderTest('BankAMSP', {
      proofs: {
        of: ({ applicationNumber }: { readonly applicationNumber: string }) =>
          sleep(waits[applicationNumber] ?? 0, ['proof']),
      } as unknown as ApiContext['proofs'],
      claims: {
        place: (_lane, _signatory, input) => {
          reached.push((input as { readonly applicationNumber: string }).applicationNumber);
          return Promise.resolve(placed);
        },
      },
    });
    try {
      const response = await request(slow.app)
        .post('/api/v1/claims/batch')
        .set({ Authorization: await slow.signIn('officer'), 'Idempotency-Key': 'batch-02' })
        .send({ claims: numbers.map((applicationNumber) => ({ ...newClaim, applicationNumber })) });
      expect(response.status).toBe(200);
      expect(reached).toEqual(numbers);
    } finally {
      await slow.close();
    }
  });

  const malformed: [string, object, string][] = [
    ['a float', { ...newClaim, amount: { amount: 60.5, currency: 'USD' } }, 'amount.amount'],
    ['no list of lines', { ...newClaim, lines: undefined }, 'lines'],
    ['an unknown field', { ...newClaim, colour: 'red' }, 'colour'],
    ['no date', { ...newClaim, dueDate: 'tomorrow' }, 'dueDate'],
  ];
  it.each(malformed)('names the field of a request with %s, and sends nothing', async (_, body, field) => {
    const response = await post('key-0001', body);
    expect([response.status, response.body]).toMatchObject([400, { code: 'INPUT_INVALID', field }]);
    expect(reached).toEqual([]);
  });

  it.each(['approver', 'auditor', 'viewer', 'admin'] as const)('does not let an %s reserve', async (role) => {
    const response = await post('key-0001', newClaim, await api.signIn(role));
    expect([response.status, response.body]).toMatchObject([403, { code: 'PERMISSION_DENIED' }]);
    expect(reached).toEqual([]);
  });

  it('refuses an organisation that is no bank', async () => {
    const customs = await apiUnderTest('CustomsMSP', {});
    const response = await request(customs.app)
      .post('/api/v1/claims')
      .set({ Authorization: await customs.signIn('officer'), 'Idempotency-Key': 'key-0001' })
      .send(newClaim);
    await customs.close();
    expect([response.status, response.body]).toMatchObject([403, { code: 'WRONG_ORGANISATION' }]);
  });
});
