import { decimalsOf } from '@pledgeonce/chaincode/rules/currencies.js';
import { parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import type { Money } from '@pledgeonce/chaincode/api.js';
import { at, listAt, moneyAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import type { Client, Json } from '@pledgeonce/scripts/rest/client.js';
import { freightInvoice, open, payment, today } from '@pledgeonce/scripts/story/payment-papers.js';
import { BlockReader } from './support/block-reader.js';
import {
  auditor,
  bank,
  consortium,
  customsOfficer,
  person,
  taxOfficer,
  type BankPeople,
} from './support/consortium.js';
import { claim, declaration, inDays, record, reference, usd, verify } from './support/documents.js';
import { eventually } from './support/eventually.js';
import { expectRefused } from './support/nothing-written.js';

/** Prices in renminbi that hold for this file; other tests may publish others, so answers are compared with their own rate. */
const rates = { USD: '7.1', JPY: '0.047', KWD: '23.1', CLF: '290.5', EUR: '7.7' };

/** An amount in whole minor units. */
const minor = (json: Json, path: string) => parseMoney(moneyAt(json, path), path, 'allow-zero').minor;

/** What the auditor does: the sum again, from nothing but the line. */
function expectReplayed(line: Json | undefined): void {
  if (line === undefined) throw new Error('no line');
  const [numerator, denominator] = ['rate.numerator', 'rate.denominator'].map((path) =>
    BigInt(textAt(line, path)),
  );
  if (numerator === undefined || denominator === undefined) throw new Error('no rate');
  const product = minor(line, 'amount') * numerator;
  expect(minor(line, 'drawn')).toBe(product / denominator + (product % denominator === 0n ? 0n : 1n));
}

describe('exchange rates', () => {
  let regulator: Client;
  let customs: Client;
  let a: BankPeople;
  let reader: BlockReader;
  const publish = (table: Readonly<Record<string, string>>, more: object = {}) =>
    regulator.post('/rates', {
      base: 'CNY',
      date: today(),
      rates: Object.entries(table).map(([currency, rate]) => ({ currency, rate })),
      ...more,
    });
  beforeAll(async () => {
    [regulator, customs, a] = [
      await person('RegulatorMSP', 'officer'),
      await customsOfficer(),
      await bank('A'),
    ];
    reader = await BlockReader.open(consortium());
    await publish(rates);
  });
  afterAll(() => {
    reader.close();
  });

  const declared = async (total: Money) => {
    const fact = declaration({ total });
    await record(customs, fact);
    return fact;
  };

  it.each([
    // One unit of the other currency more than what is left is too much, one less is not.
    ['JPY', '1000', 'USD', '6.62'],
    ['USD', '1.00', 'JPY', '152'],
    ['KWD', '0.001', 'USD', '0.01'],
    ['USD', '10.00', 'KWD', '3.074'],
    ['CLF', '0.0001', 'JPY', '1'],
    ['JPY', '1', 'CLF', '0.0002'],
    ['CNY', '7.10', 'USD', '1.00'],
  ])('a claim of %s %s uses %s %s, rounded against the borrower', async (currency, amount, other, drawn) => {
    const fact = await declared({ amount: '100000', currency: other });
    const answer = await a.officer.post('/claims', claim(reference(fact), { amount, currency }));
    expect(answer.status).toBe(201);
    const [line] = listAt(answer.body, 'lines');
    expect(line).toMatchObject({ drawn: { amount: drawn, currency: other }, rate: { date: today() } });
    expectReplayed(line);
    const places = decimalsOf(other) ?? 0;
    const left = (await verify(a.officer, fact)).body;
    expect(minor(left, 'remaining') + minor(line as Json, 'drawn')).toBe(100000n * 10n ** BigInt(places));
  });

  it('dust never sums to more than the document allows', async () => {
    const fact = await declared(usd('0.05'));
    const dust = { amount: '1', currency: 'JPY' };
    for (let n = 0; n < 5; n++) {
      // A yen is worth two thirds of a cent and uses a whole one.
      expect((await a.officer.post('/claims', claim(reference(fact), dust))).status).toBe(201);
    }
    await expectRefused(reader, () => a.officer.post('/claims', claim(reference(fact), dust)), {
      status: 409,
      code: 'EXCEEDS_BALANCE',
    });
  });

  it('a payment in another currency uses its invoice at the rate, and the auditor can do the sum again', async () => {
    const fact = freightInvoice(usd('1000.00'));
    await record(await taxOfficer(), fact);
    await open(a.officer, fact);
    const euros = { amount: '333.33', currency: 'EUR' };
    const paid = await a.officer.post('/payments', payment(euros, [[fact, euros]], { purpose: 'freight' }));
    expect(paid.status).toBe(201);
    const seen = await (await auditor()).get(`/payments/${textAt(paid.body, 'id')}`);
    const [line] = listAt(seen.body, 'lines');
    expect(line).toMatchObject({ drawn: usd('361.50') });
    expectReplayed(line);
    const published = await (await auditor()).get('/rates/publications?currency=EUR');
    expect(listAt(published.body, 'items')[0]).toMatchObject({ base: 'CNY', rate: rates.EUR, date: today() });
    expect((await a.officer.get('/rates/publications')).status).toBe(403);
  });

  it('publishing again holds for what comes later, and leaves what was drawn as it was', async () => {
    const fact = await declared(usd('100.00'));
    const euro = { amount: '1.00', currency: 'EUR' };
    const first = await a.officer.post('/claims', claim(reference(fact), euro));
    expect(at(first.body, 'lines.0.drawn')).toEqual(usd('1.09'));
    expect((await publish({ EUR: '8.52' })).status).toBe(201);
    try {
      const second = await a.officer.post('/claims', claim(reference(fact), euro));
      expect(at(second.body, 'lines.0.drawn')).toEqual(usd('1.20'));
      const again = await a.officer.get(`/claims/${textAt(first.body, 'id')}`);
      expect(at(again.body, 'lines.0.drawn')).toEqual(usd('1.09'));
      expect((await verify(a.officer, fact)).body).toMatchObject({ remaining: usd('97.71') });
    } finally {
      expect((await publish({ EUR: rates.EUR })).status).toBe(201);
    }
  });

  it('refuses a rate that is missing, stale, zero, double or older than the one in force', async () => {
    const fact = await declared(usd('100.00'));
    const inCurrency = (currency: string) => () =>
      a.officer.post('/claims', claim(reference(fact), { amount: '1', currency }));
    await verify(a.officer, fact);
    // Nobody in these tests publishes the Pacific franc.
    await expectRefused(reader, inCurrency('XPF'), { status: 409, code: 'RATE_MISSING' });
    expect((await publish({ MRU: '0.18' }, { date: inDays(-40) })).status).toBe(201);
    await expectRefused(reader, inCurrency('MRU'), { status: 409, code: 'RATE_STALE' });
    const refused = (code: string, table: Readonly<Record<string, string>>, more: object = {}) =>
      expectRefused(reader, () => publish(table, more), { status: 422, code });
    for (const zero of ['0', '0.000', '-1', '1e3', '7,1', '0.0000000000001'])
      await refused('RATE_INVALID', { USD: zero });
    await refused('RATE_INVALID', { CNY: '1' });
    await refused('CURRENCY_UNKNOWN', { XXX: '1' });
    await refused('DATE_INVALID', { USD: '7.2' }, { date: inDays(-1) });
    await refused('DATE_INVALID', { USD: '7.2' }, { date: inDays(3) });
    const twice = ['7.2', '7.3'].map((rate) => ({ currency: 'USD', rate }));
    await refused('RATE_INVALID', {}, { rates: twice });
    expect(listAt((await a.officer.get('/rates?currency=USD')).body, 'rates')).toMatchObject([
      { rate: rates.USD },
    ]);
  });

  it('takes two people of the regulator where the consortium has set it', async () => {
    const approver = await person('RegulatorMSP', 'approver');
    const { body: before } = await approver.get('/registry/policy');
    const rateOf = async () => at((await a.officer.get('/rates?currency=GMD')).body, 'rates.0.rate');
    expect((await publish({ GMD: '0.10' })).status).toBe(201);
    expect((await approver.post('/registry/policy', { twoPeople: { regulator: ['rates'] } })).status).toBe(
      201,
    );
    try {
      const proposed = await publish({ GMD: '0.11' });
      expect(proposed.body).toMatchObject({ published: 0, awaiting: ['GMD'] });
      expect(await rateOf()).toBe('0.10');
      const confirm = (who: Client) => who.post('/rates/confirmation', { currencies: ['GMD'] });
      await expectRefused(reader, () => confirm(regulator), { status: 403, code: 'PERMISSION_DENIED' });
      await expectRefused(reader, () => confirm(a.approver), { status: 403, code: 'WRONG_ORGANISATION' });
      await eventually(async () =>
        listAt((await approver.get('/inbox?kind=rate-to-confirm&limit=100')).body, 'items').some(
          (one) => one['id'] === 'GMD',
        ),
      );
      const returned = await approver.post('/rates/return', { currencies: ['GMD'], reason: 'Of yesterday.' });
      expect(returned.status).toBe(200);
      expect((await publish({ GMD: '0.12' })).body).toMatchObject({ awaiting: ['GMD'] });
      expect((await confirm(approver)).status).toBe(200);
      expect(await rateOf()).toBe('0.12');
    } finally {
      expect((await approver.post('/registry/policy', before)).status).toBe(201);
    }
  });

  it('a payment in a currency whose rate is stale is not exempt from a filing', async () => {
    expect((await publish({ SRD: '0.2' }, { date: inDays(-40) })).status).toBe(201);
    const dollars = { amount: '1.00', currency: 'SRD' };
    await expectRefused(reader, () => a.officer.post('/payments', payment(dollars, [])), {
      status: 409,
      code: 'FILING_REQUIRED',
    });
  });
});
