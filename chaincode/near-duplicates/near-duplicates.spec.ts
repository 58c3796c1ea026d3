import type { FactInput, Verification } from '../api.js';
import type { FakeLedger, Person } from '../testing/fake-ledger.js';
import {
  declaration,
  exporter,
  invoice,
  openLedger,
  people,
  record,
  refuses,
  usd,
} from '../testing/story.js';

const own = (number: string, more: Partial<FactInput> = {}) =>
  invoice({ type: 'commercial-invoice', number, ...more });
const cites = (...numbers: string[]) => numbers.map((number) => ({ type: 'tax-invoice', number }) as const);

/** What a bank is told about a document's look-alikes. */
async function warningOf(
  ledger: FakeLedger,
  fact: FactInput,
): Promise<Verification['warnings'][number] | undefined> {
  const { answer } = await ledger.endorse('verifyDocument', people.bankB, {
    document: { type: fact.type, number: fact.number },
    particulars: { enterprise: { scheme: fact.seller.scheme, id: fact.seller.id }, total: fact.total },
  });
  return answer.warnings.find(({ warning }) => warning === 'near-duplicate');
}

/** In what others a document resembles, by the number of the other. */
async function alike(ledger: FakeLedger, id: string, others: Readonly<Record<string, string>>) {
  const { answer } = await ledger.endorse('readFact', people.auditor, { id });
  const names = new Map(Object.entries(others).map(([name, fact]) => [fact, name]));
  return answer.nearDuplicates.map(({ fact, reasons }) => `${names.get(fact) ?? '?'} ${reasons.join('+')}`);
}

const approver = { mspId: 'RegulatorMSP', role: 'approver', id: 'approver' } as const;
const taxApprover = { mspId: 'TaxMSP', role: 'approver', id: 'approver' } as const;

