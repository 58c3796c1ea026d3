import type { FactInput } from '../api.js';
import type { ErrorCode } from '../errors.js';
import { dateOf } from '../rules/dates.js';
import type { FakeLedger, Person } from '../testing/fake-ledger.js';
import {
  day,
  exporter,
  freshKey,
  openLedger,
  otherExporter,
  people,
  record,
  refusal,
  refuses,
  usd,
} from '../testing/story.js';
import { takeBack } from '../testing/reversals.js';
import type { PaymentInput, PaymentView } from './api.js';

const payee = { scheme: 'LEGAL', id: 'HAMBURGCONSULT', name: 'Hamburg Consult' } as const;

const filing = (more: Partial<FactInput> = {}): FactInput => ({
  type: 'tax-filing',
  number: '2026-3302-000017',
  date: '2026-03-01',
  seller: payee,
  buyer: exporter,
  total: usd('100000.00'),
  checkCode: 'K7XQ-22',
  filing: { subject: 'consultancy' },
  ...more,
});
const freight = (number: string, total: string): FactInput => ({
  type: 'freight-invoice',
  number,
  date: '2026-03-01',
  seller: otherExporter,
  buyer: exporter,
  total: usd(total),
  checkCode: number,
});

const reference = ({ type, number, seller }: FactInput) => ({
  type,
  number,
  ...(type === 'freight-invoice' && { issuer: { scheme: seller.scheme, id: seller.id } }),
});

const attempt = (fact: FactInput, checkCode = fact.checkCode ?? '') => ({
  idempotencyKey: freshKey(),
  document: reference(fact),
  payer: exporter,
  checkCode,
});

/** Puts an attempt on the ledger and reads what came of it. */
async function open(
  ledger: FakeLedger,
  fact: FactInput,
  checkCode = fact.checkCode ?? '',
  bank: Person = people.bankA,
) {
  const { answer, writes } = await ledger.submit('openDocument', bank, attempt(fact, checkCode));
  const read = await ledger.endorse('readOpening', bank, answer);
  return { answer: read.answer, writes };
}

const payment = (
  amount: string,
  facts: readonly (readonly [FactInput, string])[],
  more: Partial<PaymentInput> = {},
) => ({
  idempotencyKey: freshKey(),
  reference: 'TT-1',
  payer: exporter,
  payee: 'Hamburg Consult',
  purpose: 'service-trade' as const,
  amount: usd(amount),
  paidOn: '2026-03-02',
  lines: facts.map(([fact, part]) => ({ document: reference(fact), amount: usd(part) })),
  ...more,
});

async function mark(
  ledger: FakeLedger,
  input: PaymentInput,
  bank: Person = people.bankA,
): Promise<PaymentView> {
  const { answer } = await ledger.submit('markPayments', bank, { payments: [input] });
  const [item] = answer.items;
  if (item?.status !== 'marked') throw new Error('not marked');
  return item.payment;
}

async function openedLedger(...facts: FactInput[]): Promise<FakeLedger> {
  const ledger = await openLedger();
  for (const fact of facts) {
    await record(ledger, fact);
    await open(ledger, fact);
  }
  return ledger;
}

