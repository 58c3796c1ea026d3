import { at } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, customsOfficer, person, taxOfficer } from './support/consortium.js';
import { claim, declaration, inDays, record, reference, taxInvoice, usd } from './support/documents.js';
import { expectRefused } from './support/nothing-written.js';
import { reserve } from './support/steps.js';

describe('bad input is refused with a code, a sentence and the field, and nothing is written', () => {
  let reader: BlockReader;
  const fact = declaration({ total: usd('1000.00') });

  beforeAll(async () => {
    reader = await BlockReader.open(consortium());
    await record(await customsOfficer(), fact);
  });
  afterAll(() => {
    reader.close();
  });

  it.each([
    [
      'a wrong check digit',
      { seller: { scheme: 'USCC', id: '91330200MA2CKXQ85X' } },
      'CHECK_DIGIT_WRONG',
      /seller/,
    ],
    [
      'an LEI with a wrong check digit',
      { seller: { scheme: 'LEI', id: '529900T8BM49AURSDO56' } },
      'CHECK_DIGIT_WRONG',
      /seller/,
    ],
    ['an id that fits no scheme', { seller: { scheme: 'VAT', id: '?' } }, 'PARTY_INVALID', /seller/],
    ['mixed scripts', { number: '2218\u0399NV202600001' }, 'NUMBER_MIXED_SCRIPT', /number/],
    [
      'an unknown currency',
      { total: { amount: '10.00', currency: 'Pesos' } },
      'CURRENCY_UNKNOWN',
      /total.currency/,
    ],
    [
      'a special currency',
      { total: { amount: '10.00', currency: 'XXX' } },
      'CURRENCY_UNKNOWN',
      /total.currency/,
    ],
    ['decimals beyond the minor unit', { total: usd('10.001') }, 'AMOUNT_PRECISION', /total.amount/],
    [
      'a decimal on a currency without any',
      { total: { amount: '10.5', currency: 'JPY' } },
      'AMOUNT_PRECISION',
      /total/,
    ],
    ['a negative amount', { total: usd('-10.00') }, 'AMOUNT_NOT_POSITIVE', /total.amount/],
    ['an amount of zero', { total: usd('0.00') }, 'AMOUNT_NOT_POSITIVE', /total.amount/],
    ['an exponent', { total: usd('1e3') }, 'AMOUNT_INVALID', /total.amount/],
    ['an amount above the limit', { total: usd('99999999999999999.00') }, 'AMOUNT_TOO_LARGE', /total.amount/],
    ['a date in the future', { date: inDays(30) }, 'DATE_INVALID', /date/],
  ])('a declaration with %s', async (_, changes, code, field) => {
    const customs = await customsOfficer();
    const body = { ...declaration(), number: `7${declaration().number.slice(1)}`, ...changes };
    await expectRefused(reader, () => customs.post('/facts', body), { status: 422, code, field });
  });

  it.each([
    ['a float', { total: { amount: 1000.5, currency: 'USD' } }, /total.amount/],
    ['a field that nobody knows', { colour: 'red' }, undefined],
    ['a missing seller', { seller: undefined }, /seller/],
    ['an impossible date', { date: '2026-02-30' }, /date/],
  ])('a declaration with %s', async (_, changes, field) => {
    const customs = await customsOfficer();
    const body = { ...declaration(), ...changes };
    const expected = { status: 400, code: 'INPUT_INVALID', ...(field && { field }) };
    await expectRefused(reader, () => customs.post('/facts', body), expected);
  });

  it.each([
    [
      'more than the document states, not verified',
      { amount: usd('1000.01') },
      409,
      'NOT_VERIFIED',
      undefined,
    ],
    ['an amount of zero', { amount: usd('0') }, 422, 'AMOUNT_NOT_POSITIVE', /amount/],
    ['too many decimals', { amount: usd('1.005') }, 422, 'AMOUNT_PRECISION', /amount/],
    [
      'another currency on a line',
      { amount: usd('10.00'), currency: 'EUR' },
      422,
      'CURRENCY_MIXED',
      /lines.0/,
    ],
    ['a due date in the past', { dueDate: inDays(-1) }, 422, 'DUE_DATE_INVALID', /dueDate/],
    [
      'a wrong check digit of the applicant',
      { enterprise: '91330200MA2CKXQ85X' },
      422,
      'CHECK_DIGIT_WRONG',
      /enterprise/,
    ],
    ['a document that is not recorded', { number: '221820260123456789' }, 409, 'NOT_VERIFIED', undefined],
  ] as const)('a claim with %s', async (_, change, status, code, field) => {
    const { officer } = await bank('A');
    const amount = 'amount' in change ? change.amount : usd('10.00');
    const document = 'number' in change ? { ...reference(fact), number: change.number } : reference(fact);
    const line = 'currency' in change ? { ...amount, currency: change.currency } : amount;
    const body = {
      ...claim(document, amount),
      lines: [{ document, amount: line }],
      ...('dueDate' in change && { dueDate: change.dueDate }),
      ...('enterprise' in change && { enterprise: { scheme: 'USCC', id: change.enterprise } }),
    };
    const expected = { status, code, ...(field && { field }) };
    await expectRefused(reader, () => officer.post('/claims', body), expected);
  });

  it('a claim whose lines do not add up, or name a document twice', async () => {
    const { officer } = await bank('A');
    const document = reference(fact);
    const line = { document, amount: usd('5.00') };
    const sum = { ...claim(document, usd('10.00')), lines: [line] };
    await expectRefused(reader, () => officer.post('/claims', sum), { status: 422, code: 'LINES_SUM' });
    const twice = { ...claim(document, usd('10.00')), lines: [line, line] };
    await expectRefused(reader, () => officer.post('/claims', twice), { status: 422, code: 'LINE_REPEATED' });
  });

  describe.each(['NowhereMSP', 'TaxMSP', 'InsurerMSP'])('%s, named where a bank is meant', (nobody) => {
    const line = { document: reference(fact), amount: usd('10.00') };
    const need = { amount: line.amount, tenorDays: 90, purpose: 'Working capital' };
    const request = {
      ...need,
      banks: ['BankAMSP', nobody],
      product: 'discount',
      lines: [line],
      deadline: `${inDays(1)}T09:00:00Z`,
    };
    const loan = {
      ...need,
      bank: nobody,
      lines: [{ ...line, total: usd('1000.00') }],
      authorisation: 'f'.repeat(64),
    };
    const authorisation = {
      bank: nobody,
      categories: ['basic'],
      purpose: need.purpose,
      from: inDays(0),
      to: inDays(30),
      uses: 1,
    };

    it.each([
      ['a financing request', '/financing-requests', request, /^banks\.1$/],
      ['an authorisation', '/authorisations', authorisation, /^bank$/],
      ['a loan application', '/loan-applications', loan, /^bank$/],
      ['an assignment of proceeds', '/assignments', { bank: nobody, limit: 'LIM-1' }, /^bank$/],
    ])('in %s', async (_, path, body, field) => {
      const enterprise = await person('EnterpriseMSP', 'exporter-1');
      const expected = { status: 422, code: 'BANK_INVALID', field };
      await expectRefused(reader, () => enterprise.post(path, body), expected);
    });

    it('as the one to whom a claim is offered, or as its owner', async () => {
      const a = await bank('A');
      const claims = `/claims/${await reserve(a, reference(fact), usd('10.00'))}`;
      const offered = () => a.officer.post(`${claims}/transfer`, { to: nobody });
      await expectRefused(reader, offered, { status: 409, code: 'TRANSFER_INVALID', field: /^to$/ });
      const officer = await person('RegulatorMSP', 'officer');
      const approver = await person('RegulatorMSP', 'approver');
      const dispute = { owner: nobody, reason: 'The goods are said to have been sold before.' };
      const expected = { status: 404, code: 'CLAIM_NOT_FOUND', field: /^(owner|id)$/ };
      await expectRefused(reader, () => officer.post(`${claims}/dispute`, dispute), expected);
      const resolution = { ...dispute, outcome: 'dismissed' };
      await expectRefused(reader, () => approver.post(`${claims}/dispute/resolution`, resolution), expected);
    });
  });

  it('a document twice, and a credit note that corrects nothing', async () => {
    const [customs, tax] = [await customsOfficer(), await taxOfficer()];
    await expectRefused(reader, () => customs.post('/facts', fact), { status: 409, code: 'FACT_EXISTS' });
    const note = { ...taxInvoice(), type: 'credit-note' };
    await expectRefused(reader, () => tax.post('/facts', note), { status: 422, code: 'CORRECTS_REQUIRED' });
  });

  it('a body that is not JSON, too large, of another type, or without an idempotency key', async () => {
    const customs = await customsOfficer();
    const send = (body: string, contentType: string) =>
      customs.request('POST', '/facts', { body, headers: { 'content-type': contentType } });
    const cases = [
      [await send('{"type":', 'application/json'), [400]],
      [await send(`{"note":"${'x'.repeat(6_000_000)}"}`, 'application/json'), [413]],
      [await send('<fact/>', 'application/xml'), [400, 415]],
      [
        await customs.request('POST', '/facts', { body: declaration(), headers: { 'idempotency-key': '' } }),
        [400],
      ],
    ] as const;
    for (const [{ status, body }, allowed] of cases) {
      expect(allowed).toContain(status);
      expect(at(body, 'code')).toMatch(/^[A-Z_]+$/);
    }
  });
});
