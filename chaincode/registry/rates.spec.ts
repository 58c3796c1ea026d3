import { dateOf } from '../rules/dates.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import {
  claim,
  day,
  declaration,
  disburse,
  freshKey,
  openLedger,
  people,
  record,
  refuses,
} from '../testing/story.js';

const publish = (ledger: FakeLedger, rates: Readonly<Record<string, string>>, more: object = {}) =>
  ledger.submit('publishRates', people.regulator, {
    base: 'CNY',
    date: dateOf(ledger.now),
    rates: Object.entries(rates).map(([currency, rate]) => ({ currency, rate })),
    ...more,
  });
const confirm = (
  ledger: FakeLedger,
  currencies = ['USD'],
  person: typeof people.regulatorApprover | object = {},
) => ledger.submit('confirmRates', { ...people.regulatorApprover, ...person }, { currencies });

async function inForce(ledger: FakeLedger, currency = 'USD'): Promise<string | undefined> {
  const { answer } = await ledger.endorse('readRates', people.bankA, { currencies: [currency] });
  return answer.rates[0]?.rate;
}

describe('a rate that is far from the one in force', () => {
  async function published() {
    const ledger = await openLedger();
    await publish(ledger, { USD: '7.1', EUR: '7.7' });
    return ledger;
  }

  it('waits for a second person, and its neighbours do not', async () => {
    const ledger = await published();
    const { answer } = await publish(ledger, { USD: '71', EUR: '7.8' });
    expect(answer).toEqual({ published: 1, awaiting: ['USD'] });
    expect([await inForce(ledger), await inForce(ledger, 'EUR')]).toEqual(['7.1', '7.8']);
    const seen = await ledger.endorse('readRates', people.auditor, { currencies: ['USD'] });
    expect(seen.answer.awaiting).toMatchObject([{ currency: 'USD', rate: '71', proposedBy: 'officer' }]);
    await refuses(ledger, 'PERMISSION_DENIED', () =>
      ledger.submit('confirmRates', people.regulator, { currencies: ['USD'] }),
    );
    await refuses(ledger, 'FOUR_EYES', () => confirm(ledger, ['USD'], { id: people.regulator.id }));
    await refuses(ledger, 'RATE_NOT_AWAITING', () => confirm(ledger, ['USD', 'EUR']));
    expect((await confirm(ledger)).answer).toEqual({ published: 1 });
    expect(await inForce(ledger)).toBe('71');
    await refuses(ledger, 'RATE_NOT_AWAITING', () => confirm(ledger));
  });

  it('is replaced by the next publication, and does not overtake a later day', async () => {
    const ledger = await published();
    await publish(ledger, { USD: '71' });
    await publish(ledger, { USD: '7.2' });
    await refuses(ledger, 'RATE_NOT_AWAITING', () => confirm(ledger));
    await publish(ledger, { USD: '72' });
    await publish(ledger, { USD: '73' });
    await confirm(ledger);
    expect(await inForce(ledger)).toBe('73');
  });
});

describe('after a publication', () => {
  /** A loan of so many yuan on a declaration of 100.00 dollars, at 8 yuan. */
  async function lent(yuan: string) {
    const ledger = await openLedger();
    await record(ledger, declaration());
    await publish(ledger, { USD: '8' });
    const amount = { amount: yuan, currency: 'CNY' };
    const document = { type: 'customs-declaration', number: declaration().number } as const;
    const { id } = await disburse(ledger, claim(ledger, '1.00', { amount, lines: [{ document, amount }] }));
    const recheck = () =>
      ledger.submit('recheckRates', people.regulator, { claims: [{ id, owner: 'BankAMSP' }] });
    return { ledger, id, recheck };
  }

  it('the holder of a claim that is not carried any more is told once, and nothing else changes', async () => {
    const { ledger, id, recheck } = await lent('800.00');
    await refuses(ledger, 'STILL_CARRIED', recheck);
    await publish(ledger, { USD: '7.9' });
    const { event, writes } = await recheck();
    expect(event?.alerts).toMatchObject([
      { alert: 'rate-uncovers', claims: [id], facts: [expect.any(String)] },
    ]);
    expect(writes.size).toBe(0);
    // Not carried at the rate before either: that was told.
    await publish(ledger, { USD: '7.8' });
    await refuses(ledger, 'STILL_CARRIED', recheck);
  });

  it('a claim with room on its document is still carried, as is one that was repaid enough', async () => {
    const roomy = await lent('700.00');
    await publish(roomy.ledger, { USD: '7' });
    await refuses(roomy.ledger, 'STILL_CARRIED', roomy.recheck);
    const repaid = await lent('800.00');
    await repaid.ledger.submit('repayClaim', people.bankA, {
      id: repaid.id,
      idempotencyKey: freshKey(),
      amount: { amount: '100.00', currency: 'CNY' },
      source: 'own-funds',
    });
    await publish(repaid.ledger, { USD: '7' });
    await refuses(repaid.ledger, 'STILL_CARRIED', repaid.recheck);
    await publish(repaid.ledger, { USD: '6.99' });
    expect((await repaid.recheck()).event?.alerts).toMatchObject([{ alert: 'rate-uncovers' }]);
  });

  it('a rate that ages counts as the one it is: nobody is told because of a day', async () => {
    const { ledger, recheck } = await lent('800.00');
    await publish(ledger, { USD: '8' }, { date: dateOf(ledger.now + day) });
    await refuses(ledger, 'STILL_CARRIED', recheck);
  });
});
