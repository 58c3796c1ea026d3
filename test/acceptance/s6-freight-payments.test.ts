import { formatMoney, parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import { percentOf } from '@pledgeonce/scripts/story/amounts.js';
import { at, listAt, moneyAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import {
  dividendPaper,
  freightInvoice,
  open,
  payment,
  taxFiling,
  type CodedFact,
} from '@pledgeonce/scripts/story/payment-papers.js';
import { BlockReader } from './support/block-reader.js';
import { auditor, bank, consortium, taxOfficer, type BankPeople } from './support/consortium.js';
import { record, usd } from './support/documents.js';
import { expectRefused } from './support/nothing-written.js';
import { takeBack } from './support/take-back.js';

const freight = { purpose: 'freight', payee: 'Seawind Forwarding' } as const;
const minor = (json: unknown, path: string) => parseMoney(moneyAt(json, path), path, 'allow-zero').minor;
const sumOf = (minors: readonly bigint[]) => minors.reduce((sum, one) => sum + one, 0n);

describe('S6: freight and capital-account payments', () => {
  let tax: Client;
  let a: BankPeople;
  let b: BankPeople;
  let reader: BlockReader;
  beforeAll(async () => {
    tax = await taxOfficer();
    [a, b] = [await bank('A'), await bank('B')];
    reader = await BlockReader.open(consortium());
  });
  afterAll(() => {
    reader.close();
  });

  it('marks 16 invoices to 8 payments at two banks, and pays no invoice twice', async () => {
    // Invoice n is of 1000 + n dollars, and two payments share it half and half.
    const invoices: CodedFact[] = [];
    for (let n = 0; n < 16; n++) invoices.push(freightInvoice(usd(`${1000 + n}.00`)));
    await Promise.all(invoices.map((fact) => record(tax, fact)));
    for (const { officer } of [a, b]) {
      const opened = await Promise.all(invoices.map((fact) => open(officer, fact)));
      expect(opened.map(({ body }) => at(body, 'result'))).toEqual(invoices.map(() => 'opened'));
    }
    const half = (fact: CodedFact) => percentOf(moneyAt(fact, 'total'), 50n);
    // Payment k marks four invoices, 2k to 2k + 3: each invoice meets two payments, of different banks.
    const payments = Array.from({ length: 8 }, (_, k) => {
      const parts = [0, 1, 2, 3].map((n) => {
        const fact = invoices[(2 * k + n) % 16];
        if (fact === undefined) throw new Error('no invoice');
        return [fact, half(fact)] as const;
      });
      const sum = sumOf(parts.map(([, part]) => parseMoney(part, 'part').minor));
      return payment(formatMoney(sum, 'USD'), parts, freight);
    });
    const answers = await Promise.all(
      payments.map((body, k) => (k % 2 === 0 ? a : b).officer.post('/payments', body)),
    );
    expect(answers.map(({ status }) => status)).toEqual(payments.map(() => 201));

    const marked = answers.flatMap(({ body }) => listAt(body, 'lines'));
    expect(marked).toHaveLength(32);
    for (const fact of invoices) {
      const own = marked.filter((line) => at(line, 'document.number') === fact.number);
      expect(sumOf(own.map((line) => minor(line, 'drawn')))).toBe(minor(fact, 'total'));
      const { body } = await open(a.officer, fact);
      expect(body).toMatchObject({ remaining: usd('0.00'), livePayments: 2 });
    }
    const cent = usd('0.01');
    for (const [{ officer }, fact] of [
      [a, invoices[0]],
      [b, invoices[15]],
    ] as const) {
      if (fact === undefined) throw new Error('no invoice');
      await expectRefused(reader, () => officer.post('/payments', payment(cent, [[fact, cent]], freight)), {
        status: 409,
        code: 'EXCEEDS_BALANCE',
      });
    }
  });

  it('refuses a payment whole when one of its lines fails, with a reason per line', async () => {
    const [paid, free, strange] = [usd('10.00'), usd('20.00'), usd('30.00')].map((one) =>
      freightInvoice(one),
    );
    if (paid === undefined || free === undefined || strange === undefined) throw new Error('no invoice');
    for (const fact of [paid, free, strange]) await record(tax, fact);
    for (const fact of [paid, free]) await open(a.officer, fact);
    await a.officer.post('/payments', payment(usd('10.00'), [[paid, usd('10.00')]], freight));
    const body = payment(
      usd('60.00'),
      [
        [paid, usd('10.00')],
        [free, usd('20.00')],
        [strange, usd('30.00')],
      ],
      freight,
    );
    const before = await reader.height();
    const refused = await a.officer.post('/payments', body);
    expect(refused.status).toBe(403);
    // A document that the bank has not opened is asked for first: of the others nothing is said before.
    expect(listAt(refused.body, 'lines').map((line) => [line['line'], line['code']])).toEqual([
      [2, 'CHECK_CODE_REQUIRED'],
    ]);
    expect(await reader.height()).toBe(before);
    expect((await open(a.officer, free)).body).toMatchObject({ remaining: usd('20.00') });
  });

  it('pays an invoice once when eight payments of both banks race for it', async () => {
    const fact = freightInvoice(usd('500.00'));
    await record(tax, fact);
    for (const { officer } of [a, b]) await open(officer, fact);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        (n % 2 === 0 ? a : b).officer.post(
          '/payments',
          payment(usd('500.00'), [[fact, usd('500.00')]], freight),
        ),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      201,
      ...Array.from({ length: 7 }, () => 409),
    ]);
  });

  it('knows one invoice number of two forwarders apart, and one under two spellings as one', async () => {
    const fact = freightInvoice(usd('100.00'));
    const namesake = {
      ...fact,
      seller: { scheme: 'LEGAL', id: 'OTHERFORWARDER' } as const,
      checkCode: 'OTHER',
    };
    await record(tax, fact);
    await record(tax, namesake);
    await open(a.officer, fact);
    const spelled = { ...fact, number: `${fact.number.slice(0, 3)} - ${fact.number.slice(3).toLowerCase()}` };
    const paid = await a.officer.post(
      '/payments',
      payment(usd('100.00'), [[spelled, usd('100.00')]], freight),
    );
    expect(paid.status).toBe(201);
    const again = await a.officer.post('/payments', payment(usd('1.00'), [[fact, usd('1.00')]], freight));
    expect(at(again.body, 'code')).toBe('EXCEEDS_BALANCE');
    const other = await a.officer.post('/payments', payment(usd('1.00'), [[namesake, usd('1.00')]], freight));
    expect(at(other.body, 'code')).toBe('CHECK_CODE_REQUIRED');
  });

  it('pays from the capital account against its paper, whatever the amount, and against nothing else', async () => {
    const [paper, filing] = [dividendPaper({ total: usd('9000.00') }), taxFiling()];
    for (const fact of [paper, filing]) await record(tax, fact);
    for (const fact of [paper, filing]) await open(a.officer, fact);
    const capital = { purpose: 'capital-account', payee: 'Parent GmbH' } as const;
    await expectRefused(reader, () => a.officer.post('/payments', payment(usd('1.00'), [], capital)), {
      status: 409,
      code: 'FILING_REQUIRED',
      field: 'lines',
    });
    await expectRefused(
      reader,
      () => a.officer.post('/payments', payment(usd('1.00'), [[filing, usd('1.00')]], capital)),
      { status: 409, code: 'WRONG_DOCUMENT' },
    );
    const paid = await a.officer.post(
      '/payments',
      payment(usd('9000.00'), [[paper, usd('9000.00')]], capital),
    );
    expect(paid.body).toMatchObject({ purpose: 'capital-account', filingRequired: true });
    const listed = await (await auditor()).get('/payments?purpose=capital-account&owner=BankAMSP');
    expect(listAt(listed.body, 'items')[0]).toMatchObject({ id: textAt(paid.body, 'id') });
  });

  it('lowers the invoice by a part red-letter, and says so to who has paid too much', async () => {
    const fact = freightInvoice(usd('300.00'));
    const id = await record(tax, fact);
    await open(a.officer, fact);
    const { body } = await a.officer.post(
      '/payments',
      payment(usd('300.00'), [[fact, usd('300.00')]], freight),
    );
    const changes = { total: usd('200.00'), checkCode: 'SECOND-CODE' };
    const amended = await tax.request('PATCH', `/facts/${id}`, {
      body: { changes, reason: 'Part red-letter.' },
    });
    expect(amended.body).toMatchObject({ overdrawn: true });
    const alerts = listAt((await a.officer.get('/alerts?limit=500')).body, 'items');
    const own = alerts.filter((alert) =>
      (at(alert, 'content.payments') as string[]).includes(textAt(body, 'id')),
    );
    expect(own.map((alert) => at(alert, 'content.alert'))).toEqual(['overdrawn']);
    await open(a.officer, fact, 'SECOND-CODE');
    const more = await a.officer.post('/payments', payment(usd('1.00'), [[fact, usd('1.00')]], freight));
    expect(at(more.body, 'code')).toBe('UNDERLYING_OVERDRAWN');
    expect((await takeBack(a, textAt(body, 'id'))).status).toBe(200);
    const anew = await a.officer.post('/payments', payment(usd('200.00'), [[fact, usd('200.00')]], freight));
    expect(anew.status).toBe(201);
  });
});
