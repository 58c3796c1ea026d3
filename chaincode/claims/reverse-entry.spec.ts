import { jest } from '@jest/globals';
import { limits } from '../schemas.js';
import { advance, actsOn, loanOnDeclaration } from '../testing/loan.js';
import { dateOf, instantText } from '../rules/dates.js';
import {
  claim,
  day,
  disburse,
  freshKey,
  invoice,
  openLedger,
  people,
  record,
  refuses,
  reserve,
  usd,
} from '../testing/story.js';

afterEach(() => {
  jest.restoreAllMocks();
});

describe('a repayment that was entered by mistake', () => {
  it('is reversed by two people: one proposes and moves nothing, another confirms', async () => {
    const { ledger, id, repay, reverse, confirm, left } = await loanOnDeclaration();
    await repay('20.00', 'own-funds');
    expect(await left()).toBe('60.00');
    const proposed = await reverse('repayment', 1);
    expect(proposed.answer).toMatchObject({
      state: 'partly-repaid',
      outstanding: usd('40.00'),
      awaiting: { step: 'reversal', proposedBy: 'officer', request: { entry: 'repayment', repayment: 1 } },
    });
    expect([...proposed.writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort()).toEqual([
      'BankAMSP/C~#~5',
      'EnterpriseMSP/C~#~5',
      'public/claim~#',
    ]);
    expect(await left()).toBe('60.00');
    // Who proposed it does not confirm it, in whatever role.
    await refuses(ledger, 'PERMISSION_DENIED', () => confirm(people.bankA));
    await refuses(ledger, 'FOUR_EYES', () => confirm({ ...people.bankA, role: 'approver' }));
    await refuses(ledger, 'CLAIM_NOT_FOUND', () => confirm(people.approverB));

    const { answer, writes } = await confirm();
    expect([...writes.keys()].filter((key) => key.startsWith('registry/U~'))).toHaveLength(1);
    expect(writes.size).toBe(4);
    expect(answer).toMatchObject({ id, state: 'disbursed', outstanding: usd('60.00') });
    expect(answer.awaiting).toBeUndefined();
    // Both stand on the record.
    expect(answer.repayments).toMatchObject([
      {
        amount: usd('20.00'),
        source: 'own-funds',
        reversed: { reason: 'Entered on the wrong claim.', at: instantText(ledger.now) },
      },
    ]);
    expect(await left()).toBe('40.00');
    await refuses(ledger, 'STEP_NOT_AWAITING', () => confirm());
    await refuses(ledger, 'ENTRY_NOT_FOUND', () => reverse('repayment', 1));
  });

  it('gives back what its proceeds used up, and leaves the others as they were', async () => {
    const { repay, reverse, confirm, left } = await loanOnDeclaration();
    await repay('10.00');
    await repay('50.00');
    expect(await left()).toBe('40.00');
    await reverse('repayment', 1);
    expect((await confirm()).answer).toMatchObject({ state: 'partly-repaid', outstanding: usd('10.00') });
    // Of the 60.00, 50.00 are used up and 10.00 are held.
    expect(await left()).toBe('40.00');
    expect((await repay('10.00', 'own-funds')).answer.state).toBe('settled');
    expect(await left()).toBe('50.00');
  });

  it('lets a later surplus repay what is owed again', async () => {
    const { repay, reverse, confirm, left } = await loanOnDeclaration();
    await repay('60.00');
    await repay('60.00');
    expect(await left()).toBe('0.00');
    await reverse('repayment', 1);
    const { answer } = await confirm();
    expect(answer).toMatchObject({ state: 'settled', outstanding: usd('0.00') });
    expect(answer.repayments.map(({ surplus, reversed }) => [surplus, reversed !== undefined])).toEqual([
      [undefined, true],
      [undefined, false],
    ]);
    expect(await left()).toBe('40.00');
  });

  it('takes nothing from others who have drawn meanwhile, and tells its bank that it holds less', async () => {
    const { ledger, id, command, repay, reverse, confirm, left } = await loanOnDeclaration();
    await repay('60.00', 'own-funds');
    const other = await reserve(ledger, claim(ledger, '75.00'), people.bankB);
    await reverse('repayment', 1);
    const { event, answer } = await confirm();
    expect(answer).toMatchObject({ state: 'disbursed', outstanding: usd('60.00') });
    expect(event?.alerts).toMatchObject([{ alert: 'uncovered-again', claims: [id] }]);
    expect(await left()).toBe('0.00');
    // The other bank pays out as if nothing had happened.
    const of = (own: string) => ({ id: own, idempotencyKey: freshKey() });
    await ledger.submit('acceptClaim', people.approverB, of(other.id));
    await ledger.submit('disburseClaim', people.bankB, of(other.id));
    // The claim holds 25.00 for its 60.00, and its proceeds use up no more than that; nor do they give more back.
    await ledger.submit('repayClaim', people.bankA, {
      ...command(),
      amount: usd('60.00'),
      source: 'proceeds',
    });
    expect(await left()).toBe('0.00');
    const theirs = { ...of(other.id), amount: usd('75.00'), source: 'proceeds' } as const;
    await ledger.submit('repayClaim', people.bankB, theirs);
    await reverse('repayment', 2);
    await confirm();
    expect(await left()).toBe('0.00');
    await repay('60.00', 'own-funds');
    expect(await left()).toBe('25.00');
  });

  it('is the line’s that it was for', async () => {
    const ledger = await openLedger();
    const papers = ['A-1', 'B-2'].map((number) => invoice({ number, total: usd('50.00') }));
    for (const paper of papers) await record(ledger, paper);
    const document = ({ number }: { number: string }) => ({ type: 'tax-invoice' as const, number });
    const lines = papers.map((paper) => ({ document: document(paper), amount: usd('40.00') }));
    const { id } = await disburse(ledger, claim(ledger, '80.00', { lines }));
    const { command, reverse, confirm } = actsOn(ledger, id);
    for (const number of ['A-1', 'B-2']) {
      await ledger.submit('repayClaim', people.bankA, {
        ...command(),
        amount: usd('30.00'),
        source: 'proceeds',
        document: document({ number }),
      });
    }
    await reverse('repayment', 1);
    const { answer } = await confirm();
    expect(answer.lines.map(({ outstanding }) => outstanding.amount)).toEqual(['40.00', '10.00']);
    expect(answer.outstanding).toEqual(usd('50.00'));
  });

  it('is not reversed in a dispute, twice at once, unnamed, or by a bank that took the loan over', async () => {
    const { ledger, id, command, repay, reverse, confirm } = await loanOnDeclaration();
    await repay('10.00');
    await refuses(ledger, 'ENTRY_NOT_FOUND', () => reverse('repayment', 2));
    await refuses(ledger, 'INPUT_INVALID', () => reverse('repayment'));
    await refuses(ledger, 'INPUT_INVALID', () => reverse('disbursement', 1));
    await reverse('repayment', 1);
    await refuses(ledger, 'STEP_AWAITING', () => reverse('repayment', 1));
    await ledger.submit('disputeClaim', people.bankA, { ...command(), reason: 'Goods rejected.' });
    await refuses(ledger, 'INVALID_STATE', () => confirm());
    await ledger.submit('resolveDispute', people.approverA, {
      ...command(),
      outcome: 'withdrawn',
      reason: 'r',
    });
    await ledger.submit('offerTransfer', people.bankA, { ...command(), to: 'BankBMSP' });
    const taken = await ledger.submit('acceptTransfer', people.approverB, {
      ...command(),
      applicationNumber: 'B-77',
    });
    expect(taken.answer.awaiting).toBeUndefined();
    await refuses(ledger, 'ENTRY_NOT_FOUND', () =>
      ledger.submit('reverseEntry', people.bankB, {
        ...command(),
        id: taken.answer.id,
        entry: 'repayment',
        repayment: 1,
        reason: 'r',
      }),
    );
    await refuses(ledger, 'INVALID_STATE', () =>
      ledger.submit('confirmStep', people.approverA, { ...command(), id }),
    );
  });
});

describe('a payout that was entered by mistake', () => {
  it('makes the claim a promise again, which lapses unless it is paid out', async () => {
    const { ledger, reverse, confirm, command, sweep, left } = await loanOnDeclaration();
    await reverse('disbursement');
    const { answer } = await confirm();
    expect(answer).toMatchObject({
      state: 'accepted',
      expiresAt: instantText(ledger.now + limits.payoutDays.byDefault * day),
      reversals: [{ entry: 'disbursement', paidOutAt: instantText(ledger.now) }],
    });
    expect(answer.paidOutAt).toBeUndefined();
    expect(await left()).toBe('40.00');
    const again = await ledger.submit('disburseClaim', people.bankA, command());
    expect(again.answer).toMatchObject({ state: 'disbursed', reversals: [{ entry: 'disbursement' }] });
    await reverse('disbursement');
    await confirm();
    advance(ledger, limits.payoutDays.byDefault + 1);
    expect((await sweep()).answer.items).toMatchObject([{ state: 'expired' }]);
    expect(await left()).toBe('100.00');
  });

  it('is not reversed under repayments that stand on it', async () => {
    const { ledger, reverse, repay, confirm } = await loanOnDeclaration();
    await repay('10.00');
    await refuses(ledger, 'ENTRY_IN_USE', () => reverse('disbursement'));
    await reverse('repayment', 1);
    await confirm();
    await reverse('disbursement');
    expect((await confirm()).answer.state).toBe('accepted');
  });
});

describe('a notice that was entered by mistake', () => {
  it('names the bank to no debtor any more', async () => {
    const ledger = await openLedger();
    const paper = invoice();
    await record(ledger, paper);
    const document = { type: 'tax-invoice' as const, number: paper.number };
    const lines = [{ document, amount: usd('60.00') }];
    const { id } = await disburse(ledger, claim(ledger, '60.00', { lines }));
    const { command, reverse, confirm } = actsOn(ledger, id);
    await refuses(ledger, 'ENTRY_NOT_FOUND', () => reverse('debtor-notice'));
    const notice = { ...command(), date: dateOf(ledger.now), how: 'Registered letter' };
    await ledger.submit('recordDebtorNotice', people.bankA, notice);
    const { scheme, id: seller } = paper.seller;
    const particulars = { seller: { scheme, id: seller }, total: usd('100.00') };
    const payee = async () =>
      (await ledger.endorse('lookUpPayee', people.exporter, { document, particulars })).answer;
    expect(await payee()).toMatchObject({ payee: { kind: 'bank', bank: 'BankAMSP' } });
    await reverse('debtor-notice');
    const { answer, writes } = await confirm();
    expect(answer.debtorNotice).toBeUndefined();
    expect(answer.reversals).toMatchObject([
      { entry: 'debtor-notice', debtorNotice: { how: 'Registered letter' } },
    ]);
    expect([...writes.keys()].filter((key) => key.includes('U~'))).toEqual([]);
    expect(await payee()).toMatchObject({ payee: { kind: 'seller' } });
  });
});

describe('a step that waits', () => {
  it('is returned with a reason, and can be proposed anew', async () => {
    const { ledger, repay, reverse, confirm, giveBack } = await loanOnDeclaration();
    await refuses(ledger, 'STEP_NOT_AWAITING', () => giveBack());
    await repay('10.00');
    await reverse('repayment', 1);
    const { answer } = await giveBack();
    expect(answer).toMatchObject({
      outstanding: usd('50.00'),
      returned: { step: 'reversal', reason: 'The advice says otherwise.' },
    });
    expect(answer.awaiting).toBeUndefined();
    await refuses(ledger, 'STEP_NOT_AWAITING', () => confirm());
    expect((await reverse('repayment', 1)).answer.returned).toBeUndefined();
  });

  it('lapses, and its claim is told of it', async () => {
    const { ledger, repay, reverse, confirm, sweep, read } = await loanOnDeclaration();
    await repay('10.00');
    await reverse('repayment', 1);
    await refuses(ledger, 'NOT_EXPIRED', sweep);
    advance(ledger, limits.awaitingDays + 1);
    await refuses(ledger, 'STEP_NOT_AWAITING', () => confirm());
    const { event } = await sweep();
    expect(event?.alerts).toMatchObject([{ alert: 'step-lapsed' }]);
    expect(await read()).toMatchObject({ state: 'partly-repaid', outstanding: usd('50.00') });
    expect((await read()).awaiting).toBeUndefined();
  });
});
