import { dateOf } from '../rules/dates.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import { day, exporter, freshKey, openLedger, otherExporter, people, refuses } from '../testing/story.js';
import type { CreditContent } from './api.js';

const purpose = 'Export loan 2026';
const basic: CreditContent = {
  category: 'basic',
  name: 'Ningbo Harbour Tools',
  directoryStatus: 'listed',
  class: 'A',
};

async function ledgerWithRecords(): Promise<FakeLedger> {
  const ledger = await openLedger();
  await ledger.submit('recordCredit', people.regulator, { enterprise: exporter, content: basic });
  await ledger.submit('recordCredit', people.regulator, {
    enterprise: exporter,
    content: { category: 'regulatory', penalties: [] },
  });
  return ledger;
}

async function authorise(ledger: FakeLedger, more: object = {}): Promise<string> {
  const { answer } = await ledger.submit('authoriseQuery', people.exporter, {
    idempotencyKey: freshKey(),
    bank: 'BankAMSP',
    categories: ['basic'],
    purpose,
    from: dateOf(ledger.now),
    to: dateOf(ledger.now + 30 * day),
    uses: 1,
    ...more,
  });
  return answer.id;
}

const question = (authorisation: string, more: object = {}) => ({
  idempotencyKey: freshKey(),
  enterprise: exporter,
  authorisation,
  categories: ['basic' as const],
  purpose,
  ...more,
});

