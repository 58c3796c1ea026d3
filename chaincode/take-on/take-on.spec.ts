import type { ClaimView, Input, Output } from '../api.js';
import { dateOf } from '../rules/dates.js';
import type { BroughtClaim } from './api.js';
import type { FakeLedger, Person } from '../testing/fake-ledger.js';
import {
  claim as ordinaryClaim,
  day,
  declaration,
  exporter,
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
import { closeWindow, loanOn, openWindow, take, takeRefused } from '../testing/take-on.js';

const overdraftOf = async (
  ledger: FakeLedger,
  { id }: Pick<ClaimView, 'id'>,
  person: Person = people.bankA,
  owner?: string,
) => (await ledger.endorse('readOverdraft', person, { id, ...(owner && { owner }) })).answer.overdrawn;

describe('a take-on window', () => {
  const inDays = (days: number) => dateOf(Date.now() + days * day);
  const terms = { cutOff: inDays(-20), until: inDays(30), banks: ['BankAMSP'] };
  const clock = Date.now;
  afterEach(() => {
    Date.now = clock;
  });

  it('is opened by two people of the regulator and stays closed once it is closed', async () => {
    const ledger = await openLedger();
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.submit('proposeTakeOnWindow', people.bankA, terms),
    );
    const approver = people.regulatorApprover;
    const { answer } = await ledger.submit('proposeTakeOnWindow', approver, terms);
    expect(answer).toMatchObject({ number: 1, state: 'proposed', banks: ['BankAMSP'] });
    await refuses(ledger, 'FOUR_EYES', () => ledger.submit('openTakeOnWindow', approver, { number: 1 }));
    await takeRefused(ledger, 'TAKE_ON_CLOSED', loanOn(declaration(), '10.00'));
    await refuses(ledger, 'WINDOW_NOT_FOUND', () =>
      ledger.submit('closeTakeOnWindow', approver, { number: 1 }),
    );
    // What nobody has opened is replaced by another proposal.
    await ledger.submit('proposeTakeOnWindow', people.regulator, { ...terms, cutOff: inDays(-40) });
    expect((await ledger.submit('openTakeOnWindow', approver, { number: 1 })).answer.cutOff).toBe(
      inDays(-40),
    );
    expect((await ledger.submit('openTakeOnWindow', approver, { number: 1 })).writes.size).toBe(0);
    await refuses(ledger, 'WINDOW_HELD', () => ledger.submit('proposeTakeOnWindow', people.regulator, terms));
    await takeRefused(ledger, 'TAKE_ON_CLOSED', loanOn(declaration(), '10.00'), people.approverB);
    await ledger.submit('closeTakeOnWindow', approver, { number: 1 });
    await refuses(ledger, 'WINDOW_NOT_FOUND', () =>
      ledger.submit('openTakeOnWindow', approver, { number: 1 }),
    );
    await takeRefused(ledger, 'TAKE_ON_CLOSED', loanOn(declaration(), '10.00'));
    await refuses(ledger, 'WINDOW_HELD', () => ledger.submit('proposeTakeOnWindow', people.regulator, terms));
    // A bank that joins later gets a window of its own.
    const later = { ...terms, banks: ['BankBMSP'] };
    expect((await ledger.submit('proposeTakeOnWindow', people.regulator, later)).answer.number).toBe(2);
  });

  it('closes by itself after its last day', async () => {
    const ledger = await openLedger();
    await openWindow(ledger, terms);
    await take(ledger, loanOn(declaration(), '10.00'));
    ledger.now += 31 * day;
    Date.now = () => ledger.now;
    await takeRefused(
      ledger,
      'TAKE_ON_CLOSED',
      loanOn(declaration({ number: '310120260516789099' }), '10.00'),
    );
    const { answer } = await ledger.endorse('readTakeOnWindows', people.bankA, {});
    expect(answer.windows).toMatchObject([{ number: 1, state: 'closed' }]);
    expect(answer.windows[0]?.banks).toBeUndefined();
    expect((await ledger.endorse('readTakeOnWindows', people.bankB, {})).answer.windows).toEqual([]);
  });

  it('names banks, each once, and days that make sense', async () => {
    const ledger = await openLedger();
    const propose = (more: Partial<Input<'proposeTakeOnWindow'>>) => () =>
      ledger.submit('proposeTakeOnWindow', people.regulator, { ...terms, ...more });
    await refuses(ledger, 'BANK_INVALID', propose({ banks: ['BankAMSP', 'BankAMSP'] }));
    await refuses(ledger, 'BANK_INVALID', propose({ banks: ['TaxMSP'] }));
    await refuses(ledger, 'BANK_INVALID', propose({ banks: ['NoBankMSP'] }));
    await refuses(ledger, 'DATE_INVALID', propose({ until: inDays(-1) }));
    await refuses(ledger, 'DATE_INVALID', propose({ until: inDays(400) }));
    await refuses(ledger, 'DATE_INVALID', propose({ cutOff: inDays(31) }));
  });
});

