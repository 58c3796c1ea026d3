import type { FactInput } from '../../api.js';
import type { ErrorCode } from '../../errors.js';
import type { FakeLedger, Person } from '../../testing/fake-ledger.js';
import { asked, bill, check, purchase, told, toldPurchase } from '../../testing/offshore-trade.js';
import {
  exporter,
  freshKey,
  openLedger,
  otherExporter,
  people,
  record,
  refusal,
  refuses,
  usd,
} from '../../testing/story.js';
import { takeBack } from '../../testing/reversals.js';

const regulatorApprover = { mspId: 'RegulatorMSP', role: 'approver', id: 'approver' } as const;
const stranger = { scheme: 'USCC', id: '91310000775785552L' } as const;
const consignedTo = (consignee: NonNullable<FactInput['transport']>['consignee']) =>
  bill({ transport: { ...bill().transport, consignee } });

const payment = (checkId: string, amount = '5000.00', payer: FactInput['seller'] = exporter) => ({
  idempotencyKey: freshKey(),
  reference: 'TT-1',
  payer,
  payee: 'Jakarta Metals',
  purpose: 'offshore-trade' as const,
  amount: usd(amount),
  paidOn: '2026-03-10',
  check: checkId,
  lines: [{ document: { type: 'bill-of-lading' as const, number: 'COSU1001' }, amount: usd(amount) }],
});

async function trade(paper: FactInput = bill(), sale: FactInput = purchase()): Promise<FakeLedger> {
  const ledger = await openLedger();
  await record(ledger, paper, people.carrier);
  await record(ledger, sale, people.otherExporter);
  return ledger;
}

/** Has the papers checked; returns the payment that quotes the check. */
async function toPay(
  ledger: FakeLedger,
  amount = '5000.00',
  person: Person = people.bankA,
  more: Parameters<typeof asked>[0] = { invoice: toldPurchase },
) {
  const { id } = await check(ledger, asked(more), person);
  const input = payment(id, amount, more.enterprise ?? exporter);
  return () => ledger.submit('markPayments', person, { payments: [input] });
}

async function pay(...as: Parameters<typeof toPay>) {
  const { answer } = await (await toPay(...as))();
  const [item] = answer.items;
  if (item?.status !== 'marked') throw new Error('not marked');
  return item.payment;
}

async function payRefused(code: ErrorCode, ...as: Parameters<typeof toPay>) {
  await refuses(as[0], code, await toPay(...as));
}

