import { jest } from '@jest/globals';
import type { FactInput } from '../facts/api.js';
import { dateOf } from '../rules/dates.js';
import { actsOn, advance } from '../testing/loan.js';
import type { FakeLedger, Person } from '../testing/fake-ledger.js';
import {
  claim,
  day,
  declaration,
  disburse,
  exporter,
  freshKey,
  invoice,
  openLedger,
  otherExporter,
  people,
  record,
  refusal,
  refuses,
  remainingOf,
  reserve,
  usd,
} from '../testing/story.js';

const inDays = (ledger: FakeLedger, days: number) => dateOf(ledger.now + days * day);
const part = (dueDate: string, amount: string) => ({ dueDate, amount: usd(amount) });

/** An invoice of 100.00: 50.00 in 30 days, 30.00 in 60, 20.00 in 90. */
const inParts = (ledger: FakeLedger, more: Partial<FactInput> = {}): FactInput =>
  invoice({
    total: usd('100.00'),
    instalments: [
      part(inDays(ledger, 30), '50.00'),
      part(inDays(ledger, 60), '30.00'),
      part(inDays(ledger, 90), '20.00'),
    ],
    ...more,
  });

async function recorded(more: (ledger: FakeLedger) => Partial<FactInput> = () => ({})) {
  const ledger = await openLedger();
  const paper = inParts(ledger, more(ledger));
  const { id, underlying } = await record(ledger, paper);
  const asked = (amount: string, days: number, { type, number } = paper) =>
    claim(ledger, amount, {
      lines: [{ document: { type, number }, amount: usd(amount) }],
      dueDate: inDays(ledger, days),
    });
  const lend = (amount: string, days: number, person: Person = people.bankA) =>
    reserve(ledger, asked(amount, days), person);
  const amend = (changes: Partial<FactInput>) =>
    ledger.submit('amendFact', people.tax, { id, changes, reason: 'Agreed with the buyer.' });
  return { ledger, paper, id, underlying, asked, lend, amend };
}

async function lefts(ledger: FakeLedger, { type, number, total }: FactInput) {
  const { answer } = await ledger.endorse('verifyDocument', people.bankB, {
    document: { type, number },
    particulars: { enterprise: exporter, total },
  });
  return answer.instalments?.map(({ remaining }) => remaining.amount);
}

