import type { Money } from '@pledgeonce/chaincode/api.js';
import { at, listAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from '../support/block-reader.js';
import { bank, consortium, customsOfficer, person, type BankPeople } from '../support/consortium.js';
import { claim, declaration, inDays, record, reference, usd, verify } from '../support/documents.js';
import { expectRefused } from '../support/nothing-written.js';
import { reserve } from '../support/steps.js';

const inCurrency =
  (currency: string) =>
  (amount: string): Money => ({ amount, currency });

describe('dust', () => {
  let reader: BlockReader;
  let a: BankPeople;
  beforeAll(async () => {
    [reader, a] = await Promise.all([BlockReader.open(consortium()), bank('A')]);
  });
  afterAll(() => {
    reader.close();
  });

  it('many partial claims that round past the balance', async () => {
    const regulator = await person('RegulatorMSP', 'officer');
    // One yen is 0.65 cents: rounded down, every claim would be free; to the nearest, a third would be a gift.
    await regulator.post('/rates', {
      base: 'CNY',
      date: inDays(0),
      rates: [
        { currency: 'USD', rate: '7.10' },
        { currency: 'JPY', rate: '0.04615' },
      ],
    });
    const fact = declaration({ total: usd('0.10') });
    await record(await customsOfficer(), fact);
    const yen = inCurrency('JPY');
    const claims = Array.from({ length: 15 }, () => claim(reference(fact), yen('1')));
    const { status, body } = await a.officer.post('/claims/batch', { claims });
    expect(status).toBe(200);
    const items = listAt(body, 'items');
    expect(items.filter((item) => item['status'] === 'reserved')).toHaveLength(10);
    expect(
      items.filter((item) => item['status'] !== 'reserved').map((item) => at(item, 'problem.code')),
    ).toEqual(Array.from({ length: 5 }, () => 'EXCEEDS_BALANCE'));
    expect((await verify(a.officer, fact)).body).toMatchObject({ remaining: usd('0.00'), liveDraws: 10 });
    await expectRefused(reader, () => a.officer.post('/claims', claim(reference(fact), yen('1'))), {
      status: 409,
      code: 'EXCEEDS_BALANCE',
    });
  });

  it.each([
    ['no decimals', 'JPY', '1000', '1000.5', '1001', '999', '1'],
    ['three decimals', 'KWD', '1.000', '0.0005', '1.001', '0.999', '0.001'],
  ])('a currency with %s', async (_, currency, total, tooFine, tooMuch, most, rest) => {
    const money = inCurrency(currency);
    const fact = declaration({ total: money(total) });
    await record(await customsOfficer(), fact);
    const attempt = (amount: string) => () =>
      a.officer.post('/claims', claim(reference(fact), money(amount)));
    await expectRefused(reader, attempt(tooFine), { status: 422, code: 'AMOUNT_PRECISION', field: /amount/ });
    await expectRefused(reader, attempt(tooMuch), { status: 409, code: 'NOT_VERIFIED' });
    await reserve(a, reference(fact), money(most));
    await reserve(a, reference(fact), money(rest));
    await expectRefused(reader, attempt(rest), { status: 409, code: 'EXCEEDS_BALANCE' });
    expect((await verify(a.officer, fact)).body).toMatchObject({ liveDraws: 2 });
  });
});
