import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { listAt, moneyAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, taxOfficer, type BankPeople } from './support/consortium.js';
import {
  claim,
  declaration,
  inDays,
  record,
  reference,
  taxInvoice,
  usd,
  verify,
} from './support/documents.js';
import { sendImport } from './support/import.js';
import { expectRefused } from './support/nothing-written.js';

const part = (days: number, amount: string) => ({ dueDate: inDays(days), amount: usd(amount) });
const instalments = [part(30, '500.00'), part(60, '300.00'), part(90, '200.00')];

/** Issue 12, point 8: an invoice in instalments. */
describe('an invoice in instalments', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  beforeAll(async () => {
    [reader, a, b] = await Promise.all([BlockReader.open(consortium()), bank('A'), bank('B')]);
  });
  afterAll(() => {
    reader.close();
  });

  const lefts = async ({ officer }: BankPeople, paper: FactInput) => {
    const { body } = await verify(officer, paper);
    return listAt(body, 'instalments').map((one) => moneyAt(one, 'remaining').amount);
  };
  const lend = ({ officer }: BankPeople, paper: FactInput, amount: string, days: number) =>
    officer.post(
      '/claims',
      claim(reference(paper), usd(amount), { product: 'invoice', dueDate: inDays(days) }),
    );
  const refusal = (code: string) => ({ status: 409, code });

  it('is lent on by no day for more than its buyer owes by then, whichever banks ask', async () => {
    const paper = taxInvoice({ instalments });
    const tax = await taxOfficer();
    const fact = await record(tax, paper);
    expect((await tax.get(`/facts/${fact}`)).body).toMatchObject({ instalments });
    for (const people of [a, b]) expect(await lefts(people, paper)).toEqual(['500.00', '800.00', '1000.00']);
    await expectRefused(reader, () => lend(a, paper, '1.00', 29), refusal('NO_INSTALMENT_DUE'));
    await expectRefused(reader, () => lend(a, paper, '500.01', 35), refusal('EXCEEDS_INSTALMENTS'));
    const first = await lend(a, paper, '500.00', 35);
    expect(first.status).toBe(201);
    await expectRefused(reader, () => lend(b, paper, '0.01', 35), refusal('EXCEEDS_INSTALMENTS'));
    expect(await lefts(b, paper)).toEqual(['0.00', '300.00', '500.00']);
    expect((await lend(b, paper, '500.00', 90)).status).toBe(201);
    await expectRefused(reader, () => lend(b, paper, '0.01', 90), refusal('EXCEEDS_BALANCE'));
    // The buyer pays later, and the authority says so: the loan until then is not promised any more.
    const later = { instalments: [part(60, '400.00'), part(90, '600.00')] };
    const amended = await tax.request('PATCH', `/facts/${fact}`, {
      body: { changes: later, reason: 'Put off with the buyer.' },
    });
    expect(amended).toMatchObject({ status: 200, body: later });
    const accept = () => a.approver.post(`/claims/${textAt(first.body, 'id')}/acceptance`, {});
    await expectRefused(reader, accept, refusal('EXCEEDS_INSTALMENTS'));
  });

  it('of two claims at once on one instalment lets one through', async () => {
    const paper = taxInvoice({ instalments });
    await record(await taxOfficer(), paper);
    for (const people of [a, b]) await lefts(people, paper);
    const answers = await Promise.all([a, b].map((people) => lend(people, paper, '400.00', 30)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await lefts(b, paper)).toEqual(['100.00', '400.00', '600.00']);
  });

  it('tells who has not verified it nothing of its days', async () => {
    const paper = taxInvoice({ instalments });
    await record(await taxOfficer(), paper);
    await expectRefused(reader, () => lend(b, paper, '1.00', 5), { status: 409, code: 'NOT_VERIFIED' });
  });

  it('is refused with the field, and nothing written, where its parts do not make the whole', async () => {
    const tax = await taxOfficer();
    const [one, other] = [part(30, '500.00'), part(60, '500.00')];
    for (const [status, code, field, wrong] of [
      [422, 'INSTALMENTS_INVALID', 'instalments', [one, part(60, '499.99')]],
      [422, 'INSTALMENTS_INVALID', 'instalments.1.dueDate', [other, one]],
      [422, 'INSTALMENTS_INVALID', 'instalments.1.dueDate', [one, { ...other, dueDate: one.dueDate }]],
      [400, 'INPUT_INVALID', 'instalments.1.dueDate', [one, { ...other, dueDate: 'in June' }]],
      [400, 'INPUT_INVALID', 'instalments.1.amount', [one, { ...other, amount: 500 }]],
    ] as const) {
      const body = { ...taxInvoice(), instalments: wrong };
      await expectRefused(reader, () => tax.post('/facts', body), { status, code, field });
    }
    const body = {
      ...declaration(),
      type: 'credit-note',
      corrects: { number: 'X-1' },
      instalments: [one, other],
    };
    await expectRefused(reader, () => tax.post('/facts', body), {
      status: 422,
      code: 'FIELD_NOT_ALLOWED',
      field: 'instalments',
    });
  });

  it('comes in a table too', async () => {
    const paper = taxInvoice();
    const columns = [
      'type',
      'number',
      'date',
      'seller.scheme',
      'seller.id',
      'total.amount',
      'total.currency',
    ];
    const cells = [
      paper.type,
      paper.number,
      paper.date,
      paper.seller.scheme,
      paper.seller.id,
      '1000.00',
      'USD',
    ];
    for (const [place, { dueDate, amount }] of instalments.entries()) {
      const at = `instalments.${place}`;
      columns.push(`${at}.dueDate`, `${at}.amount.amount`, `${at}.amount.currency`);
      cells.push(dueDate, amount.amount, amount.currency);
    }
    const tax = await taxOfficer();
    expect(await sendImport(tax, `${columns.join(',')}\n${cells.join(',')}\n`, 'text/csv')).toMatchObject([
      { status: 'recorded', line: 2 },
    ]);
    expect(await lefts(a, paper)).toEqual(['500.00', '800.00', '1000.00']);
  });
});