/** Puts the question on the log, then has it answered. */
async function query(ledger: FakeLedger, input: ReturnType<typeof question>) {
  await ledger.submit('queryCredit', people.bankA, input);
  return ledger.submit('queryCredit', people.bankA, input);
}
const names = (writes: ReadonlyMap<string, string>) =>
  [...writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort();

describe('a credit query', () => {
  it('counts the use, logs itself for bank and enterprise, and opens the records of that moment', async () => {
    const ledger = await ledgerWithRecords();
    const id = await authorise(ledger);
    const { answer, writes, event } = await query(ledger, question(id));
    expect(answer).toMatchObject({ state: 'allowed', usesLeft: 0, bank: 'BankAMSP' });
    expect(names(writes)).toEqual([
      'BankAMSP/A~#~2',
      'BankAMSP/Q~#~2',
      'EnterpriseMSP/A~#~2',
      'EnterpriseMSP/Q~#~2',
      'public/authorisation~#',
      'public/query~#',
    ]);
    expect(JSON.stringify(event)).not.toContain(exporter.id);
    await ledger.submit('recordCredit', people.regulator, {
      enterprise: exporter,
      content: { ...basic, class: 'C' },
    });
    const report = await ledger.endorse('readCreditReport', people.bankA, { query: answer.id });
    expect(report.answer.records).toMatchObject([{ category: 'basic', version: 1, content: { class: 'A' } }]);
  });

  it('tells nothing before it is on the log, and is logged alike whatever the authorisation allows', async () => {
    const ledger = await ledgerWithRecords();
    const id = await authorise(ledger);
    const before = ledger.snapshot();
    const tries = [
      question(id),
      question(id, { purpose: 'Curiosity' }),
      question(id, { categories: ['regulatory'] }),
      question(id, { enterprise: otherExporter }),
      question('f'.repeat(64)),
    ];
    const shapes = [];
    for (const input of tries) {
      const { answer, writes, reads, event, payload } = await ledger.endorse(
        'queryCredit',
        people.bankA,
        input,
      );
      expect(answer).toMatchObject({ state: 'asked', seq: 1 });
      expect(payload).toMatch(/^\{"sealed":/);
      const own = (text: string) => text.replaceAll(answer.id, '#');
      shapes.push(own(JSON.stringify([[...writes.keys()], [...reads.values()], event])));
      await refuses(ledger, 'QUERY_NOT_FOUND', () =>
        ledger.endorse('readCreditReport', people.bankA, { query: answer.id }),
      );
    }
    expect(new Set(shapes).size).toBe(1);
    expect(ledger.snapshot()).toEqual(before);
  });

  it('gives no data before its answer is committed', async () => {
    const ledger = await ledgerWithRecords();
    const input = question(await authorise(ledger));
    await ledger.submit('queryCredit', people.bankA, input);
    const { answer } = await ledger.endorse('queryCredit', people.bankA, input);
    expect(answer.state).toBe('allowed');
    expect(JSON.stringify(answer)).not.toContain('Ningbo');
    await refuses(ledger, 'QUERY_NOT_FOUND', () =>
      ledger.endorse('readCreditReport', people.bankA, { query: answer.id }),
    );
  });

  it('names in every copy the enterprise that was asked about, not the one whose authorisation was quoted', async () => {
    const ledger = await ledgerWithRecords();
    const input = question(await authorise(ledger), { enterprise: otherExporter });
    const { answer } = await query(ledger, input);
    expect(answer).toMatchObject({ state: 'refused', code: 'NOT_AUTHORISED', enterprise: otherExporter });
    const copies = [...ledger.snapshot()].filter(([key]) => key.includes(`Q~${answer.id}~2`));
    const contents = copies.map(([, value]) => {
      const { salt: _salt, addressee: _addressee, ...said } = JSON.parse(value) as Record<string, unknown>;
      return said;
    });
    expect(contents).toHaveLength(2);
    expect(contents[0]).toEqual(contents[1]);
    expect(contents[0]).toMatchObject({ enterprise: otherExporter });
  });

  it('lets one of two simultaneous last uses commit; the other is then refused and logged', async () => {
    const ledger = await ledgerWithRecords();
    const id = await authorise(ledger);
    const [first, second] = [question(id), question(id)];
    for (const input of [first, second]) await ledger.submit('queryCredit', people.bankA, input);
    const race = [
      await ledger.endorse('queryCredit', people.bankA, first),
      await ledger.endorse('queryCredit', people.bankA, second),
    ];
    expect(race.map((one) => ledger.commit(one))).toEqual([true, false]);
    const { answer, writes } = await ledger.submit('queryCredit', people.bankA, second);
    expect(answer).toMatchObject({ state: 'refused', code: 'AUTHORISATION_USED_UP' });
    expect(writes.size).toBe(3);
  });

  it('meets a revocation that commits while it runs', async () => {
    const ledger = await ledgerWithRecords();
    const id = await authorise(ledger, { uses: 5 });
    const input = question(id);
    await ledger.submit('queryCredit', people.bankA, input);
    const running = await ledger.endorse('queryCredit', people.bankA, input);
    await ledger.submit('revokeAuthorisation', people.exporter, { id, idempotencyKey: freshKey() });
    expect(ledger.commit(running)).toBe(false);
    const { answer } = await ledger.submit('queryCredit', people.bankA, input);
    expect(answer).toMatchObject({ state: 'refused', code: 'AUTHORISATION_REVOKED' });
  });

  it.each([
    ['CATEGORY_NOT_AUTHORISED', {}, { categories: ['basic', 'regulatory'] }],
    ['PURPOSE_NOT_AUTHORISED', {}, { purpose: 'Curiosity' }],
    ['NOT_AUTHORISED', {}, { enterprise: otherExporter }],
    ['NOT_AUTHORISED', {}, { authorisation: 'f'.repeat(64) }],
    ['NOT_AUTHORISED', { bank: 'BankBMSP' }, {}],
    ['AUTHORISATION_NOT_YET', { from: '2099-01-01', to: '2099-02-01' }, {}],
  ])('refused with %s writes the log and nothing else', async (code, terms, asked) => {
    const ledger = await ledgerWithRecords();
    const id = await authorise(ledger, terms);
    const { answer, writes } = await query(ledger, question(id, asked));
    expect(answer).toMatchObject({ state: 'refused', code });
    expect(names(writes)).toEqual(['BankAMSP/Q~#~2', 'EnterpriseMSP/Q~#~2', 'public/query~#']);
    await refuses(ledger, 'QUERY_NOT_FOUND', () =>
      ledger.endorse('readCreditReport', people.bankA, { query: answer.id }),
    );
  });

  it('is refused after the last day', async () => {
    const ledger = await ledgerWithRecords();
    const id = await authorise(ledger, { to: dateOf(ledger.now) });
    const clock = Date.now;
    ledger.now += 2 * day;
    Date.now = () => ledger.now;
    try {
      const { answer } = await query(ledger, question(id));
      expect(answer.code).toBe('AUTHORISATION_EXPIRED');
    } finally {
      Date.now = clock;
    }
  });

  it('repeated, answers the same and counts once; another body under its key is refused', async () => {
    const ledger = await ledgerWithRecords();
    const id = await authorise(ledger, { uses: 2 });
    const input = question(id);
    const first = await query(ledger, input);
    const again = await ledger.submit('queryCredit', people.bankA, input);
    expect(again.answer).toEqual(first.answer);
    expect(again.writes.size).toBe(0);
    await refuses(ledger, 'IDEMPOTENCY_KEY_REUSED', () =>
      ledger.submit('queryCredit', people.bankA, { ...input, purpose: 'Other' }),
    );
  });

  it('is for officers of banks, and only the enterprise itself authorises and revokes', async () => {
    const ledger = await ledgerWithRecords();
    const id = await authorise(ledger);
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.submit('queryCredit', people.regulator, question(id)),
    );
    await refuses(ledger, 'AUTHORISATION_NOT_FOUND', () =>
      ledger.submit('revokeAuthorisation', people.otherExporter, { id, idempotencyKey: freshKey() }),
    );
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.submit('recordCredit', people.bankA, { enterprise: exporter, content: basic }),
    );
  });

  it('keeps every version of a record', async () => {
    const ledger = await ledgerWithRecords();
    const { answer, writes } = await ledger.submit('recordCredit', people.regulator, {
      enterprise: { scheme: 'USCC', id: '9133 0200 MA2C KXQ8 5H' },
      content: { ...basic, class: 'B' },
    });
    expect(answer.version).toBe(2);
    expect([...writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort()).toEqual([
      'public/credit~#',
      'registry/CR~#~2',
    ]);
  });
});
