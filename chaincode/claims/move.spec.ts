import type { ClaimView, Input } from '../api.js';
import type { FakeLedger, Person } from '../testing/fake-ledger.js';
import {
  claim,
  declaration,
  disburse,
  exporter,
  freshKey,
  invoice,
  openLedger,
  otherExporter,
  people,
  record,
  refusal,
  refuses,
  remainingOf,
  reserve,
  usd,
} from '../testing/story.js';
import type { FactInput } from '../facts/api.js';

const orderNumber = 'PO7';

function order(more: Partial<FactInput> = {}): FactInput {
  return {
    ...declaration(),
    type: 'purchase-order',
    number: orderNumber,
    buyer: { ...otherExporter, name: 'Buyer' },
    ...more,
  };
}

/** An invoice of the order, in the tax authority's words. */
function invoiced(number: string, total: string, more: Partial<FactInput> = {}): FactInput {
  return invoice({
    number,
    total: usd(total),
    cites: [{ type: 'purchase-order', number: orderNumber }],
    ...more,
  });
}

function confirming(ledger: FakeLedger) {
  return (amount: string, more: Partial<Input<'confirmDebt'>> = {}, total = '100.00') =>
    ledger.submit('confirmDebt', people.otherExporter, {
      idempotencyKey: freshKey(),
      document: { type: 'purchase-order', number: orderNumber },
      particulars: { seller: exporter, total: usd(total) },
      amount: usd(amount),
      ...more,
    });
}

const onOrder = (ledger: FakeLedger, amount: string) =>
  claim(ledger, amount, {
    product: 'order',
    lines: [{ document: { type: 'purchase-order', number: orderNumber }, amount: usd(amount) }],
  });

const on = (ledger: FakeLedger, { type, number }: FactInput, amount: string, person: Person = people.bankB) =>
  reserve(
    ledger,
    claim(ledger, amount, { lines: [{ document: { type, number }, amount: usd(amount) }] }),
    person,
  );

function moving(ledger: FakeLedger) {
  return (id: string, to: FactInput, amount: string, person: Person = people.bankA) =>
    ledger.submit('moveClaim', person, {
      id,
      idempotencyKey: freshKey(),
      lines: [
        {
          order: { number: orderNumber },
          document: { type: to.type, number: to.number },
          amount: usd(amount),
        },
      ],
    });
}

/** An order of 100.00 that its buyer has confirmed. */
async function ordered() {
  const ledger = await openLedger();
  const { id, underlying } = await record(ledger, order());
  const confirm = confirming(ledger);
  await confirm('100.00');
  return { ledger, fact: id, underlying, confirm, move: moving(ledger) };
}

const linesOf = ({ lines }: ClaimView) =>
  lines.map(({ document, amount, outstanding }) => [document.number, amount.amount, outstanding.amount]);

describe('an order whose trade the regulator holds', () => {
  it('lets no claim go on to an invoice until the regulator has decided', async () => {
    const { ledger, move } = await ordered();
    const { id } = await reserve(ledger, onOrder(ledger, '50.00'));
    const raised = await ledger.submit('raiseObjection', people.exporter, {
      idempotencyKey: freshKey(),
      document: { type: 'purchase-order', number: orderNumber },
      enterprise: exporter,
      reason: 'Nobody has ordered this.',
    });
    const decide = (outcome: Input<'decideObjection'>['outcome']) =>
      ledger.submit('decideObjection', people.regulatorApprover, {
        id: raised.answer.id,
        idempotencyKey: freshKey(),
        outcome,
        reason: 'Looked into.',
      });
    const bill = invoiced('INVHELD', '60.00');
    await record(ledger, bill);
    await decide('hold');
    await refuses(ledger, 'TRADE_ON_HOLD', () => move(id, bill, '50.00'));
    await decide('dismiss');
    expect(linesOf((await move(id, bill, '50.00')).answer)).toEqual([['INVHELD', '50.00', '50.00']]);
  });
});

