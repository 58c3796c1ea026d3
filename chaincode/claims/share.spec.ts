import type { Input } from '../api.js';
import type { Person } from '../testing/fake-ledger.js';
import { assignedTrade, insuredClaim } from '../testing/insured-trade.js';
import {
  claim,
  declaration,
  disburse,
  freshKey,
  invoice,
  openLedger,
  people,
  record,
  refusal,
  refuses,
  remainingOf,
  reserve,
  usd,
} from '../testing/story.js';

type Source = Input<'repayClaim'>['source'];

async function lent(amount = '90.00') {
  const ledger = await openLedger();
  await record(ledger, declaration());
  const { id } = await disburse(ledger, claim(ledger, amount));
  const offer = (share: string, from: Person = people.bankA, of = id, to = 'BankBMSP') =>
    ledger.submit('offerTransfer', from, { id: of, idempotencyKey: freshKey(), to, share: usd(share) });
  const take = (of = id, taker: Person = people.approverB) =>
    ledger.submit('acceptTransfer', taker, {
      ...{ id: of, idempotencyKey: freshKey() },
      applicationNumber: `SHARE-${freshKey()}`,
    });
  const repay = (of: string, value: string, source: Source = 'proceeds', by: Person = people.bankA) =>
    ledger.submit('repayClaim', by, { id: of, idempotencyKey: freshKey(), amount: usd(value), source });
  return { ledger, id, offer, take, repay };
}

