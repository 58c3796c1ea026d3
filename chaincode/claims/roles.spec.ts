import type { ClaimInput, FactInput, Input } from '../api.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
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
  reserve,
  usd,
} from '../testing/story.js';

const tonnes = (amount: string) => ({ amount, unit: 'TNE' });
const receipt: FactInput = {
  ...declaration(),
  type: 'warehouse-receipt',
  number: 'WR-1',
  total: undefined,
  quantity: tonnes('100'),
  transport: {},
};
const pledge = (amount: string): NonNullable<ClaimInput['collateral']> => [
  { document: { type: 'warehouse-receipt', number: 'WR-1' }, quantity: tonnes(amount) },
];

async function withGoods(): Promise<FakeLedger> {
  const ledger = await openLedger();
  await record(ledger, declaration());
  await record(ledger, receipt);
  return ledger;
}

const onGoods = (ledger: FakeLedger, amount: string, quantity: string) =>
  claim(ledger, amount, { product: 'warehouse', lines: [], collateral: pledge(quantity) });

describe('a claim secured by goods', () => {
  it('pledges a quantity, whatever the loan is worth, and shows it', async () => {
    const ledger = await withGoods();
    const view = await reserve(ledger, onGoods(ledger, '5000.00', '80.5'));
    expect(view).toMatchObject({
      amount: usd('5000.00'),
      outstanding: usd('5000.00'),
      lines: [],
      collateral: [{ quantity: tonnes('80.500'), pledged: tonnes('80.500') }],
    });
    expect(await remainingOf(ledger, receipt)).toBe('19.500');
  });

  it('keeps the goods pledged until the loan is settled, and frees them then', async () => {
    const ledger = await withGoods();
    const { id } = await disburse(ledger, onGoods(ledger, '50.00', '80'));
    const repay = (amount: string): Input<'repayClaim'> => ({
      id,
      idempotencyKey: freshKey(),
      amount: usd(amount),
      source: 'proceeds',
    });
    const part = await ledger.submit('repayClaim', people.bankA, repay('49.99'));
    expect(part.answer).toMatchObject({
      state: 'partly-repaid',
      outstanding: usd('0.01'),
      collateral: [{ pledged: tonnes('80.000') }],
    });
    expect(await remainingOf(ledger, receipt)).toBe('20.000');
    await refuses(ledger, 'OVERPAYMENT', () => ledger.submit('repayClaim', people.bankA, repay('0.02')));
    const rest = await ledger.submit('repayClaim', people.bankA, repay('0.01'));
    expect(rest.answer).toMatchObject({ state: 'settled', collateral: [{ pledged: tonnes('0.000') }] });
    expect(await remainingOf(ledger, receipt)).toBe('100.000');
  });

  it('takes the goods along when it is transferred', async () => {
    const ledger = await withGoods();
    const { id } = await disburse(ledger, onGoods(ledger, '50.00', '80'));
    const command = () => ({ id, idempotencyKey: freshKey() });
    await ledger.submit('offerTransfer', people.bankA, { ...command(), to: 'BankBMSP' });
    const taken = { ...command(), applicationNumber: 'B-1' };
    const { answer } = await ledger.submit('acceptTransfer', people.approverB, taken);
    expect(answer).toMatchObject({ outstanding: usd('50.00'), collateral: [{ pledged: tonnes('80.000') }] });
    const { answer: old } = await ledger.endorse('readClaim', people.bankA, { id });
    expect(old).toMatchObject({ outstanding: usd('0.00'), collateral: [{ pledged: tonnes('0.000') }] });
    expect(await remainingOf(ledger, receipt)).toBe('20.000');
  });

  it.each(['withdrawClaim', 'rejectClaim'] as const)('%s frees the goods', async (verb) => {
    const ledger = await withGoods();
    const { id } = await reserve(ledger, onGoods(ledger, '50.00', '80'));
    await ledger.submit(verb, people.bankA, { id, idempotencyKey: freshKey(), reason: 'r' });
    expect(await remainingOf(ledger, receipt)).toBe('100.000');
  });

  it('is refused with what is left of the goods, and in another unit', async () => {
    const ledger = await withGoods();
    await reserve(ledger, onGoods(ledger, '50.00', '80'));
    const error = await refusal(ledger, () => reserve(ledger, onGoods(ledger, '50.00', '20.001')));
    expect(error.body.lines).toMatchObject([
      { list: 'collateral', line: 0, code: 'EXCEEDS_BALANCE', remainingQuantity: tonnes('20.000') },
    ]);
    const kilos = pledge('1').map((line) => ({ ...line, quantity: { amount: '1', unit: 'KGM' } }));
    await refuses(ledger, 'UNIT_MISMATCH', () =>
      reserve(ledger, { ...onGoods(ledger, '50.00', '1'), collateral: kilos }),
    );
  });
});