describe('an invoice in instalments', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('keeps one balance, and is lent on by a day for no more than the buyer owes by then', async () => {
    const { ledger, paper, lend, asked } = await recorded();
    expect(await lefts(ledger, paper)).toEqual(['50.00', '80.00', '100.00']);
    await refuses(ledger, 'NO_INSTALMENT_DUE', () => lend('1.00', 29));
    await refuses(ledger, 'EXCEEDS_INSTALMENTS', () => lend('50.01', 59));
    await lend('50.00', 45);
    // The first instalment is pledged: nobody lends on it again, though half of the invoice is left.
    const told = await refusal(ledger, () => reserve(ledger, asked('0.01', 30), people.bankB));
    expect(told.body.lines).toMatchObject([
      { list: 'lines', line: 0, code: 'EXCEEDS_INSTALMENTS', remaining: usd('0.00') },
    ]);
    expect(await lefts(ledger, paper)).toEqual(['0.00', '30.00', '50.00']);
    await lend('50.00', 95, people.bankB);
    expect(await remainingOf(ledger, paper)).toBe('0.00');
    expect(await lefts(ledger, paper)).toEqual(['0.00', '0.00', '0.00']);
    await refuses(ledger, 'EXCEEDS_BALANCE', () => lend('0.01', 95));
  });

  it('is lent on as a whole by whom is repaid last, and then not until an earlier day', async () => {
    const { ledger, paper, lend } = await recorded();
    await lend('90.00', 90);
    expect(await lefts(ledger, paper)).toEqual(['10.00', '10.00', '10.00']);
    await refuses(ledger, 'EXCEEDS_BALANCE', () => lend('10.01', 30, people.bankB));
    await lend('10.00', 30, people.bankB);
  });

  it('writes the claim, and the trade with the day of the draw, and nothing else', async () => {
    const { ledger, asked, underlying } = await recorded();
    const input = asked('40.00', 35);
    const { answer, writes } = await ledger.submit('reserveClaims', people.bankA, { claims: [input] });
    const [item] = answer.items;
    const id = item?.status === 'reserved' ? item.claim.id : '';
    expect([...writes.keys()].map((key) => key.replace(/AN~.*/, 'AN')).sort()).toEqual(
      [
        `BankAMSP/C~${id}~1`,
        `EnterpriseMSP/C~${id}~1`,
        `public/claim~${id}`,
        'registry/AN',
        `registry/U~${underlying}`,
      ].sort(),
    );
    const trade = JSON.parse(writes.get(`registry/U~${underlying}`) ?? '') as {
      rows: { instalments: { amount: string }[] }[];
      draws: object[];
    };
    expect(trade.draws).toMatchObject([{ claim: id, amount: '4000', due: input.dueDate }]);
    expect(trade.rows[0]?.instalments.map(({ amount }) => amount)).toEqual(['5000', '3000', '2000']);
  });

  it('does not let an instalment that was paid early be lent on again', async () => {
    const { ledger, paper, asked, lend } = await recorded();
    const { id } = await disburse(ledger, asked('50.00', 30));
    await actsOn(ledger, id).repay('50.00', 'proceeds');
    expect(await lefts(ledger, paper)).toEqual(['0.00', '30.00', '50.00']);
    await refuses(ledger, 'EXCEEDS_INSTALMENTS', () => lend('0.01', 30, people.bankB));
    await lend('30.00', 60, people.bankB);
  });

  it('frees an instalment with the loan that ends, and gives a reversed one no more than others have left', async () => {
    const { ledger, paper, asked, lend } = await recorded();
    const { id } = await disburse(ledger, asked('50.00', 30));
    const { repay, reverse, confirm } = actsOn(ledger, id);
    await repay('50.00', 'own-funds');
    expect(await lefts(ledger, paper)).toEqual(['50.00', '80.00', '100.00']);
    await lend('40.00', 30, people.bankB);
    await reverse('repayment', 1);
    const { event } = await confirm();
    expect(event?.alerts).toContainEqual(expect.objectContaining({ alert: 'uncovered-again', claims: [id] }));
    expect(await lefts(ledger, paper)).toEqual(['0.00', '30.00', '50.00']);
  });

  it('keeps the day of a loan that is put off, and goes to another bank with it', async () => {
    const { ledger, paper, asked } = await recorded();
    const { id } = await disburse(ledger, asked('50.00', 30));
    const command = () => ({ id, idempotencyKey: freshKey() });
    await ledger.submit('extendClaim', people.bankA, { ...command(), dueDate: inDays(ledger, 95) });
    expect(await lefts(ledger, paper)).toEqual(['0.00', '30.00', '50.00']);
    await ledger.submit('offerTransfer', people.bankA, { ...command(), to: 'BankBMSP', share: usd('20.00') });
    await ledger.submit('acceptTransfer', people.approverB, { ...command(), applicationNumber: 'TAKEN-1' });
    expect(await lefts(ledger, paper)).toEqual(['0.00', '30.00', '50.00']);
  });

  it('is put off by its authority, whatever is drawn, and then nothing more is accepted or paid out', async () => {
    const { ledger, lend, amend } = await recorded();
    const early = await lend('50.00', 30);
    const late = await lend('50.00', 90, people.bankB);
    const accept = ({ id }: { id: string }, person: Person) =>
      ledger.submit('acceptClaim', person, { id, idempotencyKey: freshKey() });
    await amend({ instalments: [part(inDays(ledger, 30), '10.00'), part(inDays(ledger, 90), '90.00')] });
    await refuses(ledger, 'EXCEEDS_INSTALMENTS', () => accept(early, people.approverA));
    expect((await accept(late, people.approverB)).answer.state).toBe('accepted');
    await amend({ instalments: [part(inDays(ledger, 30), '50.00'), part(inDays(ledger, 90), '50.00')] });
    expect((await accept(early, people.approverA)).answer.state).toBe('accepted');
  });

  it('takes a claim over from its order for what it owes in time', async () => {
    const ledger = await openLedger();
    const document = { type: 'purchase-order', number: 'PO7' } as const;
    const buyer = { ...otherExporter, name: 'Buyer' };
    await record(ledger, { ...declaration(), ...document, buyer });
    await ledger.submit('confirmDebt', people.otherExporter, {
      ...{ idempotencyKey: freshKey(), document, amount: usd('100.00') },
      particulars: { seller: exporter, total: usd('100.00') },
    });
    const paper = inParts(ledger, { cites: [document] });
    await record(ledger, paper);
    const { id } = await reserve(
      ledger,
      claim(ledger, '90.00', {
        product: 'order',
        lines: [{ document, amount: usd('90.00') }],
        dueDate: inDays(ledger, 60),
      }),
    );
    const move = (amount: string) =>
      ledger.submit('moveClaim', people.bankA, {
        ...{ id, idempotencyKey: freshKey() },
        lines: [
          {
            order: { number: document.number },
            document: { type: paper.type, number: paper.number },
            amount: usd(amount),
          },
        ],
      });
    await refuses(ledger, 'EXCEEDS_INSTALMENTS', () => move('80.01'));
    await move('80.00');
    expect((await lefts(ledger, paper))?.slice(0, 2)).toEqual(['0.00', '0.00']);
  });

  it('of the seller’s own paper binds whoever names it, on the authority’s document beside it', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const own = inParts(ledger, {
      type: 'commercial-invoice',
      cites: [{ type: 'customs-declaration', number: declaration().number }],
    });
    await record(ledger, own);
    expect(await lefts(ledger, own)).toEqual(['50.00', '80.00', '100.00']);
    const on = ({ type, number }: FactInput, amount: string, days: number) =>
      reserve(
        ledger,
        claim(ledger, amount, {
          lines: [{ document: { type, number }, amount: usd(amount) }],
          dueDate: inDays(ledger, days),
        }),
      );
    await refuses(ledger, 'EXCEEDS_INSTALMENTS', () => on(own, '50.01', 30));
    await on(own, '50.00', 30);
    await refuses(ledger, 'EXCEEDS_INSTALMENTS', () => on(own, '0.01', 30));
    // It only makes stricter: the declaration beside it says nothing of days.
    await on(declaration(), '50.00', 10);
    expect(await lefts(ledger, own)).toEqual(['0.00', '0.00', '0.00']);
  });

  it('is refused unless its parts come one after the other and add up to what is payable', async () => {
    const ledger = await openLedger();
    const parts = (...all: readonly (readonly [number, string])[]) =>
      all.map(([days, amount]) => part(inDays(ledger, days), amount));
    for (const [code, field, more] of [
      ['INSTALMENTS_INVALID', 'instalments', { instalments: parts([30, '50.00'], [60, '49.99']) }],
      ['INSTALMENTS_INVALID', 'instalments.1.dueDate', { instalments: parts([30, '50.00'], [30, '50.00']) }],
      ['INSTALMENTS_INVALID', 'instalments.1.dueDate', { instalments: parts([30, '50.00'], [29, '50.00']) }],
      [
        'INSTALMENTS_INVALID',
        'instalments.0.dueDate',
        { instalments: [part('2020-01-01', '50.00'), part(inDays(ledger, 30), '50.00')] },
      ],
      ['INSTALMENTS_INVALID', 'instalments', { payable: usd('90.00') }],
      [
        'AMOUNT_NOT_POSITIVE',
        'instalments.0.amount.amount',
        { instalments: parts([30, '0.00'], [60, '100.00']) },
      ],
      [
        'CURRENCY_MIXED',
        'instalments.0.amount.currency',
        { instalments: [{ dueDate: inDays(ledger, 30), amount: { amount: '100.00', currency: 'EUR' } }] },
      ],
      ['INPUT_INVALID', 'instalments', { instalments: [] }],
      [
        'INPUT_INVALID',
        'instalments',
        { instalments: parts(...Array.from({ length: 61 }, (_one, at) => [at + 1, '1.00'] as const)) },
      ],
    ] as const) {
      const refused = await refusal(ledger, () =>
        record(ledger, inParts(ledger, more as Partial<FactInput>)),
      );
      expect([refused.code, refused.body.field]).toEqual([code, field]);
    }
    const { instalments } = inParts(ledger);
    await refuses(ledger, 'FIELD_NOT_ALLOWED', () => record(ledger, declaration({ instalments })));
    const sixty = Array.from({ length: 60 }, (_one, at) => [at + 1, at === 0 ? '41.00' : '1.00'] as const);
    const view = await record(ledger, inParts(ledger, { instalments: parts(...sixty) }));
    expect(view.instalments).toHaveLength(60);
    await refuses(ledger, 'INSTALMENTS_INVALID', () =>
      ledger.submit('amendFact', people.tax, {
        ...{ id: view.id, changes: { total: usd('90.00') }, reason: 'Less was sent.' },
      }),
    );
  });

  it('tells nobody its days who has not verified it', async () => {
    const { ledger, lend } = await recorded();
    ledger.banksVerify = false;
    await refuses(ledger, 'NOT_VERIFIED', () => lend('1.00', 29));
    await refuses(ledger, 'NOT_VERIFIED', () => lend('60.00', 30));
  });

  it('says nothing of an overdue loan, which is repaid as ever', async () => {
    const { ledger, asked } = await recorded();
    const { id } = await disburse(ledger, asked('50.00', 30));
    advance(ledger, 40);
    const { answer } = await actsOn(ledger, id).repay('50.00', 'proceeds');
    expect(answer.state).toBe('settled');
  });
});
