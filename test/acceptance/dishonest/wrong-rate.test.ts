import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { at, listAt } from '@pledgeonce/scripts/rest/json.js';
import { today } from '@pledgeonce/scripts/story/payment-papers.js';
import { BlockReader } from '../support/block-reader.js';
import { auditor, bank, consortium, customsOfficer, person, type BankPeople } from '../support/consortium.js';
import { claim, declaration, record, reference } from '../support/documents.js';
import { expectRefused } from '../support/nothing-written.js';
import { disburse, reserve } from '../support/steps.js';

/** The gateway of the regulator looks once a minute. */
const patienceMs = 150_000;

/** A currency that no other test draws in. */
const currency = 'NZD';
const amount = (text: string) => ({ amount: text, currency });
const yuan = (text: string) => ({ amount: text, currency: 'CNY' });

/** Point 19: a rate published as 71 in place of 7.1, and corrected the same day. */
describe('a rate that was published wrong', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let officer: Client;
  let approver: Client;
  beforeAll(async () => {
    [reader, a] = await Promise.all([BlockReader.open(consortium()), bank('A')]);
    [officer, approver] = await Promise.all([
      person('RegulatorMSP', 'officer'),
      person('RegulatorMSP', 'approver'),
    ]);
  });
  afterAll(() => {
    reader.close();
  });

  const publish = (rate: string) =>
    officer.post('/rates', { base: 'CNY', date: today(), rates: [{ currency, rate }] });
  const confirm = (who: Client) => who.post('/rates/confirmation', { currencies: [currency] });
  const inForce = async () => at((await a.officer.get(`/rates?currency=${currency}`)).body, 'rates.0.rate');

  /** Puts a rate in force, with the second person where that is needed. */
  async function rateIs(rate: string): Promise<void> {
    const { body } = await publish(rate);
    if (listAt(body, 'awaiting').length > 0) expect((await confirm(approver)).status).toBe(200);
    expect(await inForce()).toBe(rate);
  }

  it('takes a second person of the regulator, before and after', async () => {
    await rateIs('7.1');
    const { status, body } = await publish('71');
    expect([status, body]).toMatchObject([201, { published: 0, awaiting: [currency] }]);
    expect(await inForce()).toBe('7.1');
    expect((await (await auditor()).get(`/rates?currency=${currency}`)).body).toMatchObject({
      awaiting: [{ currency, rate: '71', proposedBy: expect.any(String) as string }],
    });
    expect(at((await a.officer.get(`/rates?currency=${currency}`)).body, 'awaiting')).toBeUndefined();
    await expectRefused(reader, () => confirm(officer), { status: 403, code: 'PERMISSION_DENIED' });
    // The officer sees the comma and corrects it; nothing waits any more.
    await rateIs('7.1');
    await expectRefused(reader, () => confirm(approver), { status: 404, code: 'RATE_NOT_AWAITING' });
  });

  it('and corrected carries neither an acceptance nor a payout of what it let through', async () => {
    await rateIs('7.1');
    const [one, other] = [
      declaration({ total: amount('100000.00') }),
      declaration({ total: amount('100000.00') }),
    ];
    for (const fact of [one, other]) await record(await customsOfficer(), fact);
    await rateIs('71');
    const million = yuan('7000000.00');
    const reserved = await reserve(a, reference(one), million);
    const accepted = await reserve(a, reference(other), million);
    expect((await a.approver.post(`/claims/${accepted}/acceptance`, {})).status).toBe(200);
    await rateIs('7.1');
    const refusal = { status: 409, code: 'EXCEEDS_BALANCE' };
    await expectRefused(reader, () => a.approver.post(`/claims/${reserved}/acceptance`, {}), refusal);
    await expectRefused(reader, () => a.officer.post(`/claims/${accepted}/disbursement`, {}), refusal);
    // What the documents do carry at the right rate goes on.
    const honest = claim(reference(one), yuan('1000.00'));
    expect((await a.officer.post('/claims', honest)).status).toBe(201);
  });

  it(
    'alerts bank and regulator where the documents do not carry what was paid out',
    async () => {
      await rateIs('7.1');
      const fact = declaration({ total: amount('1000.00') });
      await record(await customsOfficer(), fact);
      await rateIs('71');
      const id = await disburse(a, reference(fact), yuan('70000.00'));
      await rateIs('7.1');
      const regulator = await auditor();
      for (const reads of [a.officer, regulator]) {
        const told = await poll(
          async () => {
            const items = listAt((await reads.get('/alerts?limit=200')).body, 'items');
            return items.find(
              (item) => at(item, 'content.alert') === 'rate-uncovers' && JSON.stringify(item).includes(id),
            );
          },
          patienceMs,
          1_000,
        );
        expect(told).toBeDefined();
      }
    },
    2 * patienceMs + 60_000,
  );
});