describe('a document with a check code', () => {
  it('is shown to who has the code, in any spelling, and keeps the code as a hash only', async () => {
    const ledger = await openLedger();
    await record(ledger, filing());
    expect([...ledger.snapshot().values()].join('')).not.toContain('K7XQ');
    const { answer } = await open(ledger, filing(), 'k7xq-22');
    expect(answer).toMatchObject({ result: 'opened', remaining: usd('100000.00'), livePayments: 0 });
  });

  it('counts wrong codes, writes nothing else, then locks this bank and no other', async () => {
    const ledger = await openLedger();
    const { id } = await record(ledger, filing());
    for (const attemptsLeft of [4, 3, 2, 1, 0]) {
      const { answer, writes } = await open(ledger, filing(), 'guess');
      expect(answer).toEqual({ result: 'refused', attemptsLeft });
      expect([...writes.keys()]).toEqual([expect.stringMatching(/^registry\/V~/)]);
    }
    await refuses(ledger, 'CHECK_CODE_LOCKED', () => open(ledger, filing()));
    expect((await open(ledger, filing(), 'K7XQ-22', people.bankB)).answer.result).toBe('opened');
    await ledger.submit('amendFact', people.tax, { id, changes: { checkCode: 'NEW-1' }, reason: 'new code' });
    expect((await open(ledger, filing(), 'NEW-1')).answer.result).toBe('opened');
  });

  it('does not tell a wrong number from a wrong code, and counts both', async () => {
    const ledger = await openLedger();
    const unknown = await open(ledger, filing({ number: '999' }));
    expect(unknown.answer).toEqual({ result: 'refused', attemptsLeft: 4 });
    expect((await open(ledger, filing({ number: '999' }))).answer).toEqual({
      result: 'refused',
      attemptsLeft: 3,
    });
  });

  it('tells nothing before the attempt is on the ledger, and writes the same for a right code and a wrong one', async () => {
    const ledger = await openLedger();
    await record(ledger, filing());
    const before = ledger.snapshot();
    const shapes = [];
    for (const code of ['K7XQ-22', ...Array.from({ length: 21 }, (_, guess) => `guess-${guess}`)]) {
      const { answer, writes, reads, event } = await ledger.endorse(
        'openDocument',
        people.bankA,
        attempt(filing(), code),
      );
      shapes.push(JSON.stringify([Object.keys(answer), [...writes.keys()], [...reads.keys()], event]));
      await refuses(ledger, 'OPENING_NOT_FOUND', () => ledger.endorse('readOpening', people.bankA, answer));
    }
    expect(new Set(shapes).size).toBe(1);
    expect(ledger.snapshot()).toEqual(before);
    // Another bank does not read what this one has opened.
    const { answer } = await ledger.submit('openDocument', people.bankA, attempt(filing()));
    await refuses(ledger, 'OPENING_NOT_FOUND', () => ledger.endorse('readOpening', people.bankB, answer));
  });

  it('goes on counting when the number that was guessed is recorded', async () => {
    const ledger = await openLedger();
    await open(ledger, filing(), 'guess');
    await record(ledger, filing());
    expect((await open(ledger, filing(), 'guess')).answer).toEqual({ result: 'refused', attemptsLeft: 3 });
    expect((await open(ledger, filing())).answer.result).toBe('opened');
  });

  it('takes a request that comes again under its key for one attempt', async () => {
    const ledger = await openLedger();
    await record(ledger, filing());
    const input = attempt(filing(), 'guess');
    const { answer } = await ledger.submit('openDocument', people.bankA, input);
    const again = await ledger.submit('openDocument', people.bankA, input);
    expect([again.answer, again.writes.size]).toEqual([answer, 0]);
  });

  it('tells each of two people of a bank who try at the same moment what came of the own attempt', async () => {
    const ledger = await openLedger();
    const { id } = await record(ledger, filing());
    const attemptWith = async (code: string) => {
      const input = attempt(filing(), code);
      const { answer, writes } = await ledger.submit('openDocument', people.bankA, input);
      const again = async () => (await ledger.submit('openDocument', people.bankA, input)).writes.size;
      const read = async (changes: { readonly attempt?: string } = {}) =>
        (await ledger.endorse('readOpening', people.bankA, { ...answer, ...changes })).answer;
      return { read, again, written: writes.size };
    };
    const guess = await attemptWith('guess');
    const right = await attemptWith('K7XQ-22');
    const last = await attemptWith('other');
    expect([guess.written, right.written, last.written]).toEqual([1, 1, 1]);
    expect(await guess.read()).toEqual({ result: 'refused', attemptsLeft: 4 });
    expect(await right.read()).toMatchObject({ result: 'opened', total: filing().total });
    expect(await last.read()).toEqual({ result: 'refused', attemptsLeft: 3 });
    // A request that comes again is not counted again, also when others have come since.
    expect([await guess.again(), await right.again(), await last.again()]).toEqual([0, 0, 0]);
    await refuses(ledger, 'OPENING_NOT_FOUND', () => guess.read({ attempt: '0'.repeat(64) }));
    // What an earlier code has opened is shown as long as the version holds for which it was given.
    const changes = { checkCode: 'NEW-CODE-1' };
    await ledger.submit('amendFact', people.tax, { id, changes, reason: 'The code had become known.' });
    expect(await right.read()).toEqual({ result: 'refused', attemptsLeft: 4 });
  });

  it('that its bank has not opened is as unknown to a payment as one that does not exist', async () => {
    const ledger = await openLedger();
    await record(ledger, filing());
    const others = [filing(), filing({ number: '999' }), filing({ buyer: otherExporter })];
    for (const fact of others) {
      const error = await refusal(ledger, () => mark(ledger, payment('1.00', [[fact, '1.00']])));
      expect([error.code, error.body.lines]).toEqual([
        'CHECK_CODE_REQUIRED',
        [expect.objectContaining({ line: 0, code: 'CHECK_CODE_REQUIRED' })],
      ]);
    }
  });

  it('is not shown by verification', async () => {
    const ledger = await openedLedger(filing());
    const particulars = { enterprise: exporter, total: usd('100000.00') };
    await refuses(ledger, 'CHECK_CODE_REQUIRED', () =>
      ledger.endorse('verifyDocument', people.bankA, { document: reference(filing()), particulars }),
    );
  });
});