describe('a loan of a bank’s book', () => {
  it('stands as a claim that is paid out, with what the book declares beside what is on record', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    await record(ledger, declaration());
    const line = loanOn(declaration({ number: ' 3101 2026 0516 789012' }), '60.00', {
      parties: [{ name: 'Harbour Leasing', share: '40 %' }],
    });
    const taken = await take(ledger, line);
    expect(taken).toMatchObject({
      state: 'disbursed',
      owner: 'BankAMSP',
      applicationNumber: line.reference,
      outstanding: usd('60.00'),
      paidOutAt: `${line.paidOutOn}T00:00:00.000Z`,
      takenOn: {
        paidOutOn: line.paidOutOn,
        window: 1,
        unmatched: 0,
        printed: { enterprise: exporter.id, documents: ['3101 2026 0516 789012'] },
        parties: [{ name: 'Harbour Leasing', share: '40 %' }],
      },
    });
    expect(taken.lines[0]?.unmatched).toBeUndefined();
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
    // From now on it lives as any other claim.
    const repaid = await ledger.submit('repayClaim', people.bankA, {
      id: taken.id,
      idempotencyKey: freshKey(),
      amount: usd('60.00'),
      source: 'own-funds',
    });
    expect(repaid.answer.state).toBe('settled');
    expect(await remainingOf(ledger, declaration())).toBe('100.00');
  });

  it('uses up for good what had been repaid, and a correction gives it back', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    await record(ledger, declaration());
    const line = loanOn(declaration(), '60.00', { outstanding: usd('25.00') });
    const { state, id, lines, repayments } = await take(ledger, line);
    expect([state, lines[0]?.outstanding, repayments.map(({ amount }) => amount)]).toEqual([
      'partly-repaid',
      usd('25.00'),
      [usd('35.00')],
    ]);
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
    const reverse = {
      id,
      idempotencyKey: freshKey(),
      entry: 'repayment',
      repayment: 1,
      reason: 'Own funds.',
    } as const;
    await ledger.submit('reverseEntry', people.bankA, reverse);
    const confirmed = await ledger.submit('confirmStep', people.approverA, {
      id,
      idempotencyKey: freshKey(),
    });
    expect(confirmed.answer.outstanding).toEqual(usd('60.00'));
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
  });

  it('is refused when it contradicts itself, and nothing is written', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    await record(ledger, declaration());
    const refused = async (more: Partial<Input<'proposeCorrection'>['line']>) =>
      (
        await refusal(ledger, () =>
          ledger.submit('takeOn', people.approverA, { lines: [loanOn(declaration(), '60.00', more)] }),
        )
      ).code;
    const today = new Date(ledger.now).toISOString().slice(0, 10);
    expect(await refused({ paidOutOn: today })).toBe('PAID_OUT_TOO_LATE');
    expect(await refused({ outstanding: usd('60.01') })).toBe('TAKE_ON_INCONSISTENT');
    expect(await refused({ outstanding: usd('0.00') })).toBe('AMOUNT_NOT_POSITIVE');
    expect(await refused({ outstanding: { amount: '60.00', currency: 'EUR' } })).toBe('CURRENCY_MIXED');
    expect(await refused({ state: 'partly-repaid' })).toBe('TAKE_ON_INCONSISTENT');
    expect(await refused({ state: 'overdue' })).toBe('TAKE_ON_INCONSISTENT');
    expect(await refused({ dueDate: '2020-01-01' })).toBe('TAKE_ON_INCONSISTENT');
    expect(await refused({ lines: [] })).toBe('INPUT_INVALID');
    expect(await refused({ amount: usd('61.00'), outstanding: usd('61.00') })).toBe('LINES_SUM');
    const euro = (amount: string) => ({ amount, currency: 'EUR' });
    const inEuro = { ...loanOn(declaration(), '60.00'), amount: euro('60.00'), outstanding: euro('60.00') };
    const euros = { ...inEuro, lines: inEuro.lines.map((one) => ({ ...one, amount: euro('60.00') })) };
    expect(await refused(euros)).toBe('RATE_MISSING');
    await refuses(ledger, 'PERMISSION_DENIED', () =>
      ledger.submit('takeOn', people.bankA, { lines: [loanOn(declaration(), '60.00')] }),
    );
  });

  it('is known by its reference: the same again changes nothing, another content is named', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    await record(ledger, declaration());
    const line = loanOn(declaration(), '60.00');
    const { id } = await take(ledger, line);
    const again = await ledger.submit('takeOn', people.approverA, { lines: [line] });
    expect(again.writes.size).toBe(0);
    // The answer stands in the block, where everybody keeps it: no more of the claim than its verdict tells.
    const brought = { id, state: 'disbursed', seq: 1, unmatched: 0, unchanged: true };
    expect(again.answer.items).toEqual([{ index: 0, status: 'taken-on', claim: brought }]);
    await takeRefused(ledger, 'TAKE_ON_REFERENCE_USED', { ...line, dueDate: '2030-01-01' });
    await takeRefused(ledger, 'TAKE_ON_REFERENCE_USED', {
      ...line,
      reference: ` ${line.reference.toLowerCase()} `,
    });
    // A loan that is on record as an ordinary claim is not brought a second time.
    const { applicationNumber } = await reserve(ledger, ordinaryClaim(ledger, '10.00'));
    await takeRefused(
      ledger,
      'APPLICATION_EXISTS',
      loanOn(declaration(), '10.00', { reference: applicationNumber }),
    );
    // The other bank may use the same reference for a loan of its own.
    expect((await take(ledger, line, people.approverB)).id).not.toBe(id);
  });

  it('is never refused for want of balance: the trade is overdrawn, each holder learns by how much and not by whom', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    await record(ledger, declaration());
    const one = await take(ledger, loanOn(declaration(), '80.00'));
    expect(await overdraftOf(ledger, one)).toEqual([]);
    const brought = await ledger.submit('takeOn', people.approverB, {
      lines: [loanOn(declaration(), '70.00')],
    });
    const other = claimOf(brought.answer);
    expect(brought.event?.alerts).toMatchObject([{ alert: 'overdrawn', claims: [one.id, other.id] }]);
    const told = await overdraftOf(ledger, one);
    expect(told).toEqual([
      {
        family: 'declaration',
        documents: [{ type: 'customs-declaration', number: declaration().number }],
        by: usd('50.00'),
      },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/Bank|80\.00|70\.00/);
    const sides = await overdraftOf(ledger, one, people.auditor, 'BankAMSP');
    expect(sides[0]?.draws?.map(({ owner, amount }) => [owner, amount?.amount])).toEqual([
      ['BankAMSP', '80.00'],
      ['BankBMSP', '70.00'],
    ]);
    await refuses(ledger, 'CLAIM_NOT_FOUND', () => overdraftOf(ledger, one, people.bankB));
    await refuses(ledger, 'UNDERLYING_OVERDRAWN', () => reserve(ledger, ordinaryClaim(ledger, '1.00')));
    const { answer } = await ledger.endorse('readOwnDocument', people.exporter, {
      document: { type: 'customs-declaration', number: declaration().number },
    });
    expect(answer.draws.map((draw) => draw.bank).sort()).toEqual(['BankAMSP', 'BankBMSP']);
    // Whoever comes later is told as well, and nobody else once more.
    const later = await ledger.submit('takeOn', people.approverB, {
      lines: [loanOn(declaration(), '5.00')],
    });
    const last = claimOf(later.answer);
    expect(later.event?.alerts).toMatchObject([{ alert: 'overdrawn', claims: [last.id] }]);
    expect((await overdraftOf(ledger, last, people.bankB)).map(({ by }) => by)).toEqual([usd('55.00')]);
  });

  it('is resolved by taking a loan back that was brought by mistake', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    await record(ledger, declaration());
    const one = await take(ledger, loanOn(declaration(), '80.00'));
    const wrong = await take(ledger, loanOn(declaration(), '70.00'), people.approverB);
    const command = () => ({ id: wrong.id, idempotencyKey: freshKey() });
    await ledger.submit('reverseEntry', people.bankB, {
      ...command(),
      entry: 'disbursement',
      reason: 'Another paper.',
    });
    await ledger.submit('confirmStep', people.approverB, command());
    const gone = await ledger.submit('withdrawClaim', people.bankB, {
      ...command(),
      reason: 'Another paper.',
    });
    expect([gone.answer.state, gone.event?.alerts[0]?.alert]).toEqual(['withdrawn', 'overdrawn-cleared']);
    expect(await overdraftOf(ledger, one)).toEqual([]);
    expect(await remainingOf(ledger, declaration())).toBe('20.00');
  });

  it('on a document that was cancelled is overdrawn as a whole', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    const { id } = await record(ledger, declaration());
    await ledger.submit('cancelFact', people.customs, { id, reason: 'Never exported.' });
    const taken = await take(ledger, loanOn(declaration(), '80.00'));
    expect((await overdraftOf(ledger, taken))[0]?.by).toEqual(usd('80.00'));
  });

  it('on a declaration and on its invoice is one trade', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    await record(ledger, invoice());
    await record(ledger, declaration({ cites: [{ type: 'tax-invoice', number: 'INV-001' }] }));
    await take(ledger, loanOn(declaration(), '70.00'));
    const other = await take(ledger, loanOn(invoice({ number: 'ｉｎｖ 001' }), '70.00'), people.approverB);
    expect((await overdraftOf(ledger, other, people.bankB)).map(({ by }) => by)).toEqual([
      usd('40.00'),
      usd('40.00'),
    ]);
  });
});

