import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import request from 'supertest';
import { QuestionBudget } from './question-budget.js';
import { apiUnderTest } from './testing/api-under-test.js';
import type { ApiUnderTest } from './testing/api-under-test.js';

const document = { type: 'bill-of-lading', number: 'COSU1001' };
const enterprise = { scheme: 'USCC', id: '91330200MA2CKXQ85H' };
const usd = { amount: '60.00', currency: 'USD' };

const consent = ['/mark-consents', { document, payer: enterprise }] as const;
const assignment = ['/assignments', { bank: 'BankAMSP', limit: 'BL-1' }] as const;
const application = [
  '/loan-applications',
  {
    bank: 'BankAMSP',
    tenorDays: 90,
    purpose: 'Raw material',
    amount: usd,
    lines: [{ document: { type: 'tax-invoice', number: 'INV-1' }, total: usd, amount: usd }],
    authorisation: 'a'.repeat(64),
  },
] as const;

/** An application that its bank has declined, so many minutes ago, for this reason. */
const declined = (rule: string, minutes: number, documents = 1) => ({
  updatedAt: new Date(Date.now() - minutes * 60_000).toISOString(),
  reasons: [{ rule, detail: 'no' }],
  lines: Array.from({ length: documents }, () => ({})),
});

describe('what an enterprise asks for, and is refused', () => {
  let api: ApiUnderTest;
  let officer: string;
  let reached: string[];
  let loans: ReturnType<typeof declined>[];

  beforeEach(async () => {
    reached = [];
    loans = [];
    api = await apiUnderTest('EnterpriseMSP', {
      questions: new QuestionBudget({ missesPerPerson: 3, missesPerOrganisation: 30 }),
      projection: { loans: { list: () => ({ items: loans }) }, successions: { isRemoved: false } } as never,
      ledger: {
        submit: (_signatory: unknown, name: string) => {
          reached.push(name);
          return Promise.reject(new LedgerError(name === 'applyForLoan' ? 'BANK_INVALID' : 'FACT_NOT_FOUND'));
        },
      } as never,
    });
    officer = await api.signIn('officer', 'exporter', enterprise.id);
  });
  afterEach(() => api.close());

  let keys = 0;
  const post = async ([path, body]: typeof consent | typeof assignment | typeof application) => {
    const answer = await request(api.app)
      .post(`/api/v1${path}`)
      .set({ Authorization: officer, 'Idempotency-Key': `question-${++keys}` })
      .send(body);
    return [answer.status, (answer.body as { code?: string }).code];
  };

  it('counts as a question, whichever it was; beyond the limit the ledger is not asked', async () => {
    expect(await post(consent)).toEqual([404, 'FACT_NOT_FOUND']);
    expect(await post(assignment)).toEqual([404, 'FACT_NOT_FOUND']);
    expect(await post(consent)).toEqual([404, 'FACT_NOT_FOUND']);
    for (const one of [consent, assignment, application])
      expect(await post(one)).toEqual([429, 'RATE_LIMITED']);
    expect(reached).toEqual(['consentToMark', 'proposeAssignment', 'consentToMark']);
  });

  it('counts where the bank answers: documents of declined applications that are not on record as stated', async () => {
    loans = [declined('document', 1, 2), declined('turnover', 1, 9), declined('document', 61, 9)];
    expect(await post(application)).toEqual([422, 'BANK_INVALID']);
    loans.push(declined('document', 59));
    expect(await post(application)).toEqual([429, 'RATE_LIMITED']);
    expect(reached).toEqual(['applyForLoan']);
  });
});
