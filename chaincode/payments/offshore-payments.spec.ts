import type { FactInput } from '../api.js';
import type { OffshoreCheckInput } from '../offshore/api.js';
import type { FakeLedger, Person } from '../testing/fake-ledger.js';
import { asked, bill, check, purchase, told, toldPurchase } from '../testing/offshore-trade.js';
import {
  claim,
  exporter,
  freshKey,
  invoice,
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

const reference = ({ type, number }: Pick<FactInput, 'type' | 'number'>) => ({ type, number });
const onTrain = (more: Partial<FactInput> = {}) => bill({ type: 'rail-waybill', number: 'RW-7', ...more });
const partOf = (number: string, container: string, cites: FactInput['cites'] = []) =>
  bill({ number, cites, transport: { ...bill().transport, containers: [container] } });

/** What a bank tells of papers that it holds, each as it is recorded. */
const papers = (...facts: readonly FactInput[]): OffshoreCheckInput =>
  asked({
    invoice: toldPurchase,
    bills: facts.map(({ type, number, transport }) => {
      if (type !== 'bill-of-lading' && type !== 'rail-waybill') throw new Error(`${type} is no bill`);
      return told({ document: { type, number }, containers: transport?.containers });
    }),
  });

const payment = (
  check: string | undefined,
  facts: readonly Pick<FactInput, 'type' | 'number'>[],
  more: Partial<PaymentInput> = {},
): PaymentInput => ({
  idempotencyKey: freshKey(),
  reference: 'TT-1',
  payer: exporter,
  payee: 'Jakarta Metals',
  purpose: 'offshore-trade',
  amount: usd(`${facts.length * 5000}.00`),
  paidOn: '2026-03-10',
  check,
  lines: facts.map((fact) => ({ document: reference(fact), amount: usd('5000.00') })),
  ...more,
});

const submit = (ledger: FakeLedger, input: PaymentInput, bank: Person) =>
  ledger.submit('markPayments', bank, { payments: [input] });

/** Checks the papers and pays on them. */
async function pay(
  ledger: FakeLedger,
  facts: readonly FactInput[],
  bank: Person = people.bankA,
): Promise<PaymentView> {
  const { id } = await check(ledger, papers(...facts), bank);
  const { answer } = await submit(ledger, payment(id, facts), bank);
  const [item] = answer.items;
  if (item?.status !== 'marked') throw new Error('not marked');
  return item.payment;
}

/** Expects that another bank may not pay on a paper, although its check does not speak against it. */
async function isTaken(ledger: FakeLedger, fact: FactInput, bank: Person = people.bankB): Promise<void> {
  const { id, marked } = await check(ledger, papers(fact), bank);
  expect(marked).toEqual([reference(fact)]);
  await refuses(ledger, 'ALREADY_MARKED', () => submit(ledger, payment(id, [fact]), bank));
}

async function ledgerWithPurchase(): Promise<FakeLedger> {
  const ledger = await openLedger();
  await record(ledger, purchase(), people.otherExporter);
  return ledger;
}

async function ledgerWith(...facts: readonly FactInput[]): Promise<FakeLedger> {
  const ledger = await ledgerWithPurchase();
  for (const fact of facts) await record(ledger, fact, people.carrier);
  return ledger;
}

describe('a payment for an offshore trade', () => {
  it('marks its bill, which then backs no payment at another bank, and at its own the rest of the invoice', async () => {
    const ledger = await ledgerWith(bill());
    const { id: checked, marked } = await check(ledger, papers(bill()));
    expect(marked).toEqual([]);
    const { answer, writes } = await submit(ledger, payment(checked, [bill()]), people.bankA);
    expect(answer.items[0]).toMatchObject({ status: 'marked', payment: { check: checked, state: 'marked' } });
    expect([...writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort()).toEqual([
      'BankAMSP/P~#~1',
      'EnterpriseMSP/P~#~1',
      'public/payment~#',
      'registry/MI~#',
      'registry/MK~#',
      'registry/MK~#',
      'registry/U~#',
    ]);
    await isTaken(ledger, bill());
    const rest = await submit(ledger, payment(checked, [bill()]), people.bankA);
    expect(rest.answer.items[0]).toMatchObject({ status: 'marked', payment: { check: checked } });
    await isTaken(ledger, bill());
    const report = await check(ledger, papers(bill()), people.bankB);
    expect(report).toMatchObject({ verdict: 'consistent', marked: [reference(bill())] });
    expect(JSON.stringify(report)).not.toContain('BankA');
  });

  it('is one of two when both banks mark the same bill at the same moment', async () => {
    const ledger = await ledgerWith(bill());
    const [a, b] = [await check(ledger, papers(bill())), await check(ledger, papers(bill()), people.bankB)];
    const endorsed = await Promise.all([
      ledger.endorse('markPayments', people.bankA, { payments: [payment(a.id, [bill()])] }),
      ledger.endorse('markPayments', people.bankB, { payments: [payment(b.id, [bill()])] }),
    ]);
    expect(endorsed.map((one) => ledger.commit(one))).toEqual([true, false]);
    await refuses(ledger, 'ALREADY_MARKED', () => submit(ledger, payment(b.id, [bill()]), people.bankB));
  });

  it('is one of two when each bank marks another paper of the same goods at the same moment', async () => {
    const cites: FactInput['cites'] = [reference(bill())];
    const ledger = await ledgerWith(bill(), onTrain({ cites }));
    const [a, b] = [
      await check(ledger, papers(bill())),
      await check(ledger, papers(onTrain({ cites })), people.bankB),
    ];
    const endorsed = await Promise.all([
      ledger.endorse('markPayments', people.bankA, { payments: [payment(a.id, [bill()])] }),
      ledger.endorse('markPayments', people.bankB, { payments: [payment(b.id, [onTrain()])] }),
    ]);
    expect(endorsed.map((one) => ledger.commit(one))).toEqual([true, false]);
  });

  it('keeps the waybill of the same containers from backing another', async () => {
    const train = onTrain({ cites: [reference(bill())] });
    const ledger = await ledgerWith(bill(), train);
    await pay(ledger, [train]);
    await isTaken(ledger, bill());
  });

  it('keeps a house bill from backing another once its master does, and the other way round', async () => {
    const house = (number: string) => bill({ number, cites: [reference(bill())] });
    const ledger = await ledgerWith(bill(), house('H-1'), house('H-2'));
    const { id } = await pay(ledger, [house('H-1')]);
    await isTaken(ledger, bill());
    await takeBack(ledger, id);
    await pay(ledger, [bill()]);
    await isTaken(ledger, house('H-1'));
  });

  it('leaves every other part of the trade to a payment of its own', async () => {
    const cites: FactInput['cites'] = [{ type: 'contract', number: 'C-1' }, reference(invoice())];
    const parts = [partOf('P-1', 'CSQU3054383', cites), partOf('P-2', 'MSCU9988773', cites)] as const;
    const ledger = await ledgerWith(...parts);
    await pay(ledger, [parts[0]]);
    expect((await pay(ledger, [parts[1]], people.bankB)).state).toBe('marked');
    await isTaken(ledger, parts[0]);
    await isTaken(ledger, parts[1], people.bankA);
  });

  it('may name several papers of the same goods, without freight or balance between them', async () => {
    const train = onTrain({ cites: [reference(bill())] });
    const receipt: FactInput = {
      type: 'warehouse-receipt',
      number: 'WR-1',
      date: '2026-03-06',
      seller: otherExporter,
      quantity: { amount: '1', unit: 'TNE' },
      cites: [reference(bill())],
      transport: { to: 'Tuas yard' },
    };
    const ledger = await ledgerWith(bill(), train, receipt);
    const { quantity } = receipt;
    if (quantity === undefined) throw new Error('The receipt states a quantity.');
    const { type: _type, ...named } = reference(receipt);
    const document = { type: 'warehouse-receipt' as const, ...named };
    const input = { ...papers(bill(), train), receipts: [{ document, quantity }] };
    const { id } = await check(ledger, input);
    const { answer } = await submit(ledger, payment(id, [bill(), train, receipt]), people.bankA);
    const [item] = answer.items;
    if (item?.status !== 'marked') throw new Error('not marked');
    expect(item.payment.lines.map(({ amount, drawn }) => [amount, drawn])).toEqual(
      Array(3).fill([usd('5000.00'), undefined]),
    );
    const pledged = {
      ...claim(ledger, '1.00', { enterprise: otherExporter, product: 'warehouse' }),
      lines: [],
      collateral: [{ document: reference(receipt), quantity }],
    };
    // Goods that are paid for can still be pledged: a mark is no draw on the balance.
    expect((await ledger.submit('reserveClaims', people.bankB, { claims: [pledged] })).answer).toMatchObject({
      items: [{ status: 'reserved' }],
    });
  });

  it('marks nothing when it comes again under its key', async () => {
    const ledger = await ledgerWith(bill());
    const input = payment((await check(ledger, papers(bill()))).id, [bill()]);
    const first = await submit(ledger, input, people.bankA);
    const again = await submit(ledger, input, people.bankA);
    expect([again.answer, again.writes.size]).toEqual([first.answer, 0]);
    await refuses(ledger, 'IDEMPOTENCY_KEY_REUSED', () =>
      submit(ledger, { ...input, payee: 'Somebody else' }, people.bankA),
    );
  });

  it('gives its mark back when it is reversed by a second person', async () => {
    const ledger = await ledgerWith(bill());
    const { id } = await pay(ledger, [bill()]);
    const reverse = { id, idempotencyKey: freshKey(), reason: 'returned by the correspondent' };
    await refuses(ledger, 'PAYMENT_NOT_FOUND', () => ledger.submit('reversePayment', people.bankB, reverse));
    // Proposed, it still backs its payment.
    await ledger.submit('reversePayment', people.bankA, reverse);
    await isTaken(ledger, bill());
    await ledger.submit('confirmPaymentStep', people.approverA, { id, idempotencyKey: freshKey() });
    expect((await pay(ledger, [bill()], people.bankB)).state).toBe('marked');
  });

  it('is not made on a cancelled bill, nor on what is left of its trade; who has paid on it is told', async () => {
    const train = onTrain({ cites: [reference(bill())] });
    const ledger = await ledgerWith(train);
    const { id: fact } = await record(ledger, bill(), people.carrier);
    const checks = [
      await check(ledger, papers(bill())),
      await check(ledger, papers(train), people.bankB),
    ] as const;
    const { id } = await pay(ledger, [bill()]);
    const { event } = await ledger.submit('cancelFact', people.carrier, { id: fact, reason: 'forged' });
    expect(event?.alerts).toEqual([
      { alert: 'overdrawn', payments: [id], facts: [fact] },
      { alert: 'red-letter', payments: [id], facts: [fact] },
    ]);
    await refuses(ledger, 'FACT_CANCELLED', () =>
      submit(ledger, payment(checks[0].id, [bill()]), people.bankA),
    );
    await refuses(ledger, 'UNDERLYING_OVERDRAWN', () =>
      submit(ledger, payment(checks[1].id, [train]), people.bankB),
    );
  });

  it('is not made on the bill that replaces a cancelled one, while the payment on that one stands', async () => {
    const ledger = await ledgerWithPurchase();
    const { id: fact } = await record(ledger, bill(), people.carrier);
    const { id } = await pay(ledger, [bill()]);
    await ledger.submit('cancelFact', people.carrier, { id: fact, reason: 'switched' });
    const again = bill({ number: 'COSU1002' });
    for (const paper of [again, onTrain({ cites: [reference(again)] })]) {
      await record(ledger, paper, people.carrier);
      expect((await check(ledger, papers(paper), people.bankB)).verdict).toBe('inconsistent');
    }
    const report = await check(ledger, papers(again), people.bankB);
    expect(report.verdict).toBe('inconsistent');
    await takeBack(ledger, id);
    expect((await pay(ledger, [again], people.bankB)).state).toBe('marked');
  });

  it('is found out when two papers that each back one turn out to be of the same goods', async () => {
    const train = onTrain({ transport: { ...bill().transport, containers: ['MSCU9988773'] } });
    const ledger = await ledgerWith(bill());
    const { id: waybill } = await record(ledger, train, people.carrier);
    const paid = [await pay(ledger, [bill()]), await pay(ledger, [train], people.bankB)] as const;
    const { event } = await ledger.submit('amendFact', people.carrier, {
      id: waybill,
      changes: { cites: [reference(bill())] },
      reason: 'the same consignment',
    });
    const [alert] = event?.alerts ?? [];
    expect(alert).toMatchObject({ alert: 'overdrawn' });
    expect([...(alert?.payments ?? [])].sort()).toEqual(paid.map(({ id }) => id).sort());
    const { event: cleared } = await takeBack(ledger, paid[1].id, [people.bankB, people.approverB]);
    expect(cleared?.alerts).toEqual([{ alert: 'overdrawn-cleared', payments: [paid[0].id] }]);
  });

  it('shows nobody who verifies the bill that it is marked', async () => {
    const ledger = await ledgerWith(bill({ total: usd('100.00') }));
    await pay(ledger, [bill()]);
    const { seller } = bill();
    const { answer } = await ledger.endorse('verifyDocument', people.bankB, {
      document: reference(bill()),
      particulars: { enterprise: { scheme: seller.scheme, id: seller.id }, total: usd('100.00') },
    });
    expect(answer).toMatchObject({ remaining: usd('100.00'), liveDraws: 0, warnings: [] });
  });
});

describe('the check that a payment quotes', () => {
  it('is asked for by an offshore trade, and by nothing else', async () => {
    const ledger = await ledgerWith(bill());
    const { id } = await check(ledger, papers(bill()));
    await refuses(ledger, 'CHECK_REQUIRED', () => submit(ledger, payment(undefined, [bill()]), people.bankA));
    await refuses(ledger, 'CHECK_REQUIRED', () =>
      submit(ledger, payment(id, [], { purpose: 'service-trade', amount: usd('1.00') }), people.bankA),
    );
    await refuses(ledger, 'FILING_REQUIRED', () =>
      submit(ledger, payment(id, [], { amount: usd('1.00') }), people.bankA),
    );
  });

  it('is the bank’s own, for this payer, of these papers', async () => {
    const other = bill({ number: 'COSU1002' });
    const ledger = await ledgerWith(bill());
    const { id } = await check(ledger, papers(bill()));
    await refuses(ledger, 'CHECK_NOT_FOUND', () => submit(ledger, payment(id, [bill()]), people.bankB));
    await refuses(ledger, 'NOT_CHECKED', () =>
      submit(ledger, payment(id, [bill()], { payer: otherExporter }), people.bankA),
    );
    const wrong = await refusal(ledger, () =>
      submit(ledger, payment(id, [bill(), other, invoice()]), people.bankA),
    );
    expect(wrong.code).toBe('WRONG_DOCUMENT');
    expect(wrong.body.lines).toMatchObject([
      { line: 1, code: 'NOT_CHECKED' },
      { line: 2, code: 'WRONG_DOCUMENT' },
    ]);
    const spelled = { ...reference(bill()), number: 'cosu 1001' };
    expect((await submit(ledger, payment(id, [spelled]), people.bankA)).answer).toMatchObject({
      items: [{ status: 'marked' }],
    });
  });

  it('has not found the papers inconsistent, and does not find them so now', async () => {
    const ledger = await ledgerWith(bill());
    const { id: paper } = await record(ledger, invoice());
    const wrong = await check(ledger, asked({ invoice: toldPurchase, bills: [told({ to: 'NLRTM' })] }));
    await refuses(ledger, 'CHECK_INCONSISTENT', () =>
      submit(ledger, payment(wrong.id, [bill()]), people.bankA),
    );
    const document = { type: 'tax-invoice' as const, number: 'INV-001' };
    const { id } = await check(ledger, asked({ invoice: { document, total: usd('100.00') } }));
    await ledger.submit('cancelFact', people.tax, { id: paper, reason: 'red letter' });
    await refuses(ledger, 'CHECK_INCONSISTENT', () => submit(ledger, payment(id, [bill()]), people.bankA));
  });

  it('may have found that nobody has recorded something: that is for the bank to judge', async () => {
    const { events: _events, ...transport } = bill().transport ?? {};
    const ledger = await ledgerWith(bill({ transport }));
    const { id, verdict } = await check(ledger, papers(bill()));
    expect(verdict).toBe('not-covered');
    expect((await submit(ledger, payment(id, [bill()]), people.bankA)).answer).toMatchObject({
      items: [{ status: 'marked' }],
    });
    const unknown = await check(ledger, papers(bill({ number: 'COSU9999' })));
    // Whether there is another one under this number is not told.
    await refuses(ledger, 'NOT_CHECKED', () =>
      submit(ledger, payment(unknown.id, [bill({ number: 'COSU9999' })]), people.bankA),
    );
  });
});
