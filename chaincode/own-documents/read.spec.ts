import { dateOf } from '../rules/dates.js';
import {
  claim,
  declaration,
  disburse,
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

  it('is listed by its ids, each with what is left; nobody else’s', async () => {
    const ledger = await openLedger();
    const own = await record(ledger, declaration());
    const others = await record(
      ledger,
      declaration({ number: '310120260516789099', seller: { ...otherExporter, name: 'Another' } }),
    );
    const ids = [others.id, own.id, 'f'.repeat(64)];
    const { answer } = await ledger.endorse('readOwnDocuments', people.exporter, { ids });
    expect(answer.documents).toMatchObject([null, { id: own.id, remaining: usd('100.00') }, null]);
  });
});

/** What the portal holds of each kind, by the letters of its kind. */
const portalHolds = (writes: ReadonlyMap<string, string>, letters: string) =>
  [...writes].filter(([key]) => key.startsWith(`EnterpriseMSP/${letters}~`)).map(([, value]) => value);

describe('what an enterprise is told', () => {
  it('is each version of its document, whoever recorded it, and nothing of a firm without an account', async () => {
    const ledger = await openLedger();
    const recorded = await ledger.submit('recordFacts', people.customs, { facts: [declaration()] });
    expect(portalHolds(recorded.writes, 'OD')).toEqual([
      expect.stringContaining(`"account":"${people.exporter.uscc}"`),
    ]);
    const seller = { scheme: 'VAT', id: 'DE123456789', name: 'Hamburg' } as const;
    const foreign = await ledger.submit('recordFacts', people.tax, {
      facts: [invoice({ seller, number: 'R-1' })],
    });
    expect(portalHolds(foreign.writes, 'OD')).toEqual([]);
  });

  it('is each step of a claim on it, without the people of the bank and what the bank only considers', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const reserved = await ledger.submit('reserveClaims', people.bankA, { claims: [claim(ledger, '60.00')] });
    const [copy = ''] = portalHolds(reserved.writes, 'C');
    expect(copy).toContain('"state":"reserved"');
    expect(copy).not.toContain('"id":"officer"');
    const [item] = reserved.answer.items;
    const id = item?.status === 'reserved' ? item.claim.id : '';
    const command = () => ({ id, idempotencyKey: freshKey() });
    await ledger.submit('acceptClaim', people.approverA, command());
    await ledger.submit('disburseClaim', people.bankA, command());
    const offered = await ledger.submit('offerTransfer', people.bankA, { ...command(), to: 'BankBMSP' });
    expect(portalHolds(offered.writes, 'C').join()).not.toContain('BankB');
  });

  it('names the debtor in the copy once the bank has told it, and until the notice is reversed', async () => {
    const ledger = await openLedger();
    const buyer = { ...otherExporter, name: 'Importer' };
    await record(ledger, invoice({ buyer }));
    await record(ledger, declaration({ buyer, cites: [{ type: 'tax-invoice', number: 'INV-001' }] }));
    const { id } = await disburse(ledger, claim(ledger, '60.00'));
    const notice = { id, idempotencyKey: freshKey(), date: dateOf(ledger.now), how: 'By letter' };
    const { writes } = await ledger.submit('recordDebtorNotice', people.bankA, notice);
    const [copy = ''] = portalHolds(writes, 'C');
    // The debtor owes the invoice, although the bank lent on the declaration.
    expect(copy).toContain(`"debtors":[{"account":"${otherExporter.id}"`);
    expect(copy).toContain('"document":{"number":"INV001","type":"tax-invoice"}');
    const reverse = { id, entry: 'debtor-notice', reason: 'Wrong debtor' } as const;
    await ledger.submit('reverseEntry', people.bankA, { ...reverse, idempotencyKey: freshKey() });
    const undone = await ledger.submit('confirmStep', people.approverA, { id, idempotencyKey: freshKey() });
    expect(portalHolds(undone.writes, 'C').join()).not.toContain('debtors');
  });
});