describe('an order that its buyer confirms', () => {
  it('carries nothing before, and then what is confirmed, whoever draws', async () => {
    const ledger = await openLedger();
    await record(ledger, order());
    const confirm = confirming(ledger);
    await refuses(ledger, 'DEBT_NOT_CONFIRMED', () => reserve(ledger, onOrder(ledger, '10.00')));
    await confirm('80.00');
    await refuses(ledger, 'EXCEEDS_BALANCE', () => reserve(ledger, onOrder(ledger, '80.01')));
    expect((await reserve(ledger, onOrder(ledger, '50.00'))).product).toBe('order');
    await refuses(ledger, 'EXCEEDS_BALANCE', () => reserve(ledger, onOrder(ledger, '30.01'), people.bankB));
    await reserve(ledger, onOrder(ledger, '30.00'), people.bankB);
    expect(await remainingOf(ledger, order())).toBe('0.00');
  });

  it('is drawn on by order financing alone, and for the one bank that the buyer has named', async () => {
    const ledger = await openLedger();
    await record(ledger, order());
    await confirming(ledger)('100.00', { payTo: 'BankBMSP' });
    await refuses(ledger, 'DEBT_OF_OTHERS', () => reserve(ledger, onOrder(ledger, '10.00')));
    const asInvoice = { ...onOrder(ledger, '10.00'), product: 'invoice' as const };
    await refuses(ledger, 'NOT_FINANCEABLE', () => reserve(ledger, asInvoice, people.bankB));
    expect((await reserve(ledger, onOrder(ledger, '10.00'), people.bankB)).state).toBe('reserved');
  });

  it('is confirmed for more once it has grown, never for less, and for no other bank', async () => {
    const { ledger, fact, confirm } = await ordered();
    await refuses(ledger, 'DEBT_CONFIRMED', () => confirm('90.00'));
    const changes = { total: usd('150.00') };
    await ledger.submit('amendFact', people.exporter, { id: fact, changes, reason: 'More was ordered.' });
    expect(await remainingOf(ledger, order(changes))).toBe('100.00');
    await refuses(ledger, 'DEBT_CONFIRMED', () => confirm('150.00', { payTo: 'BankBMSP' }, '150.00'));
    const { writes } = await confirm('150.00', {}, '150.00');
    expect([...writes.keys()].filter((key) => /\/(DC|U)~/.test(key))).toHaveLength(2);
    expect(await remainingOf(ledger, order(changes))).toBe('150.00');
  });

  it('is neither lowered nor taken back from under a bank, and keeps its buyer', async () => {
    const { ledger, fact, move } = await ordered();
    const change = (changes: Input<'amendFact'>['changes']) =>
      ledger.submit('amendFact', people.exporter, { id: fact, changes, reason: 'Changed.' });
    const { id } = await reserve(ledger, onOrder(ledger, '60.00'));
    await refuses(ledger, 'ORDER_CONFIRMED', () => change({ buyer: { ...exporter, name: 'Somebody else' } }));
    await refuses(ledger, 'ORDER_DRAWN', () => change({ total: usd('59.99') }));
    await refuses(ledger, 'ORDER_DRAWN', () =>
      ledger.submit('cancelFact', people.exporter, { id: fact, reason: 'Taken back.' }),
    );
    await change({ total: usd('60.00') });
    // What was invoiced of it holds it as well.
    const part = invoiced('INV1', '60.00');
    await record(ledger, part);
    await move(id, part, '60.00');
    await refuses(ledger, 'ORDER_DRAWN', () => change({ total: usd('59.99') }));
  });

  it('is not taken back while an invoice leans on it that another order cannot carry alone', async () => {
    const { ledger } = await ordered();
    const other = await record(ledger, order({ number: 'PO8', total: usd('20.00') }));
    await reserve(ledger, onOrder(ledger, '60.00'));
    const cites = [orderNumber, 'PO8'].map((number) => ({ type: 'purchase-order', number }) as const);
    const both = invoiced('INV2', '20.00', { cites });
    await record(ledger, both);
    await on(ledger, both, '20.00');
    await ledger.submit('confirmDebt', people.otherExporter, {
      idempotencyKey: freshKey(),
      document: { type: 'purchase-order', number: 'PO8' },
      particulars: { seller: exporter, total: usd('20.00') },
      amount: usd('20.00'),
    });
    // Now PO8 carries the invoice, and PO7 has room for as much more.
    await reserve(ledger, onOrder(ledger, '40.00'));
    const takeBack = () =>
      ledger.submit('cancelFact', people.exporter, { id: other.id, reason: 'Taken back.' });
    await refuses(ledger, 'ORDER_DRAWN', takeBack);
  });

  it('stays below an invoice that only the own copy of the seller ties to it', async () => {
    const { ledger, move } = await ordered();
    const { id } = await reserve(ledger, onOrder(ledger, '60.00'));
    const taxed = invoice({ number: 'INV1', total: usd('60.00') });
    await record(ledger, taxed);
    const own = await record(ledger, invoiced('INV1', '60.00', { type: 'commercial-invoice' }));
    await move(id, taxed, '60.00');
    expect(await remainingOf(ledger, order())).toBe('40.00');
    const untie = () =>
      ledger.submit('amendFact', people.exporter, { id: own.id, changes: { cites: [] }, reason: 'Changed.' });
    await refuses(ledger, 'ORDER_DRAWN', untie);
    await ledger.submit('withdrawClaim', people.bankA, { id, idempotencyKey: freshKey() });
    await untie();
    expect(await remainingOf(ledger, order())).toBe('100.00');
  });

  it('stays below it while a paper of the trade is in a currency that nobody can compare', async () => {
    const { ledger, move } = await ordered();
    const { id } = await reserve(ledger, onOrder(ledger, '60.00'));
    const taxed = invoice({ number: 'INV1', total: usd('60.00') });
    await record(ledger, taxed);
    const own = await record(ledger, invoiced('INV1', '60.00', { type: 'commercial-invoice' }));
    await move(id, taxed, '60.00');
    await record(
      ledger,
      invoiced('INV2', '1.00', { type: 'commercial-invoice', total: { amount: '1', currency: 'XPF' } }),
    );
    await refuses(ledger, 'ORDER_DRAWN', () =>
      ledger.submit('amendFact', people.exporter, { id: own.id, changes: { cites: [] }, reason: 'Changed.' }),
    );
  });

  it('stays below it also when that copy is taken back', async () => {
    const { ledger, move } = await ordered();
    const { id } = await reserve(ledger, onOrder(ledger, '60.00'));
    const taxed = invoice({ number: 'INV1', total: usd('60.00') });
    await record(ledger, taxed);
    const own = await record(ledger, invoiced('INV1', '60.00', { type: 'commercial-invoice' }));
    await move(id, taxed, '60.00');
    await ledger.submit('cancelFact', people.exporter, { id: own.id, reason: 'Taken back.' });
    expect(await remainingOf(ledger, order())).toBe('40.00');
  });

  it('has one number with its seller, and is not replaced by another paper', async () => {
    const { ledger } = await ordered();
    const replacing = order({ number: 'PO8', replaces: { number: orderNumber } });
    for (const [code, paper] of [
      ['REPLACES_INVALID', replacing],
      ['FIELD_NOT_ALLOWED', order({ numberingPeriod: '2026' })],
      ['FACT_EXISTS', order({ buyer: { scheme: 'LEI', id: '529900T8BM49AURSDO55', name: 'Other' } })],
      ['FIELD_REQUIRED', order({ number: 'PO9', buyer: undefined })],
    ] as const) {
      await refuses(ledger, code, () => record(ledger, paper));
    }
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.submit('recordFacts', people.tax, { facts: [order({ number: 'PO9' })] }),
    );
  });
});