describe('the payer of an offshore trade', () => {
  it('is whom the bill names, not whoever knows the container', async () => {
    const other = consignedTo(stranger);
    const ledger = await trade(other, purchase({ cites: [] }));
    const error = await refusal(ledger, await toPay(ledger, '0.01'));
    expect([error.code, error.body.lines]).toEqual([
      'PAYER_NOT_NAMED',
      [expect.objectContaining({ line: 0, code: 'PAYER_NOT_NAMED' })],
    ]);
  });

  it('may be told of the arrival only, or have the shipper’s invoice for it', async () => {
    const { consignee: _consignee, ...toOrder } = bill().transport ?? {};
    await pay(await trade(bill({ transport: { ...toOrder, notifyParty: exporter } })));
    const cites: FactInput['cites'] = [{ type: 'bill-of-lading', number: 'COSU1001' }];
    const shipped = bill({ transport: { ...toOrder, shipper: otherExporter } });
    await pay(await trade(shipped, purchase({ cites })));
    // Somebody else's invoice that cites the bill is that firm's word alone.
    const another = bill({ transport: { ...toOrder, shipper: stranger } });
    const ledger = await trade(another, purchase({ cites }));
    await payRefused('PAYER_NOT_NAMED', ledger);
  });

  it('may have the consent of somebody whom the bill names, and of nobody else', async () => {
    const ledger = await trade(consignedTo(otherExporter));
    const consent = { document: { type: 'bill-of-lading' as const, number: 'COSU1001' }, payer: exporter };
    await refuses(ledger, 'FACT_NOT_FOUND', () => ledger.submit('consentToMark', people.exporter, consent));
    await payRefused('PAYER_NOT_NAMED', ledger);
    const given = await ledger.submit('consentToMark', people.otherExporter, consent);
    const keysOf = ({ writes }: typeof given) =>
      [...writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort();
    expect(keysOf(given)).toEqual(['EnterpriseMSP/MG~#~1', 'public/mark-consent~#', 'registry/MC~#']);
    // Again it changes nothing but the day.
    const again = await ledger.submit('consentToMark', people.otherExporter, consent);
    expect(keysOf(again)).toEqual(['EnterpriseMSP/MG~#~2', 'public/mark-consent~#', 'registry/MC~#']);
    expect((await pay(ledger)).state).toBe('marked');
  });
});

describe('the amount of an offshore payment', () => {
  it('is held against the invoice that was checked, all payments together', async () => {
    const ledger = await trade();
    await payRefused('EXCEEDS_INVOICE', ledger, '9999999999999.99');
    await payRefused('EXCEEDS_INVOICE', ledger, '84000.01');
    await pay(ledger, '60000.00');
    await record(
      ledger,
      bill({ number: 'COSU1002', transport: { ...bill().transport, containers: ['MSCU9988773'] } }),
      people.carrier,
    );
    const bills = [
      told({ document: { type: 'bill-of-lading', number: 'COSU1002' }, containers: ['MSCU9988773'] }),
    ];
    const { id } = await check(ledger, asked({ bills, invoice: toldPurchase }), people.bankB);
    const second = (amount: string) => ({
      ...payment(id, amount),
      lines: [{ document: bills[0]?.document ?? told().document, amount: usd(amount) }],
    });
    const submit = (amount: string) => () =>
      ledger.submit('markPayments', people.bankB, { payments: [second(amount)] });
    await refuses(ledger, 'EXCEEDS_INVOICE', submit('24000.01'));
    await submit('24000.00')();
  });

  it('needs an invoice on record that is not the payer’s own word', async () => {
    const ledger = await trade();
    await payRefused('INVOICE_REQUIRED', ledger, '1.00', people.bankA, {});
    const unknown = { ...toldPurchase, document: { ...toldPurchase.document, number: 'SALE-9' } };
    await payRefused('INVOICE_REQUIRED', ledger, '1.00', people.bankA, { invoice: unknown });
    await record(
      ledger,
      purchase({ number: 'OWN-1', seller: exporter, buyer: otherExporter }),
      people.exporter,
    );
    const own = {
      document: { type: 'commercial-invoice' as const, number: 'OWN-1' },
      total: usd('84000.00'),
    };
    await payRefused('INVOICE_REQUIRED', ledger, '1.00', people.bankA, { invoice: own });
  });
});

describe('a check', () => {
  it('names every paper once', async () => {
    const ledger = await trade();
    const guesses = ['24000', '25000'].map((weight) =>
      told({ cargo: [{ hsCode: '820411', packages: 10, weight: Number(weight) }] }),
    );
    const { body } = await refusal(ledger, () =>
      ledger.submit('checkOffshore', people.bankA, asked({ bills: guesses })),
    );
    expect(body).toMatchObject({ field: 'bills.1.document' });
  });

  it('says of a guess what it says of a bill that nobody has recorded', async () => {
    const ledger = await trade();
    const guess = { document: told().document, containers: ['MSCU9988773'] };
    const none = { document: { ...told().document, number: 'COSU9999' }, containers: ['MSCU9988773'] };
    const reports = [
      await check(ledger, asked({ bills: [guess] })),
      await check(ledger, asked({ bills: [none] })),
    ];
    const said = reports.map(({ verdict, dimensions, marked }) =>
      JSON.stringify({ verdict, dimensions, marked }).replaceAll(/COSU\d+/g, '#'),
    );
    expect(said[0]).toBe(said[1]);
    expect(reports[0]?.verdict).toBe('not-covered');
  });
});

describe('a mark', () => {
  it('is lifted by the regulator: its bank is told, and bill and invoice are free', async () => {
    const ledger = await trade();
    const { id } = await pay(ledger, '60000.00');
    await payRefused('ALREADY_MARKED', ledger, '1.00', people.bankB);
    const command = { id, idempotencyKey: freshKey(), owner: 'BankAMSP', reason: 'Not the buyer’s bank.' };
    await refuses(ledger, 'WRONG_ORGANISATION', () => ledger.submit('liftMark', people.approverB, command));
    await refuses(ledger, 'PERMISSION_DENIED', () => ledger.submit('liftMark', people.regulator, command));
    const { answer, event } = await ledger.submit('liftMark', regulatorApprover, command);
    expect(answer).toMatchObject({ state: 'lifted', reason: command.reason });
    expect(event?.alerts).toContainEqual({ alert: 'mark-lifted', payments: [id] });
    const again = await ledger.submit('liftMark', regulatorApprover, command);
    expect([again.answer, again.writes.size]).toEqual([answer, 0]);
    await refuses(ledger, 'INVALID_STATE', () =>
      ledger.submit('liftMark', regulatorApprover, { ...command, idempotencyKey: freshKey() }),
    );
    expect((await pay(ledger, '84000.00', people.bankB)).state).toBe('marked');
  });

  it('is found by a stranger’s paper of the same container, though the two are never one trade', async () => {
    const ledger = await trade();
    await pay(ledger);
    const switched = bill({
      number: 'SWITCH-1',
      seller: { scheme: 'LEGAL', id: 'ANOTHERFORWARDER' },
      transport: { ...bill().transport, consignee: exporter },
    });
    await record(ledger, switched, people.carrier);
    const bills = [told({ document: { type: 'bill-of-lading', number: 'SWITCH-1' } })];
    const { marked } = await check(ledger, asked({ bills, invoice: toldPurchase }), people.bankB);
    expect(marked).toEqual([{ type: 'bill-of-lading', number: 'SWITCH-1' }]);
  });
});

describe('a sale that is paid in instalments', () => {
  it('marks its bill again for what is left of the invoice, and no more', async () => {
    const ledger = await trade();
    await pay(ledger, '30000.00');
    await payRefused('EXCEEDS_INVOICE', ledger, '54000.01');
    await payRefused('ALREADY_MARKED', ledger, '1.00', people.bankB);
    await pay(ledger, '54000.00');
    await payRefused('ALREADY_MARKED', ledger, '0.01');
    const report = await check(ledger, asked({ invoice: toldPurchase }), people.bankB);
    expect(report.verdict).toBe('consistent');
  });

  it('frees what one of them had marked when it comes back, and keeps the other one’s mark', async () => {
    const ledger = await trade();
    const [first] = [await pay(ledger, '30000.00'), await pay(ledger, '54000.00')];
    await takeBack(ledger, first.id);
    await payRefused('ALREADY_MARKED', ledger, '1.00', people.bankB);
    await payRefused('EXCEEDS_INVOICE', ledger, '30000.01');
    await pay(ledger, '30000.00');
  });
});
