import type { FactInput } from '../api.js';
import type { ErrorCode } from '../errors.js';
import {
  claim,
  declaration,
  invoice,
  openLedger,
  otherExporter,
  people,
  record,
  refuses,
  remainingOf,
  reserve,
  usd,
} from '../testing/story.js';

const facts = (...list: unknown[]) => ({ facts: list });

describe('recording facts', () => {
  it('writes the head, the version, the trade, the links, near keys and the public line, and nothing else', async () => {
    const ledger = await openLedger();
    const { writes, protectedKeys, event, answer } = await ledger.submit(
      'recordFacts',
      people.customs,
      facts(declaration()),
    );
    const [item] = answer.items;
    const id = item?.status === 'recorded' ? item.fact.id : '';
    const kinds = [...writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort();
    expect(kinds).toEqual([
      'EnterpriseMSP/OD~#~1',
      'public/fact~#',
      'registry/F~#',
      'registry/F~#~1',
      'registry/L~#',
      'registry/N~#',
      'registry/N~#',
      'registry/N~#',
      'registry/N~#',
      'registry/U~#',
    ]);
    expect(protectedKeys).toEqual([`registry/F~${id}`]);
    expect(event).toEqual({
      schema: 1,
      changes: [{ kind: 'fact', id, state: 'active', seq: 1 }],
      alerts: [],
    });
    expect([...writes.keys()].join()).not.toContain('310120');
  });

  it('gives every item its verdict, and a refused one leaves nothing', async () => {
    const ledger = await openLedger();
    const bad = { ...declaration({ number: '2' }), total: usd('1.001') };
    const { answer, writes } = await ledger.submit(
      'recordFacts',
      people.customs,
      facts(declaration(), bad, { type: 'poem' }),
    );
    expect(answer.items).toMatchObject([
      { status: 'recorded' },
      { index: 1, status: 'refused', code: 'AMOUNT_PRECISION', field: 'total.amount' },
      { index: 2, status: 'refused', code: 'INPUT_INVALID', field: 'type' },
    ]);
    const alone = await (await openLedger()).submit('recordFacts', people.customs, facts(declaration()));
    expect([...writes.keys()]).toEqual([...alone.writes.keys()]);
  });

  it('refuses a second document with the same hard key, in any spelling', async () => {
    const ledger = await openLedger();
    await record(ledger, invoice());
    for (const number of ['INV-001', 'inv 001', 'ＩＮＶ－００１']) {
      await refuses(ledger, 'FACT_EXISTS', () => record(ledger, invoice({ number })));
    }
    await record(ledger, invoice({ seller: otherExporter }));
  });

  it('answers a repeated request alike and writes nothing', async () => {
    const ledger = await openLedger();
    const request = { facts: [invoice()], idempotencyKey: 'import-0001' };
    const first = await ledger.submit('recordFacts', people.tax, request);
    const second = await ledger.submit('recordFacts', people.tax, request);
    expect(second.answer).toEqual(first.answer);
    expect(second.writes.size).toBe(0);
  });

  it.each<[ErrorCode, Partial<FactInput>]>([
    ['CHECK_DIGIT_WRONG', { seller: { scheme: 'USCC', id: '91330200MA2CKXQ85G' } }],
    ['PARTY_INVALID', { seller: { scheme: 'VAT', id: 'see our letterhead' } }],
    ['NUMBER_MIXED_SCRIPT', { number: 'ΙNV-001' }],
    ['CURRENCY_UNKNOWN', { total: { amount: '1', currency: 'XXX' } }],
    ['AMOUNT_NOT_POSITIVE', { total: usd('0.00') }],
    ['AMOUNT_NOT_POSITIVE', { total: usd('-5.00') }],
    ['AMOUNT_TOO_LARGE', { total: usd('99999999999999.00') }],
    ['CURRENCY_MIXED', { payable: { amount: '1', currency: 'EUR' } }],
    ['PAYABLE_EXCEEDS_TOTAL', { payable: usd('100.01') }],
    ['DATE_INVALID', { date: '2999-01-01' }],
    ['CORRECTS_REQUIRED', { corrects: { number: '1' } }],
    ['CHECK_DIGIT_WRONG', { details: { containers: ['CSQU3054384'] } }],
  ])('refuses with %s', async (code, more) => {
    const ledger = await openLedger();
    await refuses(ledger, code, () => record(ledger, invoice(more)));
  });

  it('reports the same code for a doubly wrong document, whichever fault comes first', async () => {
    const ledger = await openLedger();
    const wrong = invoice({ date: '2999-01-01', number: 'ΙNV', total: { amount: '1.5', currency: 'Pesos' } });
    await refuses(ledger, 'CURRENCY_UNKNOWN', () => record(ledger, wrong));
  });

  it('lets only the authority of a type record it, and an enterprise only its own invoices', async () => {
    const ledger = await openLedger();
    await refuses(ledger, 'WRONG_ORGANISATION', () => record(ledger, declaration(), people.tax));
    await refuses(ledger, 'WRONG_ORGANISATION', () => record(ledger, declaration(), people.bankA));
    await refuses(ledger, 'PERMISSION_DENIED', () =>
      record(ledger, declaration(), { ...people.customs, role: 'admin' }),
    );
    const own = invoice({ type: 'commercial-invoice' });
    await record(ledger, own, people.exporter);
    await refuses(ledger, 'OTHER_ENTERPRISE', () =>
      record(ledger, { ...own, number: '2' }, people.otherExporter),
    );
  });

  it('joins trades when a link becomes known late, and alerts when more is drawn than is left', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    await record(ledger, invoice());
    await reserve(ledger, claim(ledger, '60.00'));
    const onInvoice = [
      { document: { type: 'tax-invoice' as const, number: 'INV-001' }, amount: usd('60.00') },
    ];
    await reserve(ledger, claim(ledger, '60.00', { lines: onInvoice }));
    const cites: FactInput['cites'] = [
      { type: 'tax-invoice', number: 'INV001' },
      { type: 'customs-declaration', number: declaration().number },
    ];
    const linking = { facts: [invoice({ number: 'INV-2', total: usd('5.00'), cites })] };
    const { event } = await ledger.submit('recordFacts', people.tax, linking);
    expect(event?.alerts[0]).toMatchObject({ alert: 'overdrawn' });
    // The new invoice carries what is drawn on the declaration; the other one is a sale by itself.
    expect(event?.alerts[0]?.claims).toHaveLength(1);
    await refuses(ledger, 'UNDERLYING_OVERDRAWN', () => reserve(ledger, claim(ledger, '1.00')));
  });

  it('does not let a stranger join somebody else’s trade by citing it', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const cites: FactInput['cites'] = [{ type: 'customs-declaration', number: declaration().number }];
    const tiny = invoice({ type: 'commercial-invoice', seller: otherExporter, total: usd('0.01'), cites });
    await record(ledger, tiny, people.otherExporter);
    expect(await remainingOf(ledger, declaration())).toBe('100.00');
  });

  it('lowers the corrected invoice by a credit note, also one that came first', async () => {
    const note = {
      type: 'credit-note' as const,
      number: 'CN-1',
      total: usd('30.00'),
      corrects: { number: 'inv-001' },
    };
    for (const order of [
      [invoice(), invoice(note)],
      [invoice(note), invoice()],
    ]) {
      const ledger = await openLedger();
      for (const fact of order) await record(ledger, fact);
      expect(await remainingOf(ledger, invoice())).toBe('70.00');
    }
  });

  it('takes what is payable, not the gross, as the balance', async () => {
    const ledger = await openLedger();
    await record(ledger, invoice({ payable: usd('0.00') }));
    expect(await remainingOf(ledger, invoice())).toBe('0.00');
  });

  it('raises an alert for what looks like the same document, and refuses nothing', async () => {
    const ledger = await openLedger();
    const first = await record(ledger, invoice({ number: '0042' }));
    const { answer, event } = await ledger.submit(
      'recordFacts',
      people.tax,
      facts(invoice({ number: 'RE-42', total: usd('7.00') })),
    );
    expect(answer.items[0]).toMatchObject({
      fact: { nearDuplicates: [{ fact: first.id, reasons: ['number'] }] },
    });
    expect(event?.alerts).toMatchObject([{ alert: 'near-duplicate' }]);
    const shifted = await record(ledger, invoice({ number: 'X', date: '2026-03-02' }));
    expect(shifted.nearDuplicates).toEqual([{ fact: first.id, reasons: ['amount'] }]);
  });

  it('takes a self-billed invoice under the number of its buyer, beside the seller’s own one of that number', async () => {
    const ledger = await openLedger();
    const buyer = { scheme: 'VAT', id: 'DE987654321' } as const;
    const billed = invoice({ buyer, selfBilled: true });
    expect((await record(ledger, billed)).issuer).toEqual(buyer);
    expect((await record(ledger, invoice())).issuer).not.toEqual(buyer);
    await refuses(ledger, 'FACT_EXISTS', () =>
      ledger.submit('recordFacts', people.tax, facts(invoice({ ...billed, seller: otherExporter }))),
    );
    await refuses(ledger, 'FIELD_REQUIRED', () =>
      ledger.submit(
        'recordFacts',
        people.tax,
        facts(invoice({ number: 'X', buyer: undefined, selfBilled: true })),
      ),
    );
  });
});