describe('payments', () => {
  it('use a filing until its total is used, by any bank', async () => {
    const ledger = await openedLedger(filing());
    const first = await ledger.submit('markPayments', people.bankA, {
      payments: [payment('60000.00', [[filing(), '60000.00']])],
    });
    expect([...first.writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort()).toEqual([
      'BankAMSP/P~#~1',
      'EnterpriseMSP/P~#~1',
      'public/payment~#',
      'registry/U~#',
    ]);
    await refuses(ledger, 'CHECK_CODE_REQUIRED', () =>
      mark(ledger, payment('50000.01', [[filing(), '50000.01']]), people.bankB),
    );
    await open(ledger, filing(), 'K7XQ-22', people.bankB);
    await refuses(ledger, 'EXCEEDS_BALANCE', () =>
      mark(ledger, payment('50000.01', [[filing(), '50000.01']]), people.bankB),
    );
    expect(await mark(ledger, payment('40000.00', [[filing(), '40000.00']]), people.bankB)).toMatchObject({
      state: 'marked',
      filingRequired: false,
    });
  });

  it('and freight invoices meet many to many, and no invoice is paid twice', async () => {
    const bills = [freight('F-1', '100.00'), freight('F-2', '50.00')] as const;
    const ledger = await openedLedger(...bills);
    const both = payment(
      '120.00',
      [
        [bills[0], '100.00'],
        [bills[1], '20.00'],
      ],
      { purpose: 'freight' },
    );
    await mark(ledger, both);
    await refuses(ledger, 'EXCEEDS_BALANCE', () =>
      mark(ledger, payment('31.00', [[bills[1], '31.00']], { purpose: 'freight' })),
    );
    await mark(ledger, payment('30.00', [[bills[1], '30.00']], { purpose: 'freight' }));
    await refuses(ledger, 'EXCEEDS_BALANCE', () => mark(ledger, { ...both, idempotencyKey: freshKey() }));
    const again = await ledger.submit('markPayments', people.bankA, { payments: [both] });
    expect(again.writes.size).toBe(0);
  });

  it('need a filing above 50,000 dollars only', async () => {
    const ledger = await openLedger();
    await refuses(ledger, 'FILING_REQUIRED', () => mark(ledger, payment('50000.01', [])));
    await refuses(ledger, 'FILING_REQUIRED', () => mark(ledger, payment('1.00', [], { purpose: 'freight' })));
    await refuses(ledger, 'FILING_REQUIRED', () =>
      mark(ledger, payment('1.00', [], { amount: { amount: '1.00', currency: 'EUR' } })),
    );
    expect(await mark(ledger, payment('50000.00', []))).toMatchObject({ filingRequired: false, lines: [] });
  });

  it('in another currency use the document at the published rate, rounded up', async () => {
    const ledger = await openedLedger(filing());
    const rates = [
      { currency: 'USD', rate: '7.1' },
      { currency: 'JPY', rate: '0.047' },
    ];
    await ledger.submit('publishRates', people.regulator, { base: 'CNY', date: dateOf(ledger.now), rates });
    const yen = { amount: '1000', currency: 'JPY' };
    const input = {
      ...payment('1.00', []),
      amount: yen,
      lines: [{ document: reference(filing()), amount: yen }],
    };
    expect((await mark(ledger, input)).lines[0]).toMatchObject({ drawn: usd('6.62') });
  });

  it('alert when the tax authority takes the document back, and stay on the record', async () => {
    const ledger = await openedLedger(filing());
    const { id } = await mark(ledger, payment('60000.00', [[filing(), '60000.00']]));
    const { answer } = await open(ledger, filing());
    if (answer.result !== 'opened') throw new Error('not opened');
    const { event } = await ledger.submit('cancelFact', people.tax, {
      id: answer.fact,
      reason: 'red letter',
    });
    expect(event?.alerts).toEqual([
      { alert: 'overdrawn', payments: [id], facts: [answer.fact] },
      { alert: 'red-letter', payments: [id], facts: [answer.fact] },
    ]);
    await refuses(ledger, 'FACT_CANCELLED', () => mark(ledger, payment('1.00', [[filing(), '1.00']])));
    expect((await ledger.endorse('readPayment', people.bankA, { id })).answer.state).toBe('marked');
    await refuses(ledger, 'PAYMENT_NOT_FOUND', () => ledger.endorse('readPayment', people.bankB, { id }));
  });

  it('are reversed by two people, once, and give the balance back', async () => {
    const ledger = await openedLedger(filing());
    const input = payment('100000.00', [[filing(), '100000.00']]);
    const { id } = await mark(ledger, input);
    const command = () => ({ id, idempotencyKey: freshKey() });
    const propose = (person: Person, more: object = {}) =>
      ledger.submit('reversePayment', person, {
        ...command(),
        reason: 'returned by the correspondent',
        ...more,
      });
    const confirm = (person: Person) => ledger.submit('confirmPaymentStep', person, command());
    await refuses(ledger, 'PAYMENT_NOT_FOUND', () => propose(people.approverB));
    await refuses(ledger, 'STEP_NOT_AWAITING', () => confirm(people.approverA));
    // Of two people one may have marked it, and the one who confirms is not the one who proposes.
    const idempotencyKey = freshKey();
    const proposed = await propose(people.approverA, { idempotencyKey });
    expect(proposed.answer).toMatchObject({
      state: 'marked',
      awaiting: {
        step: 'reversal',
        request: { reason: 'returned by the correspondent' },
        proposedBy: 'approver',
      },
    });
    // The balance, its trade and the account of the payer stay as they were; the payer does not learn of it.
    expect([...proposed.writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort()).toEqual([
      'BankAMSP/P~#~2',
      'EnterpriseMSP/P~#~2',
      'public/payment~#',
    ]);
    expect(proposed.writes.get(`EnterpriseMSP/P~${id}~2`)).not.toMatch(/awaiting|correspondent/);
    expect((await propose(people.approverA, { idempotencyKey })).writes.size).toBe(0);
    await refuses(ledger, 'STEP_AWAITING', () => propose(people.bankA));
    await refuses(ledger, 'FOUR_EYES', () => confirm(people.approverA));
    await refuses(ledger, 'PERMISSION_DENIED', () => confirm(people.bankA));
    await refuses(ledger, 'PAYMENT_NOT_FOUND', () => confirm(people.approverB));
    await refuses(ledger, 'EXCEEDS_BALANCE', () => mark(ledger, { ...input, idempotencyKey: freshKey() }));
    const second = { ...people.approverA, id: 'approver-2' };
    const { answer } = await confirm(second);
    expect(answer).toMatchObject({ state: 'reversed', reason: 'returned by the correspondent' });
    expect(answer).not.toHaveProperty('awaiting');
    await refuses(ledger, 'INVALID_STATE', () => propose(people.bankA));
    await refuses(ledger, 'STEP_NOT_AWAITING', () => confirm(second));
    await mark(ledger, { ...input, idempotencyKey: freshKey() });
  });

  it('stay when their reversal is returned, and when nobody confirms it in time', async () => {
    const ledger = await openedLedger(filing());
    const { id } = await mark(ledger, payment('100000.00', [[filing(), '100000.00']]));
    const command = () => ({ id, idempotencyKey: freshKey(), reason: 'It has arrived.' });
    await refuses(ledger, 'STEP_NOT_AWAITING', () =>
      ledger.submit('returnPaymentStep', people.approverA, command()),
    );
    await ledger.submit('reversePayment', people.bankA, command());
    const { answer } = await ledger.submit('returnPaymentStep', people.approverA, command());
    expect(answer).toMatchObject({
      state: 'marked',
      returned: { step: 'reversal', reason: 'It has arrived.' },
    });
    expect(answer).not.toHaveProperty('awaiting');

    await ledger.submit('reversePayment', people.bankA, command());
    const systemClock = Date.now;
    try {
      ledger.now += 8 * day;
      Date.now = () => ledger.now;
      await refuses(ledger, 'STEP_NOT_AWAITING', () =>
        ledger.submit('confirmPaymentStep', people.approverA, { id, idempotencyKey: freshKey() }),
      );
      // Another proposal takes the place of the one that has lapsed.
      expect((await takeBack(ledger, id)).answer.state).toBe('reversed');
    } finally {
      Date.now = systemClock;
    }
  });

  it('are made against a document that fits their purpose and is still valid', async () => {
    const [bill, old] = [
      freight('F-9', '100.00'),
      filing({ filing: { subject: 'licences', validUntil: '2026-03-01' } }),
    ];
    const ledger = await openedLedger(bill, old);
    await refuses(ledger, 'WRONG_DOCUMENT', () => mark(ledger, payment('1.00', [[bill, '1.00']])));
    await refuses(ledger, 'FILING_EXPIRED', () => mark(ledger, payment('1.00', [[old, '1.00']])));
    const inTime = payment('1.00', [[old, '1.00']], { paidOn: '2026-03-01' });
    expect((await mark(ledger, inTime)).state).toBe('marked');
  });

  it('keep what they counted against the threshold; a stale rate does not exempt', async () => {
    const ledger = await openLedger();
    const publish = (date: string) =>
      ledger.submit('publishRates', people.regulator, {
        base: 'CNY',
        date,
        rates: [
          { currency: 'USD', rate: '7.1' },
          { currency: 'EUR', rate: '7.7' },
        ],
      });
    const euros = (amount: string) => payment('1.00', [], { amount: { amount, currency: 'EUR' } });
    await publish(dateOf(ledger.now - 36 * day));
    await refuses(ledger, 'FILING_REQUIRED', () => mark(ledger, euros('1.00')));
    await publish(dateOf(ledger.now - 35 * day));
    expect(await mark(ledger, euros('46103.89'))).toMatchObject({
      filingRequired: false,
      equivalent: { amount: usd('50000.00'), rate: { date: dateOf(ledger.now - 35 * day) } },
    });
    await refuses(ledger, 'FILING_REQUIRED', () => mark(ledger, euros('46103.90')));
  });

  it('show their history to their bank and the regulator', async () => {
    const ledger = await openLedger();
    const { id } = await mark(ledger, payment('1.00', []));
    await takeBack(ledger, id);
    const { answer } = await ledger.endorse('readPaymentHistory', people.auditor, { id, owner: 'BankAMSP' });
    expect(answer.versions.map(({ seq, state, key }) => [seq, state, key])).toEqual([
      [1, 'marked', expect.stringMatching(`^P~${id}~1~[0-9a-f]{32}$`)],
      [2, 'marked', expect.stringMatching(`^P~${id}~2~[0-9a-f]{32}$`)],
      [3, 'reversed', expect.stringMatching(`^P~${id}~3~[0-9a-f]{32}$`)],
    ]);
    await refuses(ledger, 'PAYMENT_NOT_FOUND', () =>
      ledger.endorse('readPaymentHistory', people.bankB, { id }),
    );
    await refuses(ledger, 'PAYMENT_NOT_FOUND', () =>
      ledger.endorse('readPaymentHistory', people.auditor, { id }),
    );
  });

  it.each<[ErrorCode, Partial<FactInput>]>([
    ['FIELD_REQUIRED', { filing: undefined }],
    ['FIELD_REQUIRED', { buyer: undefined }],
    ['FIELD_REQUIRED', { total: undefined }],
    ['FIELD_NOT_ALLOWED', { quantity: { amount: '1', unit: 'TNE' } }],
  ])('a filing is refused with %s', async (code, more) => {
    const ledger = await openLedger();
    await refuses(ledger, code, () => record(ledger, { ...filing(), ...more }));
  });
});

describe('payments without a filing', () => {
  const systemClock = Date.now;
  afterEach(() => {
    Date.now = systemClock;
  });

  const reports = (writes: ReadonlyMap<string, string>) =>
    [...writes]
      .filter(([key]) => key.startsWith('registry/X~'))
      .map(([, stored]) => JSON.parse(stored) as object);
  const submit = (ledger: FakeLedger, bank: Person, ...payments: PaymentInput[]) =>
    ledger.submit('markPayments', bank, { payments });

  it('of one payer are reported when together they pass the threshold, and stand', async () => {
    const ledger = await openLedger();
    const first = await submit(ledger, people.bankA, payment('49900.00', []));
    expect(reports(first.writes)).toEqual([]);
    const second = await submit(ledger, people.bankB, payment('49900.00', []));
    const ids = [first, second].flatMap(({ answer }) =>
      answer.items.map((item) => (item.status === 'marked' ? item.payment.id : '')),
    );
    expect(reports(second.writes)).toMatchObject([
      { payer: exporter, count: 2, value: '9980000', payments: ids, since: dateOf(ledger.now) },
    ]);
    // Every member sees the event.
    expect(second.event?.alerts).toEqual([]);
    const other = await submit(ledger, people.bankA, payment('49900.00', [], { payer: otherExporter }));
    expect(reports(other.writes)).toEqual([]);
  });

  it('are each seen in one batch, and one account is read and written by all', async () => {
    const ledger = await openLedger();
    const three = [1, 2, 3].map(() => payment('49900.00', []));
    const { writes } = await submit(ledger, people.bankA, ...three);
    expect(reports(writes)).toHaveLength(2);
    expect([...writes.keys()].filter((key) => key.startsWith('registry/S~'))).toHaveLength(1);
    const [one, two] = await Promise.all([
      ledger.endorse('markPayments', people.bankA, { payments: [payment('1.00', [])] }),
      ledger.endorse('markPayments', people.bankB, { payments: [payment('1.00', [])] }),
    ]);
    expect([ledger.commit(one), ledger.commit(two)]).toEqual([true, false]);
  });

  it('are forgotten after thirty days, and when they are reversed', async () => {
    const ledger = await openLedger();
    const { id } = await mark(ledger, payment('49900.00', []));
    await takeBack(ledger, id);
    expect(reports((await submit(ledger, people.bankA, payment('49900.00', []))).writes)).toEqual([]);
    ledger.now += 30 * day;
    Date.now = () => ledger.now;
    expect(reports((await submit(ledger, people.bankA, payment('49900.00', []))).writes)).toEqual([]);
    expect(reports((await submit(ledger, people.bankA, payment('200.00', []))).writes)).toHaveLength(1);
  });

  it('do not count when they show a filing', async () => {
    const ledger = await openedLedger(filing());
    const shown = () => payment('49900.00', [[filing(), '49900.00']]);
    const { writes } = await submit(ledger, people.bankA, shown(), shown());
    expect([...writes.keys()].filter((key) => /^registry[/][SX]~/.test(key))).toEqual([]);
  });
});
