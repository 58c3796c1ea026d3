import type { FactInput, Input } from '../api.js';
import {
  claim,
  declaration,
  disburse,
  freshKey,
  openLedger,
  people,
  record,
  refusal,
  refuses,
  remainingOf,
  usd,
} from '../testing/story.js';

const tonnes = (amount: string) => ({ amount, unit: 'TNE' });
const document = { type: 'warehouse-receipt', number: 'WR-1' } as const;
const receipt: FactInput = {
  ...declaration(),
  ...document,
  total: undefined,
  quantity: tonnes('100'),
  transport: {},
  cites: [{ type: 'customs-declaration', number: declaration().number }],
};
const key = () => ({ idempotencyKey: freshKey() });

async function pledged() {
  const ledger = await openLedger();
  await record(ledger, declaration());
  await record(ledger, receipt);
  const { id } = await disburse(
    ledger,
    claim(ledger, '50.00', {
      product: 'warehouse',
      lines: [],
      collateral: [{ document, quantity: tonnes('80') }],
    }),
  );
  const release = (amount: string, more: Partial<Input<'releaseGoods'>> = {}) =>
    ledger.submit('releaseGoods', people.bankA, {
      ...{ id, ...key(), document, quantity: tonnes(amount), reason: 'The margin is enough.' },
      ...more,
    });
  const repay = (amount: string, more: Partial<Input<'repayClaim'>> = {}) =>
    ledger.submit('repayClaim', people.bankA, {
      ...{ id, ...key(), amount: usd(amount), source: 'own-funds', ...more },
    });
  return { ledger, id, release, repay };
}

describe('a release of goods', () => {
  it('frees a part of one line on the bank’s word, and says so', async () => {
    const { ledger, release } = await pledged();
    const { answer, writes } = await release('30.5');
    expect(answer).toMatchObject({
      ...{ state: 'disbursed', outstanding: usd('50.00') },
      collateral: [{ quantity: tonnes('49.500'), pledged: tonnes('49.500') }],
      releases: [{ quantity: tonnes('30.500'), reason: 'The margin is enough.' }],
    });
    const registry = [...writes.keys()].filter((one) => one.startsWith('registry/'));
    expect(registry.map((one) => one.replace(/~.*/, ''))).toEqual(['registry/U']);
    expect(await remainingOf(ledger, receipt)).toBe('50.500');
    expect(await remainingOf(ledger, declaration())).toBe('50.00');
  });

  it('comes with a repayment, and stays where that is taken back: the goods have left', async () => {
    const { ledger, id, repay } = await pledged();
    const { answer } = await repay('20.00', { release: { document, quantity: tonnes('30') } });
    expect(answer).toMatchObject({
      ...{ state: 'partly-repaid', outstanding: usd('30.00') },
      releases: [{ quantity: tonnes('30.000') }],
    });
    expect(await remainingOf(ledger, receipt)).toBe('50.000');
    await repay('30.00');
    expect(await remainingOf(ledger, receipt)).toBe('100.000');
    await ledger.submit('reverseEntry', people.bankA, {
      ...{ id, ...key(), entry: 'repayment', repayment: 2, reason: 'Entered by mistake.' },
    });
    const again = await ledger.submit('confirmStep', people.approverA, { id, ...key() });
    expect(again.answer).toMatchObject({
      outstanding: usd('30.00'),
      collateral: [{ pledged: tonnes('50.000') }],
    });
    expect(await remainingOf(ledger, receipt)).toBe('50.000');
  });

  it.each([
    ['80', 'EXCEEDS_PLEDGED', 'quantity.amount'],
    ['80.001', 'EXCEEDS_PLEDGED', 'quantity.amount'],
  ])(
    'of %s tonnes of 80 is refused, also with a repayment, which is not recorded then',
    async (amount, code, field) => {
      const { ledger, release, repay } = await pledged();
      expect(await refusal(ledger, () => release(amount))).toMatchObject({ code, body: { field } });
      const withRepayment = () => repay('10.00', { release: { document, quantity: tonnes(amount) } });
      expect(await refusal(ledger, withRepayment)).toMatchObject({
        code,
        body: { field: `release.${field}` },
      });
    },
  );

  it('is refused in another unit, of another document, before the payout, in a dispute and after the end', async () => {
    const { ledger, id, release, repay } = await pledged();
    const kilograms = { quantity: { amount: '1', unit: 'KGM' } };
    await refuses(ledger, 'UNIT_MISMATCH', () => release('1', kilograms));
    const stranger = { document: { type: 'warehouse-receipt', number: 'WR-2' } } as const;
    await refuses(ledger, 'DOCUMENT_NOT_CLAIMED', () => release('1', stranger));
    await ledger.submit('disputeClaim', people.bankA, { id, ...key(), reason: 'The lot is questioned.' });
    await refuses(ledger, 'INVALID_STATE', () => release('1'));
    await refuses(ledger, 'INVALID_STATE', () =>
      repay('1.00', { release: { document, quantity: tonnes('1') } }),
    );
    await ledger.submit('resolveDispute', people.regulatorApprover, {
      ...{ id, ...key(), owner: 'BankAMSP', outcome: 'dismissed', reason: 'It is there.' },
    });
    await repay('50.00');
    await refuses(ledger, 'INVALID_STATE', () => release('1'));
  });

  it('takes two people where the table of steps says so', async () => {
    const { ledger, id, release } = await pledged();
    await ledger.submit('setPolicy', people.regulatorApprover, { twoPeople: { bank: ['release-of-goods'] } });
    expect((await release('30')).answer.awaiting).toMatchObject({ step: 'release-of-goods' });
    expect(await remainingOf(ledger, receipt)).toBe('20.000');
    await refuses(ledger, 'STEP_AWAITING', () => release('1'));
    await ledger.submit('confirmStep', people.approverA, { id, ...key() });
    expect(await remainingOf(ledger, receipt)).toBe('50.000');
  });
});