describe('the invoice of an order', () => {
  it('takes the claim over in one transaction, and history shows it', async () => {
    const { ledger, fact, underlying, move } = await ordered();
    const { id } = await disburse(ledger, onOrder(ledger, '100.00'));
    const invoice = invoiced('INV1', '100.00');
    const recorded = await record(ledger, invoice);
    expect(recorded.underlying).toBe(underlying);
    // Neither the invoice while the order is financed, nor the order once the invoice is drawn.
    await refuses(ledger, 'EXCEEDS_BALANCE', () => on(ledger, invoice, '0.01'));
    const { answer, writes } = await move(id, invoice, '100.00');
    expect(linesOf(answer)).toEqual([['INV1', '100.00', '100.00']]);
    expect(answer).toMatchObject({ state: 'disbursed', seq: 4, product: 'order' });
    expect(answer.moves).toMatchObject([{ order: orderNumber, amount: usd('100.00') }]);
    expect([...writes.keys()].sort()).toEqual(
      [
        `BankAMSP/C~${id}~4`,
        `EnterpriseMSP/C~${id}~4`,
        `public/claim~${id}`,
        `registry/U~${underlying}`,
      ].sort(),
    );
    const trade = JSON.parse(writes.get(`registry/U~${underlying}`) ?? '') as {
      draws: { fact: string; amount: string }[];
      overdrawn: string[];
    };
    expect(trade.draws).toMatchObject([{ fact: recorded.id, amount: '10000' }]);
    expect(trade.overdrawn).toEqual([]);
    expect(await remainingOf(ledger, order())).toBe('0.00');
    expect(fact).not.toBe(recorded.id);
    await refuses(ledger, 'EXCEEDS_BALANCE', () => reserve(ledger, onOrder(ledger, '0.01'), people.bankB));
  });

  it('takes it over in part, and the rest of the order stays financed', async () => {
    const { ledger, move } = await ordered();
    const { id } = await disburse(ledger, onOrder(ledger, '100.00'));
    const [first, second] = [invoiced('INV1', '60.00'), invoiced('INV2', '40.00')];
    await record(ledger, first);
    await refuses(ledger, 'EXCEEDS_BALANCE', () => move(id, first, '60.01'));
    const part = await move(id, first, '60.00');
    expect(linesOf(part.answer)).toEqual([
      [orderNumber, '40.00', '40.00'],
      ['INV1', '60.00', '60.00'],
    ]);
    await record(ledger, second);
    await refuses(ledger, 'EXCEEDS_BALANCE', () => on(ledger, second, '0.01'));
    await refuses(ledger, 'MOVE_INVALID', () => move(id, second, '40.01'));
    const whole = await move(id, second, '40.00');
    expect(linesOf(whole.answer)).toEqual([
      ['INV2', '40.00', '40.00'],
      ['INV1', '60.00', '60.00'],
    ]);
    await refuses(ledger, 'MOVE_INVALID', () => move(id, second, '0.01'));
  });

  it('stands for what a repayment had left, and a reversed one lies on the order again', async () => {
    const { ledger, move } = await ordered();
    const { id } = await disburse(ledger, onOrder(ledger, '100.00'));
    const command = () => ({ id, idempotencyKey: freshKey() });
    await ledger.submit('repayClaim', people.bankA, {
      ...command(),
      amount: usd('30.00'),
      source: 'own-funds',
      document: { type: 'purchase-order', number: orderNumber },
    });
    const paper = invoiced('INV1', '100.00');
    await record(ledger, paper);
    await refuses(ledger, 'MOVE_INVALID', () => move(id, paper, '70.01'));
    const moved = await move(id, paper, '70.00');
    expect(linesOf(moved.answer)).toEqual([
      [orderNumber, '30.00', '0.00'],
      ['INV1', '70.00', '70.00'],
    ]);
    expect(await remainingOf(ledger, paper)).toBe('30.00');
    const reversal = { ...command(), entry: 'repayment' as const, repayment: 1, reason: 'It never came.' };
    await ledger.submit('reverseEntry', people.bankA, reversal);
    const { answer } = await ledger.submit('confirmStep', people.approverA, command());
    expect(linesOf(answer)).toEqual([
      [orderNumber, '30.00', '30.00'],
      ['INV1', '70.00', '70.00'],
    ]);
    expect(await remainingOf(ledger, paper)).toBe('0.00');
  });

  it('holds what a declaration draws too, whose invoice cites the order', async () => {
    const { ledger, move } = await ordered();
    const { id } = await reserve(ledger, onOrder(ledger, '100.00'));
    const declared = declaration({ cites: [{ type: 'tax-invoice', number: 'INV1' }] });
    await record(ledger, declared);
    expect(await remainingOf(ledger, declared)).toBe('100.00');
    await record(ledger, invoiced('INV1', '100.00'));
    expect(await remainingOf(ledger, declared)).toBe('0.00');
    const { answer } = await move(id, declared, '100.00');
    expect(linesOf(answer)).toEqual([[declared.number, '100.00', '100.00']]);
    expect(answer.state).toBe('reserved');
    await ledger.submit('acceptClaim', people.approverA, { id, idempotencyKey: freshKey() });
  });

  it('is of that order, of the same seller, and of a claim of the caller’s', async () => {
    const { ledger, move } = await ordered();
    const { id } = await reserve(ledger, onOrder(ledger, '50.00'));
    const stranger = invoice({ number: 'INV9' });
    const others = invoiced('INV8', '100.00', { seller: { ...otherExporter, name: 'Other' } });
    await record(ledger, stranger);
    await record(ledger, others);
    ledger.banksVerify = false;
    const told = await refusal(ledger, () => move(id, stranger, '10.00'));
    expect(told.body.lines).toMatchObject([{ line: 0, code: 'NOT_OF_ORDER' }]);
    const unknown = await refusal(ledger, () => move(id, others, '10.00'));
    expect(unknown.code).toBe('NOT_VERIFIED');
    await refuses(ledger, 'CLAIM_NOT_FOUND', () => move(id, stranger, '10.00', people.bankB));
    await refuses(ledger, 'MOVE_INVALID', () => move(id, order(), '10.00'));
    const paper = invoiced('INV1', '100.00');
    await record(ledger, paper);
    await ledger.submit('withdrawClaim', people.bankA, { id, idempotencyKey: freshKey() });
    await refuses(ledger, 'INVALID_STATE', () => move(id, paper, '10.00'));
  });

  it('finds its order late, and what is drawn on both is known to be too much', async () => {
    const ledger = await openLedger();
    const paper = invoiced('INV1', '100.00');
    await record(ledger, paper);
    await on(ledger, paper, '100.00');
    await record(ledger, order());
    await confirming(ledger)('100.00');
    await refuses(ledger, 'EXCEEDS_BALANCE', () => reserve(ledger, onOrder(ledger, '0.01')));
  });
});