describe('a loan that comes after the window', () => {
  it('is a correction that its bank proposes and the regulator approves', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    await record(ledger, declaration());
    const line = loanOn(declaration(), '60.00');
    const input = { idempotencyKey: freshKey(), line, reason: 'It was in a branch’s own file.' };
    await refuses(ledger, 'TAKE_ON_OPEN', () => ledger.submit('proposeCorrection', people.bankA, input));
    await closeWindow(ledger);
    const proposed = await ledger.submit('proposeCorrection', people.bankA, input);
    expect([...proposed.writes.keys()].some((key) => /[CU]~/.test(key) && !key.includes('TC~'))).toBe(false);
    expect(await remainingOf(ledger, declaration())).toBe('100.00');
    expect((await ledger.submit('proposeCorrection', people.bankA, input)).writes.size).toBe(0);
    const { id } = proposed.answer;
    const command = () => ({ id, idempotencyKey: freshKey() });
    await refuses(ledger, 'PERMISSION_DENIED', () =>
      ledger.submit('approveCorrection', people.regulator, command()),
    );
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.submit('approveCorrection', people.approverA, command()),
    );
    const approved = await ledger.submit('approveCorrection', people.regulatorApprover, command());
    expect(approved.answer).toMatchObject({ state: 'approved', owner: 'BankAMSP' });
    const claim = approved.answer.claim ?? '';
    const { answer } = await ledger.endorse('readClaim', people.bankA, { id: claim });
    expect(answer).toMatchObject({ state: 'disbursed', owner: 'BankAMSP', takenOn: { correction: id } });
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
    await refuses(ledger, 'CORRECTION_DECIDED', () =>
      ledger.submit('refuseCorrection', people.regulatorApprover, { ...command(), reason: 'No.' }),
    );
    await refuses(ledger, 'TAKE_ON_REFERENCE_USED', () =>
      ledger.submit('proposeCorrection', people.bankA, { ...input, idempotencyKey: freshKey() }),
    );
  });

  it('is refused by the regulator with a reason, and when it was paid out after the cut-off', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    await closeWindow(ledger);
    const propose = (line: Input<'proposeCorrection'>['line']) =>
      ledger.submit('proposeCorrection', people.bankA, { idempotencyKey: freshKey(), line, reason: 'Late.' });
    const today = new Date(ledger.now).toISOString().slice(0, 10);
    await refuses(ledger, 'PAID_OUT_TOO_LATE', () =>
      propose(loanOn(declaration(), '60.00', { paidOutOn: today })),
    );
    const { id } = (await propose(loanOn(declaration(), '60.00'))).answer;
    const refused = await ledger.submit('refuseCorrection', people.regulatorApprover, {
      id,
      idempotencyKey: freshKey(),
      reason: 'No trace of it in the bank’s ledger.',
    });
    expect(refused.answer).toMatchObject({
      state: 'refused',
      refusal: 'No trace of it in the bank’s ledger.',
    });
    expect([...refused.writes.keys()].some((key) => key.includes('/C~'))).toBe(false);
  });
});

function claimOf({ items }: Output<'takeOn'>): BroughtClaim {
  const [item] = items;
  if (item?.status !== 'taken-on') throw new Error('not taken on');
  return item.claim;
}
