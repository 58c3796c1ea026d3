import {
  claim,
  declaration,
  disburse,
  firstReserved,
  freshKey,
  openLedger,
  people,
  record,
  refuses,
  reserve,
} from '../testing/story.js';

async function opened() {
  const ledger = await openLedger();
  await record(ledger, declaration());
  const under = (applicationNumber: string) => claim(ledger, '10.00', { applicationNumber });
  return { ledger, under };
}

describe('an application number', () => {
  it('is borne by one claim of its bank at a time, in whatever spelling', async () => {
    const { ledger, under } = await opened();
    await reserve(ledger, under('Loan 7/a'));
    for (const spelling of ['Loan 7/a', 'LOAN 7/A', 'loan7/a', 'ＬＯＡＮ ７/ａ']) {
      await refuses(ledger, 'APPLICATION_EXISTS', () => reserve(ledger, under(spelling)));
    }
    await reserve(ledger, under('Loan 7/b'));
    await reserve(ledger, under('Loan 7/a'), people.bankB);
  });

  it('is borne by one claim of a batch', async () => {
    const { ledger, under } = await opened();
    const { answer } = await ledger.submit('reserveClaims', people.bankA, {
      claims: [under('A-1'), under('A-1')],
    });
    expect(answer.items).toMatchObject([
      { status: 'reserved' },
      { status: 'refused', code: 'APPLICATION_EXISTS', field: 'applicationNumber' },
    ]);
    expect(firstReserved(answer).applicationNumber).toBe('A-1');
  });

  it('is free again after a claim that was never paid out, and used for good after a loan', async () => {
    const { ledger, under } = await opened();
    const { id } = await reserve(ledger, under('A-1'));
    await ledger.submit('withdrawClaim', people.bankA, { id, idempotencyKey: freshKey() });
    const loan = await disburse(ledger, under('A-1'));
    await ledger.submit('repayClaim', people.bankA, {
      id: loan.id,
      idempotencyKey: freshKey(),
      amount: loan.amount,
      source: 'own-funds',
    });
    await refuses(ledger, 'APPLICATION_EXISTS', () => reserve(ledger, under('A-1')));
  });

  it('of the bank that takes a claim over is its own', async () => {
    const { ledger, under } = await opened();
    const { id } = await disburse(ledger, under('A-1'));
    await ledger.submit('offerTransfer', people.bankA, { id, idempotencyKey: freshKey(), to: 'BankBMSP' });
    await reserve(ledger, under('B-1'), people.bankB);
    const take = (applicationNumber: string) => () =>
      ledger.submit('acceptTransfer', people.approverB, {
        id,
        idempotencyKey: freshKey(),
        applicationNumber,
      });
    await refuses(ledger, 'APPLICATION_EXISTS', take('b-1'));
    await take('B-2')();
    await refuses(ledger, 'APPLICATION_EXISTS', () => reserve(ledger, under('B-2'), people.bankB));
  });

  it('is taken once by two claims that are endorsed at once', async () => {
    const { ledger, under } = await opened();
    const race = await Promise.all(
      [1, 2].map(() => ledger.endorse('reserveClaims', people.bankA, { claims: [under('A-1')] })),
    );
    expect(race.map((one) => ledger.commit(one))).toEqual([true, false]);
  });
});
