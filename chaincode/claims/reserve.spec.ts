import { dateOf } from '../rules/dates.js';
import { clockToleranceMs } from '../clock.js';
import type { ErrorCode } from '../errors.js';
import {
  claim,
  declaration,
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

describe('reserving', () => {
  it('needs nine reads and five writes for a claim of one line', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const { reads, writes, event, answer } = await ledger.submit('reserveClaims', people.bankA, {
      claims: [claim(ledger, '60.00')],
    });
    const kinds = (keys: Iterable<string>) => [...keys].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort();
    expect(kinds(reads.keys())).toEqual([
      'public/accounts',
      'public/claim~#',
      'public/member~BankAMSP',
      'registry/AN~#',
      // Whether another member has given the number too.
      'registry/FN~#',
      'registry/F~#',
      'registry/G',
      'registry/K',
      'registry/U~#',
    ]);
    expect(kinds(writes.keys())).toEqual([
      'BankAMSP/C~#~1',
      'EnterpriseMSP/C~#~1',
      'public/claim~#',
      'registry/AN~#',
      'registry/U~#',
    ]);
    expect(event?.changes).toMatchObject([{ kind: 'claim', state: 'reserved', seq: 1 }]);
    expect(answer.items[0]).toMatchObject({ status: 'reserved', claim: { outstanding: usd('60.00') } });
    expect([...writes].filter(([key]) => key.startsWith('public/')).map(([, value]) => value)).toEqual([
      '{"schema":1,"seq":1,"state":"reserved"}',
    ]);
  });

  it('names a document of a restarted number by its period, and goes on under that name', async () => {
    const ledger = await openLedger();
    const [former, present] = ['2025', '2026'].map((numberingPeriod) => invoice({ numberingPeriod }));
    for (const paper of [former, present]) if (paper !== undefined) await record(ledger, paper);
    const document = { type: 'tax-invoice', number: 'INV-001', numberingPeriod: '2026' } as const;
    const lines = [{ document, amount: usd('60.00') }];
    const made = await reserve(ledger, claim(ledger, '60.00', { lines }));
    expect(made.lines).toMatchObject([{ document: { numberingPeriod: '2026' }, drawn: usd('60.00') }]);
    const { answer } = await ledger.endorse('readClaim', people.bankA, { id: made.id });
    expect(answer.lines[0]?.document).toMatchObject({ number: 'INV001', numberingPeriod: '2026' });
    await refuses(ledger, 'EXCEEDS_BALANCE', () => reserve(ledger, claim(ledger, '60.00', { lines })));
    const older = [{ document: { ...document, numberingPeriod: '2025' }, amount: usd('100.00') }];
    await reserve(ledger, claim(ledger, '100.00', { lines: older }));
  });

  it('seals its answer, which becomes part of a block', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const { payload } = await ledger.endorse('reserveClaims', people.bankA, {
      claims: [claim(ledger, '60.00')],
    });
    expect(payload).toMatch(/^\{"sealed":"[A-Za-z0-9+/=]+"\}$/);
  });

  it('lets one of fifty concurrent claims commit, whatever their order', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const race = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        ledger.endorse('reserveClaims', index % 2 === 0 ? people.bankA : people.bankB, {
          claims: [claim(ledger, '60.00')],
        }),
      ),
    );
    expect(race.filter((endorsement) => ledger.commit(endorsement))).toHaveLength(1);
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
  });

  it('sees in a batch what the items before it drew, and a refused item leaves nothing', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const claims = ['60.00', '60.00', '40.00'].map((amount) => claim(ledger, amount));
    const { answer, writes } = await ledger.submit('reserveClaims', people.bankA, { claims });
    expect(answer.items).toMatchObject([
      { status: 'reserved' },
      { status: 'refused', code: 'EXCEEDS_BALANCE', lines: [{ line: 0, remaining: usd('40.00') }] },
      { status: 'reserved' },
    ]);
    expect(writes.size).toBe(9);
    const all = await ledger.submit('reserveClaims', people.bankB, { claims: [claim(ledger, '1.00'), {}] });
    expect(all.answer.items).toMatchObject([
      { status: 'refused', code: 'EXCEEDS_BALANCE' },
      { status: 'refused', code: 'INPUT_INVALID' },
    ]);
    expect(all.writes.size).toBe(0);
  });

  it('refuses all lines when one fails, with a reason for every failing line', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    await record(ledger, invoice({ number: 'A', total: usd('10.00') }));
    const line = (number: string, amount: string) => ({
      document: { type: 'tax-invoice' as const, number },
      amount: usd(amount),
    });
    const [good] = claim(ledger, '50.00').lines;
    if (good === undefined) throw new Error('no line');
    const lines = [good, line('A', '11.00'), line('B', '1.00')];
    const error = await refusal(ledger, () => reserve(ledger, claim(ledger, '62.00', { lines })));
    expect(error.code).toBe('NOT_VERIFIED');
    expect(error.body.lines).toMatchObject([
      { line: 1, code: 'EXCEEDS_BALANCE', remaining: usd('10.00') },
      { line: 2, code: 'NOT_VERIFIED' },
    ]);
  });

  it('gives a repeated request the same answer and writes nothing; another body under its key is refused', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const input = claim(ledger, '60.00');
    const first = await reserve(ledger, input);
    const again = await ledger.submit('reserveClaims', people.bankA, { claims: [input] });
    expect(again.answer.items[0]).toMatchObject({ claim: { id: first.id } });
    expect(again.writes.size).toBe(0);
    const other = { ...claim(ledger, '10.00'), idempotencyKey: input.idempotencyKey };
    await refuses(ledger, 'IDEMPOTENCY_KEY_REUSED', () => reserve(ledger, other));
    // The same key of another bank is another claim.
    await reserve(ledger, other, people.bankB);
  });

  it.each<[ErrorCode, object]>([
    ['LINES_SUM', { amount: usd('61.00') }],
    ['CURRENCY_MIXED', { amount: { amount: '60.00', currency: 'EUR' } }],
    ['DUE_DATE_INVALID', { dueDate: '2020-01-01' }],
    ['DUE_DATE_INVALID', { dueDate: '2099-01-01' }],
    ['CHECK_DIGIT_WRONG', { enterprise: { scheme: 'USCC', id: '91330200MA2CKXQ85G' } }],
    ['INPUT_INVALID', { expiresInHours: 1000 }],
    ['INPUT_INVALID', { amount: { amount: 60, currency: 'USD' } }],
    ['INPUT_INVALID', { hurry: true }],
  ])('refuses with %s', async (code, more) => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    await refuses(ledger, code, () => reserve(ledger, { ...claim(ledger, '60.00'), ...more }));
  });

  it('refuses one document on two lines, in two spellings', async () => {
    const ledger = await openLedger();
    await record(ledger, invoice());
    const line = (number: string) => ({
      document: { type: 'tax-invoice' as const, number },
      amount: usd('1.00'),
    });
    const twice = claim(ledger, '2.00', { lines: [line('INV-001'), line('inv001')] });
    await refuses(ledger, 'LINE_REPEATED', () => reserve(ledger, twice));
  });

  it('draws in another currency at the published rate, rounded against the borrower', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const yen = (amount: string) => ({ amount, currency: 'JPY' });
    const [line] = claim(ledger, '1.00').lines;
    if (line === undefined) throw new Error('no line');
    const input = claim(ledger, '1.00', { amount: yen('1000'), lines: [{ ...line, amount: yen('1000') }] });
    await refuses(ledger, 'RATE_MISSING', () => reserve(ledger, input));
    const rates = [
      { currency: 'USD', rate: '7.1' },
      { currency: 'JPY', rate: '0.047' },
    ];
    await ledger.submit('publishRates', people.regulator, { base: 'CNY', date: dateOf(ledger.now), rates });
    expect((await reserve(ledger, input)).lines[0]).toMatchObject({
      drawn: usd('6.62'),
      rate: { date: dateOf(ledger.now) },
    });
    expect(await remainingOf(ledger, declaration())).toBe('93.38');
  });

  it('refuses a timestamp outside the window around the endorser’s clock', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    for (const skew of [-2 * clockToleranceMs, 2 * clockToleranceMs]) {
      const input = { claims: [claim(ledger, '1.00')] };
      await refuses(ledger, 'CLOCK_SKEW', () =>
        ledger.endorse('reserveClaims', people.bankA, input, ledger.now + skew),
      );
    }
  });

  it('is for officers of banks', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    await refuses(ledger, 'PERMISSION_DENIED', () =>
      reserve(ledger, claim(ledger, '1.00'), people.approverA),
    );
    await refuses(ledger, 'WRONG_ORGANISATION', () => reserve(ledger, claim(ledger, '1.00'), people.customs));
  });
});