describe('a share of a claim', () => {
  it('is taken in one transaction: two claims hold what the one held', async () => {
    const { ledger, id, offer, take } = await lent();
    await offer('40.00');
    const { answer, writes, event } = await take();
    expect(answer).toMatchObject({
      ...{ owner: 'BankBMSP', state: 'disbursed', seq: 1, amount: usd('40.00'), outstanding: usd('40.00') },
      ...{ repayments: [], shareOf: { claim: id, bank: 'BankAMSP' } },
      lines: [{ amount: usd('40.00'), outstanding: usd('40.00'), drawn: usd('40.00') }],
    });
    expect(answer).not.toHaveProperty('shares');
    const registry = [...writes.keys()].filter((key) => key.startsWith('registry/'));
    expect(registry.map((key) => key.replace(/~.*/, '')).sort()).toEqual(['registry/AN', 'registry/U']);
    expect(event?.alerts).toEqual([]);
    const { answer: rest } = await ledger.endorse('readClaim', people.bankA, { id });
    expect(rest).toMatchObject({
      ...{ state: 'disbursed', amount: usd('50.00'), outstanding: usd('50.00') },
      shares: [{ claim: answer.id, bank: 'BankBMSP', amount: usd('40.00') }],
      lines: [{ amount: usd('50.00'), outstanding: usd('50.00'), drawn: usd('50.00') }],
    });
    expect(rest).not.toHaveProperty('offeredShare');
    expect(await remainingOf(ledger, declaration())).toBe('10.00');
    await refuses(ledger, 'CLAIM_NOT_FOUND', () =>
      ledger.endorse('readClaim', people.bankA, { id: answer.id }),
    );
  });

  it('tells the bank to which it is on offer what it would hold, and nothing of the rest', async () => {
    const { ledger, id, offer, repay } = await lent();
    await repay(id, '10.00');
    await offer('40.00');
    const { answer } = await ledger.endorse('readClaim', people.bankB, { id });
    expect(answer).toMatchObject({
      ...{ owner: 'BankAMSP', amount: usd('40.00'), outstanding: usd('40.00'), offeredShare: usd('40.00') },
      ...{ applicationNumber: '', repayments: [], lines: [{ amount: usd('40.00'), drawn: usd('40.00') }] },
    });
    expect(JSON.stringify(answer)).not.toMatch(/90\.00|80\.00|50\.00|10\.00/);
  });

  it('is repaid by each for itself, and whoever took one hears of money that came to the bank that sold it', async () => {
    const { ledger, id, offer, take, repay } = await lent();
    await offer('40.00');
    const { answer } = await take();
    const passed = await repay(id, '50.00');
    expect(passed.answer.state).toBe('settled');
    expect(passed.event?.alerts).toEqual([{ alert: 'share-repaid', claims: [answer.id] }]);
    expect(await remainingOf(ledger, declaration())).toBe('10.00');
    await repay(answer.id, '40.00', 'own-funds', people.bankB);
    expect(await remainingOf(ledger, declaration())).toBe('50.00');
    await refuses(ledger, 'CLAIM_NOT_FOUND', () => repay(answer.id, '1.00'));
  });

  it('takes the seller’s repayments with it when they are taken back, and no payout under it', async () => {
    const { ledger, id, offer, take, repay } = await lent();
    await repay(id, '30.00', 'own-funds');
    await offer('40.00');
    await take();
    const reverse = (entry: 'repayment' | 'disbursement') =>
      ledger.submit('reverseEntry', people.bankA, {
        ...{ id, idempotencyKey: freshKey(), entry, reason: 'Entered by mistake.' },
        ...(entry === 'repayment' && { repayment: 1 }),
      });
    await reverse('repayment');
    const confirmed = await ledger.submit('confirmStep', people.approverA, {
      id,
      idempotencyKey: freshKey(),
    });
    expect(confirmed.answer).toMatchObject({ amount: usd('50.00'), outstanding: usd('50.00') });
    expect(await remainingOf(ledger, declaration())).toBe('10.00');
    await refuses(ledger, 'ENTRY_IN_USE', () => reverse('disbursement'));
  });

  it('is sold on, and the first bank learns nothing of it', async () => {
    const { ledger, id, offer, take } = await lent();
    await offer('40.00');
    const { answer: share } = await take();
    await offer('15.00', people.bankB, share.id, 'BankAMSP');
    const { answer: back } = await take(share.id, people.approverA);
    expect(back).toMatchObject({ amount: usd('15.00'), shareOf: { claim: share.id, bank: 'BankBMSP' } });
    const { answer: first } = await ledger.endorse('readClaim', people.bankA, { id });
    expect(first.shares).toMatchObject([{ claim: share.id, amount: usd('40.00') }]);
    expect(await remainingOf(ledger, declaration())).toBe('10.00');
  });

  it('falls through when the claim has changed meanwhile, and can be declined', async () => {
    const { ledger, id, offer, take, repay } = await lent();
    await offer('40.00');
    await repay(id, '60.00');
    await refuses(ledger, 'TRANSFER_INVALID', () => take());
    await offer('10.00');
    await ledger.submit('declineTransfer', people.bankB, { id, idempotencyKey: freshKey() });
    await refuses(ledger, 'TRANSFER_INVALID', () => take());
    const { answer } = await ledger.endorse('readClaim', people.bankA, { id });
    expect(answer).not.toHaveProperty('offeredShare');
    expect(answer).not.toHaveProperty('offeredTo');
  });

  it.each([
    ['90.00', 'SHARE_INVALID', 'share.amount'],
    ['90.01', 'SHARE_INVALID', 'share.amount'],
    ['0.00', 'AMOUNT_NOT_POSITIVE', 'share'],
  ])('of %s is refused', async (share, code, field) => {
    const { ledger, offer } = await lent();
    const refused = await refusal(ledger, () => offer(share));
    expect([refused.code, refused.body.field?.startsWith(field)]).toEqual([code, true]);
  });

  it('is refused in another currency, of a claim that is not paid out, and of one that is insured', async () => {
    const { ledger, id, offer } = await lent('50.00');
    await refuses(ledger, 'CURRENCY_MIXED', () =>
      ledger.submit('offerTransfer', people.bankA, {
        ...{ id, idempotencyKey: freshKey(), to: 'BankBMSP' },
        share: { amount: '1.00', currency: 'EUR' },
      }),
    );
    const reserved = await reserve(ledger, claim(ledger, '50.00'));
    await refuses(ledger, 'INVALID_STATE', () => offer('1.00', people.bankA, reserved.id));
    const insured = (await assignedTrade()).ledger;
    const covered = await disburse(insured, insuredClaim(insured, '70.00'));
    await refuses(insured, 'TRANSFER_INSURED', () =>
      insured.submit('offerTransfer', people.bankA, {
        ...{ id: covered.id, idempotencyKey: freshKey(), to: 'BankBMSP' },
        share: usd('1.00'),
      }),
    );
  });

  it('splits a claim of several documents in proportion', async () => {
    const ledger = await openLedger();
    const [one, other] = [invoice({ number: 'INV-1' }), invoice({ number: 'INV-2', date: '2026-01-05' })];
    for (const fact of [one, other]) await record(ledger, fact);
    const lines = [
      { document: { type: one.type, number: one.number }, amount: usd('60.00') },
      { document: { type: other.type, number: other.number }, amount: usd('30.01') },
    ];
    const { id } = await disburse(ledger, claim(ledger, '90.01', { lines }));
    await ledger.submit('offerTransfer', people.bankA, {
      ...{ id, idempotencyKey: freshKey(), to: 'BankBMSP' },
      share: usd('0.02'),
    });
    const { answer } = await ledger.submit('acceptTransfer', people.approverB, {
      ...{ id, idempotencyKey: freshKey(), applicationNumber: 'B-1' },
    });
    expect(answer.lines.map(({ amount }) => amount.amount)).toEqual(['0.02']);
    expect([await remainingOf(ledger, one), await remainingOf(ledger, other)]).toEqual(['40.00', '69.99']);
  });

  it('of a loan on goods alone splits the goods and the price that they use beside them', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const document = { type: 'warehouse-receipt', number: 'WR-1' } as const;
    const quantity = (amount: string) => ({ amount, unit: 'TNE' });
    const receipt = {
      ...declaration(),
      ...{ ...document, total: undefined, quantity: quantity('100'), transport: {} },
      cites: [{ type: 'customs-declaration' as const, number: declaration().number }],
    };
    await record(ledger, receipt);
    const { id } = await disburse(
      ledger,
      claim(ledger, '50.01', {
        ...{ product: 'warehouse', lines: [], collateral: [{ document, quantity: quantity('60') }] },
      }),
    );
    const left = async () => [await remainingOf(ledger, receipt), await remainingOf(ledger, declaration())];
    expect(await left()).toEqual(['40.000', '49.99']);
    const key = () => ({ idempotencyKey: freshKey() });
    const offer = { id, ...key(), to: 'BankBMSP', share: usd('16.66') };
    await ledger.submit('offerTransfer', people.bankA, offer);
    const take = { id, ...key(), applicationNumber: 'B-9' };
    const { answer: share } = await ledger.submit('acceptTransfer', people.approverB, take);
    expect(share.collateral).toMatchObject([{ pledged: quantity('19.988') }]);
    expect(await left()).toEqual(['40.000', '49.99']);
    const repay = (of: string, amount: string, by: Person) =>
      ledger.submit('repayClaim', by, { id: of, ...key(), amount: usd(amount), source: 'own-funds' });
    await repay(id, '33.35', people.bankA);
    expect(await left()).toEqual(['80.012', '83.34']);
    const wrong = { id, ...key(), entry: 'repayment' as const, repayment: 1, reason: 'It did not come.' };
    await ledger.submit('reverseEntry', people.bankA, wrong);
    await ledger.submit('confirmStep', people.approverA, { id, ...key() });
    expect(await left()).toEqual(['40.000', '49.99']);
    await repay(id, '33.35', people.bankA);
    await repay(share.id, '16.66', people.bankB);
    expect(await left()).toEqual(['100.000', '100.00']);
  });
});
