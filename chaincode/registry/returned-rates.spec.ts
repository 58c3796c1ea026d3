import { openLedger, people } from '../testing/story.js';
import { dateOf } from '../rules/dates.js';

describe('a rate that was returned', () => {
  it('is told to the regulator with its reason, until the currency is published again', async () => {
    const ledger = await openLedger();
    const publish = (rate: string) =>
      ledger.submit('publishRates', people.regulator, {
        base: 'CNY',
        date: dateOf(ledger.now),
        rates: [{ currency: 'USD', rate }],
      });
    const told = async () => (await ledger.endorse('readRates', people.regulator, {})).answer;
    await publish('7.1');
    ledger.now += 1_000;
    await publish('71');
    expect(await told()).toMatchObject({ awaiting: [{ currency: 'USD', rate: '71' }], returned: [] });
    const reason = 'A decimal place too many.';
    await ledger.submit('returnRates', people.regulatorApprover, { currencies: ['USD'], reason });
    const { awaiting, returned, rates } = await told();
    expect([awaiting, rates]).toMatchObject([[], [{ currency: 'USD', rate: '7.1' }]]);
    expect(returned).toMatchObject([{ currency: 'USD', rate: '71', proposedBy: 'officer', reason }]);
    expect((await ledger.endorse('readRates', people.bankA, {})).answer.returned).toBeUndefined();
    ledger.now += 1_000;
    await publish('7.2');
    expect(await told()).toMatchObject({ returned: [], rates: [{ rate: '7.2' }] });
  });
});