describe('a warehouse loan', () => {
  it('is refused without goods, with receivables or not, and takes both', async () => {
    const ledger = await withGoods();
    for (const more of [{}, { lines: [] }]) {
      const error = await refusal(ledger, () =>
        reserve(ledger, claim(ledger, '1.00', { product: 'warehouse', ...more })),
      );
      expect([error.code, error.body.field]).toEqual(['COLLATERAL_REQUIRED', 'collateral']);
    }
    const both = claim(ledger, '1.00', { product: 'warehouse', collateral: pledge('1') });
    expect(await reserve(ledger, both)).toMatchObject({ lines: [{}], collateral: [{}] });
  });
});

describe('the lists of a claim', () => {
  it('hold together or not at all, with the list named for every line that fails', async () => {
    const ledger = await withGoods();
    const wanted = claim(ledger, '100.01', { collateral: pledge('100.001') });
    const error = await refusal(ledger, () => reserve(ledger, wanted));
    expect(error.body.lines).toMatchObject([
      { list: 'lines', line: 0, code: 'EXCEEDS_BALANCE' },
      { list: 'collateral', line: 0, code: 'EXCEEDS_BALANCE' },
    ]);
    const view = await reserve(ledger, claim(ledger, '100.00', { collateral: pledge('100') }));
    expect(view).toMatchObject({ lines: [{ drawn: usd('100.00') }], collateral: [{}] });
  });

  it('take a document only in the role that the catalogue gives it', async () => {
    const ledger = await withGoods();
    const [line] = claim(ledger, '1.00').lines;
    const [goods] = pledge('1');
    if (line === undefined || goods === undefined) throw new Error('no line');
    const wrong = claim(ledger, '1.00', { collateral: [{ ...goods, document: line.document }], lines: [] });
    await refuses(ledger, 'NOT_FINANCEABLE', () => reserve(ledger, wrong));
    const asReceivable = claim(ledger, '1.00', { lines: [{ ...line, document: goods.document }] });
    await refuses(ledger, 'NOT_FINANCEABLE', () => reserve(ledger, asReceivable));
  });

  it('need a receivable or goods, and no document twice', async () => {
    const ledger = await withGoods();
    const nothing = claim(ledger, '1.00', { lines: [] });
    const error = await refusal(ledger, () => reserve(ledger, nothing));
    expect([error.code, error.body.field]).toEqual(['INPUT_INVALID', 'lines']);
    const twice = { ...onGoods(ledger, '1.00', '1'), collateral: [...pledge('1'), ...pledge('2')] };
    const repeated = await refusal(ledger, () => reserve(ledger, twice));
    expect([repeated.code, repeated.body.field]).toEqual(['LINE_REPEATED', 'collateral.1.document']);
  });

  it('say where an amount is wrong', async () => {
    const ledger = await withGoods();
    const wrong = { ...onGoods(ledger, '1.00', '1'), collateral: pledge('1.0001') };
    const error = await refusal(ledger, () => reserve(ledger, wrong));
    expect([error.code, error.body.field]).toEqual(['AMOUNT_PRECISION', 'collateral.0.quantity.amount']);
  });
});