describe('near duplicates', () => {
  it('are on record at both documents, and each bank that asks about either is told why', async () => {
    const ledger = await openLedger();
    const first = await record(ledger, invoice({ number: '0042' }));
    const second = await record(ledger, invoice({ number: 'RE-42', total: usd('7.00') }));
    expect(await alike(ledger, first.id, { second: second.id })).toEqual(['second number']);
    expect(await alike(ledger, second.id, { first: first.id })).toEqual(['first number']);
    const warning = { warning: 'near-duplicate', reasons: ['number'], checked: false };
    expect(await warningOf(ledger, invoice({ number: '0042' }))).toEqual(warning);
    expect(await warningOf(ledger, invoice({ number: 'RE-42', total: usd('7.00') }))).toEqual(warning);
  });

  it('are an invoice and a declaration of the same parties and amount, half a year apart, whatever their numbers', async () => {
    const ledger = await openLedger();
    const buyer = { scheme: 'VAT', id: 'DE987654321' } as const;
    const first = await record(ledger, invoice({ date: '2025-09-10', buyer, total: usd('77.77') }));
    const { id } = await record(ledger, declaration({ date: '2026-03-01', buyer, total: usd('77.77') }));
    expect(await alike(ledger, id, { first: first.id })).toEqual(['first parties']);
    const other = { scheme: 'VAT', id: 'DE123456788' } as const;
    const another = declaration({ number: '310120260516789099', buyer: other, total: usd('77.77') });
    expect((await record(ledger, another)).nearDuplicates.map(({ fact }) => fact)).not.toContain(first.id);
  });

  it('are two of which one cites the other under another spelling, in whatever order they come', async () => {
    for (const order of [0, 1]) {
      const ledger = await openLedger();
      const papers = [
        invoice({ number: 'INV-12', total: usd('31.00') }),
        declaration({ total: usd('99.00'), cites: cites('INV/12') }),
      ];
      const [one, other] = order === 0 ? papers : papers.toReversed();
      if (one === undefined || other === undefined) throw new Error('two papers');
      const first = await record(ledger, one);
      const { id } = await record(ledger, other);
      expect(await alike(ledger, id, { first: first.id })).toEqual(['first citation']);
    }
  });

  it('are not those that say themselves that they belong together, also when they say so later', async () => {
    const ledger = await openLedger();
    const first = await record(ledger, invoice({ number: 'A1' }));
    const second = await record(ledger, declaration());
    expect(await alike(ledger, second.id, { first: first.id })).toEqual(['first amount+parties']);
    await ledger.submit('amendFact', people.customs, {
      id: second.id,
      changes: { cites: cites('A1') },
      reason: 'The invoice was missing',
    });
    expect(await alike(ledger, second.id, { first: first.id })).toEqual([]);
    expect(await alike(ledger, first.id, { second: second.id })).toEqual([]);
    expect(await warningOf(ledger, invoice({ number: 'A1' }))).toBeUndefined();
  });

  it('stay, when an own paper cites both, before or after', async () => {
    for (const order of ['before', 'after'] as const) {
      const ledger = await openLedger();
      const paper = own('OWN', {
        total: usd('5.00'),
        cites: [{ type: 'customs-declaration', number: declaration().number }, ...cites('A1', 'B2')],
      });
      if (order === 'before') await record(ledger, paper);
      const first = await record(ledger, invoice({ number: 'A1' }));
      const second = await record(ledger, invoice({ number: 'B2', date: '2026-03-03' }));
      if (order === 'after') await record(ledger, paper);
      expect(await alike(ledger, second.id, { first: first.id })).toEqual(['first amount']);
      expect(await warningOf(ledger, invoice({ number: 'A1' }))).toMatchObject({ checked: false });
    }
  });

  it('are found behind sixty and more small own invoices', async () => {
    const ledger = await openLedger();
    const first = await record(ledger, invoice({ number: 'A1', total: usd('100.01') }));
    const papers = Array.from({ length: 70 }, (_, index) =>
      own(`O-${index}X`, { total: usd(`${index + 1}.17`) }),
    );
    await ledger.submit('recordFacts', people.exporter, { facts: papers });
    const { id } = await record(ledger, invoice({ number: 'B2', total: usd('100.00'), date: '2026-03-02' }));
    expect(await alike(ledger, id, { first: first.id })).toContain('first amount');
  });

  it('go when one of them is cancelled, or amended so that nothing is alike, and a sum when a part of it goes', async () => {
    const ledger = await openLedger();
    const [a, b] = [
      await record(ledger, invoice({ number: 'A1', total: usd('30.00') })),
      await record(ledger, invoice({ number: 'B2', total: usd('70.00') })),
    ];
    const whole = await record(ledger, invoice({ number: 'W3' }));
    const names = { a: a.id, b: b.id, whole: whole.id };
    expect(await alike(ledger, whole.id, names)).toEqual(['b split', 'a split']);
    await ledger.submit('cancelFact', people.tax, { id: a.id, reason: 'Issued by mistake' });
    for (const { id } of [a, b, whole]) expect(await alike(ledger, id, names)).toEqual([]);

    const twin = await record(ledger, invoice({ number: 'W4', date: '2026-03-02' }));
    expect(await alike(ledger, whole.id, { twin: twin.id })).toEqual(['twin amount']);
    await ledger.submit('amendFact', people.tax, {
      id: twin.id,
      changes: { total: usd('12.34') },
      reason: 'Wrong',
    });
    expect(await alike(ledger, whole.id, { twin: twin.id })).toEqual([]);
    expect(await alike(ledger, twin.id, { whole: whole.id })).toEqual([]);
  });

  it('are of one firm under its several ids, once the regulator says that they are one', async () => {
    const ledger = await openLedger();
    const vat = { scheme: 'VAT', id: 'DE123456788' } as const;
    await ledger.submit('stateFirm', approver, { ids: [exporter, vat] });
    const first = await record(ledger, invoice({ number: 'A1' }));
    const { id } = await record(ledger, invoice({ number: 'B2', date: '2026-03-02', seller: vat }));
    expect(await alike(ledger, id, { first: first.id })).toEqual(['first amount']);
  });

  describe('are checked', () => {
    const remark = 'Two sales of the same machine, both contracts seen.';
    async function pair() {
      const ledger = await openLedger();
      const first = await record(ledger, invoice({ number: 'A1' }));
      const second = await record(ledger, invoice({ number: 'B2', date: '2026-03-02' }));
      const check = (person: Person) => () =>
        ledger.submit('checkNearDuplicate', person, { id: first.id, other: second.id, remark });
      return { ledger, first, second, check };
    }

    it('by a second person with a remark; the bank is told so, and the mark is on both', async () => {
      const { ledger, first, second, check } = await pair();
      const { event, writes } = await check(taxApprover)();
      expect(event?.alerts).toEqual([{ alert: 'near-duplicate-checked', facts: [first.id, second.id] }]);
      expect([...writes.keys()].toSorted()).toEqual(
        [first.id, second.id].map((id) => `registry/ND~${id}`).toSorted(),
      );
      for (const id of [first.id, second.id]) {
        const { answer } = await ledger.endorse('readFact', people.auditor, { id });
        expect(answer.nearDuplicates).toMatchObject([{ checked: { by: 'TaxMSP', remark } }]);
      }
      expect(await warningOf(ledger, invoice({ number: 'A1' }))).toMatchObject({ checked: true });
    });

    it('not by who recorded one of them, nor by a bank, nor where there is no pair', async () => {
      const { ledger, first, second, check } = await pair();
      const recorder = { ...taxApprover, id: people.tax.id };
      await refuses(ledger, 'FOUR_EYES', check(recorder));
      await refuses(ledger, 'WRONG_ORGANISATION', check(people.approverA));
      await ledger.submit('cancelFact', people.tax, { id: second.id, reason: 'Issued by mistake' });
      await refuses(ledger, 'NEAR_DUPLICATE_NOT_FOUND', check(approver));
      const customs = { ...taxApprover, mspId: 'CustomsMSP' } as const;
      await refuses(ledger, 'FACT_NOT_FOUND', () =>
        ledger.submit('checkNearDuplicate', customs, { id: first.id, other: second.id, remark }),
      );
    });

    it('until one of them changes in what was compared, and not when it changes in something else', async () => {
      const { ledger, second, check } = await pair();
      await check(approver)();
      const amend = (changes: object) =>
        ledger.submit('amendFact', people.tax, { id: second.id, changes, reason: 'Corrected' });
      await amend({ payable: usd('90.00') });
      expect(await warningOf(ledger, invoice({ number: 'A1' }))).toMatchObject({ checked: true });
      await amend({ date: '2026-03-04' });
      expect(await warningOf(ledger, invoice({ number: 'A1' }))).toMatchObject({ checked: false });
    });
  });
});
