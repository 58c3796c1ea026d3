import type { Input } from '../api.js';
import type { FakeLedger, Person } from '../testing/fake-ledger.js';
import {
  claim,
  exporter,
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

const document = { type: 'tax-invoice', number: 'INV-001' } as const;

/** An invoice of 100.00 to a buyer who has an account. */
async function invoiced() {
  const ledger = await openLedger();
  const { id } = await record(ledger, invoice({ buyer: { ...otherExporter, name: 'Buyer' } }));
  return { ledger, fact: id, confirm: confirming(ledger) };
}

function confirming(ledger: FakeLedger) {
  return (more: Partial<Input<'confirmDebt'>> = {}, person: Person = people.otherExporter) =>
    ledger.submit('confirmDebt', person, {
      idempotencyKey: freshKey(),
      document,
      particulars: { seller: exporter, total: usd('100.00') },
      amount: usd('80.00'),
      ...more,
    });
}

const lend = (ledger: FakeLedger, amount: string, person: Person = people.bankA) =>
  reserve(
    ledger,
    claim(ledger, amount, {
      product: 'reverse-factoring',
      lines: [{ document: { ...document, issuer: exporter }, amount: usd(amount) }],
    }),
    person,
  );

describe('a debt that its debtor confirms', () => {
  it('is written for its portal and beside the document, once, and changes no balance', async () => {
    const { ledger, fact, confirm } = await invoiced();
    const input = { idempotencyKey: freshKey() };
    const { answer, writes } = await confirm(input);
    expect(answer).toMatchObject({ state: 'confirmed', debtor: otherExporter, seller: exporter });
    expect([...writes.keys()].sort()).toEqual([
      `EnterpriseMSP/DE~${answer.id}~1`,
      `public/debt~${answer.id}`,
      `registry/DC~${fact}`,
    ]);
    expect((await confirm(input)).writes.size).toBe(0);
    await refuses(ledger, 'DEBT_CONFIRMED', () => confirm());
  });

  it('is lent on within what is confirmed, by all banks together, and not before', async () => {
    const { ledger, confirm } = await invoiced();
    await refuses(ledger, 'DEBT_NOT_CONFIRMED', () => lend(ledger, '10.00'));
    await confirm();
    expect((await lend(ledger, '50.00')).product).toBe('reverse-factoring');
    await refuses(ledger, 'EXCEEDS_CONFIRMED', () => lend(ledger, '30.01', people.bankB));
    await lend(ledger, '30.00', people.bankB);
    await refuses(ledger, 'EXCEEDS_CONFIRMED', () => lend(ledger, '0.01'));
  });

  it('is for the one bank that the debtor has named', async () => {
    const { ledger, confirm } = await invoiced();
    await confirm({ payTo: 'BankBMSP' });
    await refuses(ledger, 'DEBT_OF_OTHERS', () => lend(ledger, '10.00'));
    expect((await lend(ledger, '10.00', people.bankB)).state).toBe('reserved');
  });

  it('is its buyer’s to confirm, with every particular right, and to others there is no such invoice', async () => {
    const { ledger, confirm } = await invoiced();
    await refuses(ledger, 'FACT_NOT_FOUND', () => confirm({}, people.exporter));
    for (const wrong of [
      { particulars: { seller: exporter, total: usd('100.01') } },
      { particulars: { seller: otherExporter, total: usd('100.00') } },
      { document: { ...document, number: 'INV-009' } },
    ]) {
      await refuses(ledger, 'FACT_NOT_FOUND', () => confirm(wrong));
    }
    await refuses(ledger, 'DEBT_INVALID', () => confirm({ amount: usd('100.01') }));
    await refuses(ledger, 'DEBT_INVALID', () => confirm({ amount: { amount: '1.00', currency: 'EUR' } }));
    await refuses(ledger, 'BANK_INVALID', () => confirm({ payTo: 'CarrierMSP' }));
    await refuses(ledger, 'WRONG_ORGANISATION', () => confirm({}, people.bankA));
  });

  it.each([
    ['LEI', '5493001KJTIIGC8Y1R12', '529900T8BM49AURSDO55'],
    ['VAT', 'DE811128135', 'DE811128136'],
    ['EORI', 'DE811128135', 'DE811128136'],
  ] as const)(
    'is confirmed by a debtor abroad whose account is under its %s, and lent on',
    async (scheme, id, another) => {
      const ledger = await openLedger();
      await record(ledger, invoice({ buyer: { scheme, id, name: 'Käufer' } }));
      const abroad: Person = { ...people.otherExporter, id: 'buyer-abroad', uscc: `${scheme}:${id}` };
      const confirm = confirming(ledger);
      const stranger = { ...abroad, uscc: `${scheme}:${another}` };
      await refuses(ledger, 'FACT_NOT_FOUND', () => confirm({}, stranger));
      const { answer, writes } = await confirm({}, abroad);
      expect(answer.debtor).toEqual({ scheme, id });
      const kept = JSON.parse(writes.get(`EnterpriseMSP/DE~${answer.id}~1`) ?? '{}') as object;
      expect(kept).toMatchObject({ debtor: { scheme, id } });
      expect((await lend(ledger, '80.00')).product).toBe('reverse-factoring');
    },
  );

  it('is confirmed by a debtor abroad under any id of its that the invoice states, and by no other', async () => {
    const ledger = await openLedger();
    const otherIds = [{ scheme: 'LEI', id: '5493001KJTIIGC8Y1R12' } as const];
    const buyer = { scheme: 'VAT', id: 'DE811128135', name: 'Käufer', otherIds } as const;
    await record(ledger, invoice({ buyer: { ...buyer, otherIds } }));
    const confirm = confirming(ledger);
    const abroad = (uscc: string): Person => ({ ...people.otherExporter, id: 'buyer-abroad', uscc });
    for (const stranger of ['EORI:DE811128135', 'VAT:DE811128136']) {
      await refuses(ledger, 'FACT_NOT_FOUND', () => confirm({}, abroad(stranger)));
    }
    const input = { idempotencyKey: freshKey() };
    const { answer } = await confirm(input, abroad('LEI:5493001KJTIIGC8Y1R12'));
    expect(answer.debtor).toEqual(otherIds[0]);
    expect((await lend(ledger, '80.00')).product).toBe('reverse-factoring');
    await refuses(ledger, 'OTHER_ENTERPRISE', () =>
      ledger.submit('authoriseQuery', abroad('VAT:DE811128135'), {
        ...{ idempotencyKey: freshKey(), bank: 'BankAMSP', categories: ['basic'], purpose: 'A loan' },
        ...{ from: '2026-01-01', to: '2026-12-31', uses: 1 },
      }),
    );
  });
});
