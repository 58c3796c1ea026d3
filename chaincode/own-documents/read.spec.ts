import {
  claim,
  declaration,
  freshKey,
  invoice,
  openLedger,
  otherExporter,
  people,
  record,
  refuses,
  reserve,
  usd,
} from '../testing/story.js';

const own = { document: { type: 'customs-declaration', number: declaration().number } } as const;

describe('an enterprise’s own document', () => {
  it('shows what is left, and which bank holds what on its trade, step by step', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    await record(ledger, invoice({ cites: [{ type: 'customs-declaration', number: declaration().number }] }));
    const { id } = await reserve(ledger, claim(ledger, '60.00'), people.bankA);
    const look = async (document: object = own.document) =>
      (
        await ledger.endorse('readOwnDocument', people.exporter, {
          ...own,
          document,
        } as typeof own)
      ).answer;
    expect(await look()).toMatchObject({
      document: own.document,
      status: 'active',
      total: usd('100.00'),
      remaining: usd('40.00'),
      draws: [
        {
          kind: 'claim',
          id,
          bank: 'BankAMSP',
          state: 'reserved',
          document: own.document,
          amount: usd('60.00'),
          outstanding: usd('60.00'),
        },
      ],
    });
    // The invoice of the same sale shows the same claim: the receivable is one.
    expect(await look({ type: 'tax-invoice', number: 'inv 001' })).toMatchObject({
      remaining: usd('40.00'),
      draws: [{ id, document: own.document }],
    });
    await ledger.submit('acceptClaim', people.approverA, { id, idempotencyKey: freshKey() });
    await ledger.submit('disburseClaim', people.bankA, { id, idempotencyKey: freshKey() });
    expect((await look()).draws).toMatchObject([{ state: 'disbursed' }]);
    const { writes } = await ledger.endorse('readOwnDocument', people.exporter, own);
    expect(writes.size).toBe(0);
  });

  it('shows nobody else’s, and does not say that there is one', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    await reserve(ledger, claim(ledger, '60.00'), people.bankA);
    const ask = (document: object) =>
      ledger.endorse('readOwnDocument', people.otherExporter, { document } as typeof own);
    const answers = await Promise.all(
      [own.document, { ...own.document, number: '221820260999999999' }].map((document) =>
        ask(document).then(
          () => 'answered',
          (error: unknown) => (error as { readonly body: object }).body,
        ),
      ),
    );
    expect(answers[0]).toEqual(answers[1]);
    await refuses(ledger, 'FACT_NOT_FOUND', () => ask(own.document));
    const issued = { ...own.document, type: 'tax-invoice', issuer: otherExporter };
    await refuses(ledger, 'FACT_NOT_FOUND', () =>
      ledger.endorse('readOwnDocument', people.exporter, { document: issued } as never),
    );
    await refuses(ledger, 'WRONG_ORGANISATION', () => ledger.endorse('readOwnDocument', people.bankA, own));
  });

  it('shows a cancelled one as it is: nothing is left, and the claims stand', async () => {
    const ledger = await openLedger();
    const { id: fact } = await record(ledger, declaration());
    const { id } = await reserve(ledger, claim(ledger, '60.00'), people.bankA);
    await ledger.submit('cancelFact', people.customs, { id: fact, reason: 'Recorded in error' });
    const { answer } = await ledger.endorse('readOwnDocument', people.exporter, own);
    expect(answer).toMatchObject({ status: 'cancelled', draws: [{ id }] });
    expect(answer.remaining).toBeUndefined();
  });
});
