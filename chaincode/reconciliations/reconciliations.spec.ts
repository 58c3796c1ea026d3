import type { Input } from '../api.js';
import { dateOf, instantText } from '../rules/dates.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import {
  claim,
  day,
  disburse,
  exporter,
  freshKey,
  invoice,
  openLedger,
  people,
  record,
  refuses,
  reserve,
  usd,
} from '../testing/story.js';

const none = {
  'only-book': 0,
  'only-registry': 0,
  state: 0,
  outstanding: 0,
  'due-date': 0,
  'document-lowered': 0,
};

function outcome(ledger: FakeLedger, more: Partial<Input<'recordReconciliation'>> = {}) {
  const asOf = dateOf(ledger.now);
  return {
    idempotencyKey: freshKey(),
    asOf,
    until: `${asOf}T23:59:59.999Z`,
    lines: 3,
    claims: 3,
    agreed: 3,
    differences: none,
    totals: [{ book: usd('100.00'), registry: usd('100.00'), open: usd('0.00') }],
    book: 'ab'.repeat(32),
    result: 'cd'.repeat(32),
    ...more,
  };
}

describe('a reconciliation', () => {
  it('is on the record of its bank, who stands for it and how much was open, and nothing else changes', async () => {
    const ledger = await openLedger();
    const input = outcome(ledger, { differences: { ...none, 'only-book': 1 } });
    const { answer, writes, event } = await ledger.submit('recordReconciliation', people.bankA, input);
    expect(answer).toMatchObject({
      verdict: 'open',
      bank: 'BankAMSP',
      recordedBy: people.bankA.id,
      asOf: input.asOf,
      result: input.result,
      totals: input.totals,
    });
    expect([...writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort()).toEqual([
      'BankAMSP/RC~#~1',
      'public/reconciliation~#',
    ]);
    expect(event?.changes).toEqual([{ kind: 'reconciliation', id: answer.id, state: 'recorded', seq: 1 }]);
    const again = await ledger.submit('recordReconciliation', people.bankA, input);
    expect([again.answer, again.writes.size]).toEqual([answer, 0]);
    await refuses(ledger, 'IDEMPOTENCY_KEY_REUSED', () =>
      ledger.submit('recordReconciliation', people.bankA, { ...input, result: 'ef'.repeat(32) }),
    );
  });

  it('agrees where nothing differs', async () => {
    const ledger = await openLedger();
    const { answer } = await ledger.submit('recordReconciliation', people.bankA, outcome(ledger));
    expect(answer.verdict).toBe('agreed');
  });

  it('is of a day that has come, in amounts of one currency each, and of banks alone', async () => {
    const ledger = await openLedger();
    const attempt = (more: object, person: (typeof people)[keyof typeof people] = people.bankA) =>
      ledger.submit('recordReconciliation', person, outcome(ledger, more));
    const tomorrow = dateOf(ledger.now + day);
    await refuses(ledger, 'DATE_INVALID', () => attempt({ asOf: tomorrow, until: `${tomorrow}T23:59:59Z` }));
    await refuses(ledger, 'DATE_INVALID', () => attempt({ until: instantText(ledger.now + 40 * day) }));
    const [total] = outcome(ledger).totals;
    await refuses(ledger, 'CURRENCY_MIXED', () =>
      attempt({ totals: [{ ...total, open: { amount: '0.00', currency: 'EUR' } }] }),
    );
    await refuses(ledger, 'CURRENCY_MIXED', () => attempt({ totals: [total, total] }));
    await refuses(ledger, 'AMOUNT_PRECISION', () => attempt({ totals: [{ ...total, book: usd('1.234') }] }));
    await refuses(ledger, 'WRONG_ORGANISATION', () => attempt({}, people.regulator));
    await refuses(ledger, 'PERMISSION_DENIED', () =>
      attempt({}, { ...people.auditor, mspId: 'BankAMSP' } as never),
    );
  });
});

/** A day later. */
function later(ledger: FakeLedger): void {
  ledger.now += day;
  jest.setSystemTime(ledger.now);
}

/** A loan on a declaration and an invoice of 100.00 each, and what has become of its documents. */
async function lent() {
  const ledger = await openLedger();
  const paper = await record(ledger, invoice());
  const document = { type: 'tax-invoice' as const, number: invoice().number };
  const loan = await disburse(
    ledger,
    claim(ledger, '60.00', { lines: [{ document, amount: usd('60.00') }] }),
  );
  const lowered = async (until = instantText(ledger.now), person = people.bankA as never) =>
    (await ledger.endorse('readLoweredDocuments', person, { claims: [loan.id], until })).answer.claims;
  const amend = (amount: string) =>
    ledger.submit('amendFact', people.tax, {
      id: paper.id,
      changes: { total: usd(amount) },
      reason: 'Corrected.',
    });
  return { ledger, paper, document, loan, lowered, amend };
}

describe('documents that were lowered since', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] }));
  afterEach(() => jest.useRealTimers());

  it('are told with the day, as of a moment, and not where they were raised again', async () => {
    const { ledger, document, lowered, amend } = await lent();
    expect(await lowered()).toEqual([[]]);
    later(ledger);
    const before = instantText(ledger.now - 1);
    await amend('80.00');
    expect(await lowered()).toMatchObject([
      [{ document: { type: document.type }, change: 'lowered', at: instantText(ledger.now) }],
    ]);
    expect(await lowered(before)).toEqual([[]]);
    later(ledger);
    await amend('120.00');
    expect(await lowered()).toEqual([[]]);
  });

  it('are told when they were cancelled, or a credit note lowers them', async () => {
    const credited = await lent();
    later(credited.ledger);
    await record(
      credited.ledger,
      invoice({ type: 'credit-note', number: 'CN-1', total: usd('10.00'), corrects: { number: 'INV-001' } }),
    );
    expect(await credited.lowered()).toMatchObject([[{ change: 'lowered' }]]);
    const { ledger, paper, lowered } = await lent();
    later(ledger);
    await ledger.submit('cancelFact', people.tax, { id: paper.id, reason: 'Never issued.' });
    expect(await lowered()).toMatchObject([[{ change: 'cancelled' }]]);
  });

  it('are told of the own claims only, and of one that has ended not what came later', async () => {
    const { ledger, loan, document, lowered, amend } = await lent();
    const other = await reserve(
      ledger,
      claim(ledger, '10.00', { enterprise: exporter, lines: [{ document, amount: usd('10.00') }] }),
    );
    later(ledger);
    await ledger.submit('withdrawClaim', people.bankA, { id: other.id, idempotencyKey: freshKey() });
    later(ledger);
    await amend('80.00');
    expect(await lowered(undefined, people.bankB as never)).toEqual([[]]);
    const { answer } = await ledger.endorse('readLoweredDocuments', people.bankA, {
      claims: [other.id, loan.id],
      until: instantText(ledger.now),
    });
    expect(answer.claims.map(({ length }) => length)).toEqual([0, 1]);
    await refuses(ledger, 'WRONG_ORGANISATION', () => lowered(undefined, people.regulator as never));
  });
});
