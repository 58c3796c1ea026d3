import {
  claim,
  declaration,
  disburse,
  freshKey,
  openLedger,
  people,
  record,
  refuses,
  remainingOf,
  usd,
} from '../testing/story.js';

async function offered() {
  const ledger = await openLedger();
  await record(ledger, declaration());
  const { id } = await disburse(ledger, claim(ledger, '60.00'));
  await ledger.submit('offerTransfer', people.bankA, { id, idempotencyKey: freshKey(), to: 'BankBMSP' });
  const take = () => ({ id, idempotencyKey: freshKey(), applicationNumber: 'B-77' });
  return { ledger, id, take };
}

describe('transferring a claim', () => {
  it('moves balance and private record in one transaction', async () => {
    const { ledger, id, take } = await offered();
    expect((await ledger.endorse('readClaim', people.bankB, { id })).answer.owner).toBe('BankAMSP');
    const { answer, writes } = await ledger.submit('acceptTransfer', people.approverB, take());
    expect(answer).toMatchObject({
      owner: 'BankBMSP',
      state: 'disbursed',
      seq: 1,
      outstanding: usd('60.00'),
      transferredFrom: id,
    });
    const moved = [...writes.keys()].filter((key) => key.startsWith('registry/'));
    expect(moved.map((key) => key.replace(/~.*/, '')).sort()).toEqual(['registry/AN', 'registry/U']);
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
    const old = await ledger.endorse('readClaim', people.bankA, { id });
    expect(old.answer).toMatchObject({
      state: 'transferred',
      outstanding: usd('0.00'),
      transferredTo: answer.id,
    });
    const repay = { id, idempotencyKey: freshKey(), amount: usd('1.00'), source: 'own-funds' } as const;
    await refuses(ledger, 'INVALID_STATE', () => ledger.submit('repayClaim', people.bankA, repay));
    const settle = {
      ...repay,
      id: answer.id,
      amount: usd('60.00'),
      source: 'proceeds' as const,
      idempotencyKey: freshKey(),
    };
    expect((await ledger.submit('repayClaim', people.bankB, settle)).answer.state).toBe('settled');
  });

  it('answers a repeated acceptance alike and writes nothing', async () => {
    const { ledger, take } = await offered();
    const once = take();
    const first = await ledger.submit('acceptTransfer', people.approverB, once);
    const second = await ledger.submit('acceptTransfer', people.approverB, once);
    expect(second.answer).toEqual(first.answer);
    expect(second.writes.size).toBe(0);
    await refuses(ledger, 'TRANSFER_INVALID', () =>
      ledger.submit('acceptTransfer', people.approverB, take()),
    );
  });

  it('falls through when the claim has changed since: a repayment recorded meanwhile', async () => {
    const { ledger, id, take } = await offered();
    const repay = { id, idempotencyKey: freshKey(), amount: usd('1.00'), source: 'proceeds' } as const;
    const [acceptance, repayment] = await Promise.all([
      ledger.endorse('acceptTransfer', people.approverB, take()),
      ledger.endorse('repayClaim', people.bankA, repay),
    ]);
    expect([ledger.commit(repayment), ledger.commit(acceptance)]).toEqual([true, false]);
    await refuses(ledger, 'TRANSFER_INVALID', () =>
      ledger.submit('acceptTransfer', people.approverB, take()),
    );
  });

  it('can be declined by either side, and offered only to another bank', async () => {
    const { ledger, id, take } = await offered();
    const command = () => ({ id, idempotencyKey: freshKey() });
    await ledger.submit('declineTransfer', people.bankB, command());
    await refuses(ledger, 'TRANSFER_INVALID', () =>
      ledger.submit('acceptTransfer', people.approverB, take()),
    );
    await refuses(ledger, 'CLAIM_NOT_FOUND', () => ledger.endorse('readClaim', people.bankB, { id }));
    for (const to of ['BankAMSP', 'CustomsMSP']) {
      await refuses(ledger, 'TRANSFER_INVALID', () =>
        ledger.submit('offerTransfer', people.bankA, { ...command(), to }),
      );
    }
    await ledger.submit('offerTransfer', people.bankA, { ...command(), to: 'BankBMSP' });
    await ledger.submit('declineTransfer', people.bankA, command());
    await refuses(ledger, 'TRANSFER_INVALID', () =>
      ledger.submit('declineTransfer', people.bankB, command()),
    );
  });
});
