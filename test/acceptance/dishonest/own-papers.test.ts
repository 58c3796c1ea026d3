import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { BlockReader } from '../support/block-reader.js';
import {
  bank,
  type BankPeople,
  consortium,
  customsOfficer,
  person,
  taxOfficer,
} from '../support/consortium.js';
import {
  cite,
  claim,
  declaration,
  otherExporter,
  record,
  reference,
  taxInvoice,
  usd,
  verify,
} from '../support/documents.js';
import { expectRefused } from '../support/nothing-written.js';
import { asOwnInvoice, disburse, reserve } from '../support/steps.js';

describe('a seller whose own papers lie', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  let customs: Client;
  let tax: Client;
  let mine: Client;
  beforeAll(async () => {
    [reader, a, b, customs, tax, mine] = await Promise.all([
      BlockReader.open(consortium()),
      bank('A'),
      bank('B'),
      customsOfficer(),
      taxOfficer(),
      person('EnterpriseMSP', 'exporter-1'),
    ]);
  });
  afterAll(() => {
    reader.close();
  });

  const own = (more: Partial<FactInput>) => asOwnInvoice(taxInvoice({ total: usd('99999.00'), ...more }));
  const exceeds = { status: 409, code: 'EXCEEDS_BALANCE' };
  const left = async (fact: FactInput) => at((await verify(b.officer, fact)).body, 'remaining');
  const refuses = (fact: FactInput, amount: string, expected: { status: number; code: string } = exceeds) =>
    expectRefused(reader, () => b.officer.post('/claims', claim(reference(fact), usd(amount))), expected);

  it('joins two sales: nothing rises on either side', async () => {
    const first = taxInvoice({ total: usd('500.00') });
    const declared = declaration({ total: usd('1000.00'), cites: [cite(first)] });
    const second = taxInvoice({ total: usd('1000.00') });
    const other = declaration({ total: usd('500.00'), cites: [cite(second)] });
    for (const [authority, fact] of [
      [tax, first],
      [customs, declared],
      [tax, second],
      [customs, other],
    ] as const)
      await record(authority, fact);
    await disburse(a, reference(declared), usd('500.00'));
    await disburse(a, reference(second), usd('500.00'));
    await record(mine, own({ cites: [cite(declared), cite(other)] }));
    for (const fact of [first, declared, second, other]) {
      expect(await left(fact)).toEqual(usd('0.00'));
      await refuses(fact, '0.01');
    }
    const answer = await b.officer.post('/claims', claim(reference(declared), usd('500.00')));
    const [line] = listAt(answer.body, 'lines');
    expect(line?.['limitedBy']).toEqual({
      family: 'invoice',
      documents: [{ type: 'tax-invoice', number: first.number }],
    });
  });

  it('revives no cancelled sale and clears no overdraft', async () => {
    const invoice = taxInvoice();
    const declared = declaration({ cites: [cite(invoice)] });
    const fact = await record(tax, invoice);
    await record(customs, declared);
    await disburse(a, reference(declared), usd('600.00'));
    await tax.post(`/facts/${fact}/cancellation`, { reason: 'Red letter.' });
    expect((await verify(b.officer, declared)).body).toMatchObject({
      remaining: usd('0.00'),
      warnings: expect.arrayContaining([{ warning: 'overdrawn' }]) as unknown,
    });
    await record(mine, own({ cites: [cite(declared)] }));
    expect((await verify(b.officer, declared)).body).toMatchObject({
      remaining: usd('0.00'),
      warnings: expect.arrayContaining([{ warning: 'overdrawn' }]) as unknown,
    });
    await refuses(declared, '1.00', { status: 409, code: 'UNDERLYING_OVERDRAWN' });
  });

  it('does not offer again what was repaid from the proceeds', async () => {
    const invoice = taxInvoice({ total: usd('606.00') });
    const declared = declaration({ total: usd('1001.00'), cites: [cite(invoice)] });
    const second = taxInvoice({ total: usd('400.00') });
    for (const [authority, fact] of [
      [tax, invoice],
      [customs, declared],
      [tax, second],
    ] as const) {
      await record(authority, fact);
    }
    const id = await disburse(a, reference(declared), usd('606.00'));
    const repaid = await a.officer.post(`/claims/${id}/repayments`, {
      amount: usd('606.00'),
      source: 'proceeds',
    });
    expect(repaid.status).toBe(200);
    await record(mine, own({ cites: [cite(declared), cite(second)] }));
    expect(await left(declared)).toEqual(usd('0.00'));
    expect(await left(invoice)).toEqual(usd('0.00'));
    expect(await left(second)).toEqual(usd('400.00'));
  });

  it('is financed only on the one document of an authority beside it, within what both state', async () => {
    const declared = declaration();
    await record(customs, declared);
    const invoice = own({ total: usd('800.00'), cites: [cite(declared)] });
    await record(mine, invoice);
    const id = await reserve(a, reference(invoice), usd('300.00'));
    expect(textAt((await a.officer.get(`/claims/${id}`)).body, 'state')).toBe('reserved');
    expect(await left(invoice)).toEqual(usd('500.00'));
    expect(await left(declared)).toEqual(usd('500.00'));
    const alone = own({});
    await record(mine, alone);
    await refuses(alone, '1.00', { status: 409, code: 'NOT_CORROBORATED' });
    expect((await verify(b.officer, alone)).body).toMatchObject({
      remaining: usd('0.00'),
      warnings: expect.arrayContaining([{ warning: 'not-corroborated' }]) as unknown,
    });
    const second = declaration();
    await record(customs, second);
    const both = own({ cites: [cite(declared), cite(second)] });
    await record(mine, both);
    await refuses(both, '1.00', { status: 409, code: 'SEVERAL_AUTHORITIES' });
  });

  it('takes no credit note’s number from the authority, and none back while something is drawn', async () => {
    const invoice = taxInvoice();
    await record(tax, invoice);
    const note = (more: Partial<FactInput>): FactInput =>
      taxInvoice({ type: 'credit-note', corrects: { number: invoice.number }, ...more });
    const small = note({ total: usd('0.01') });
    const fact = await record(mine, small);
    const real = { ...small, total: usd('800.00') };
    expect((await tax.post('/facts', real)).body).toMatchObject({
      id: fact,
      version: 2,
      authority: 'TaxMSP',
    });
    expect(await left(invoice)).toEqual(usd('200.00'));

    const sold = taxInvoice();
    await record(tax, sold);
    const true_ = taxInvoice({
      type: 'credit-note',
      corrects: { number: sold.number },
      total: usd('400.00'),
    });
    const recorded = await record(mine, true_);
    await reserve(a, reference(sold), usd('600.00'));
    const withdraw = () => mine.post(`/facts/${recorded}/cancellation`, { reason: 'Mistake.' });
    await expectRefused(reader, withdraw, { status: 403, code: 'FOUR_EYES' });
    expect(await left(sold)).toEqual(usd('0.00'));
  });

  it('does not limit, and is not limited by, whoever shares a bill or a box', async () => {
    const bill = { type: 'bill-of-lading', number: `SHARED${String(Date.now())}` } as const;
    const theirs = declaration({ seller: otherExporter, total: usd('3000.00'), cites: [bill] });
    await record(customs, theirs);
    await record(mine, own({ total: usd('5.00'), cites: [bill] }));
    const small = taxInvoice({ total: usd('5.00'), cites: [bill] });
    await record(tax, small);
    expect(await left(theirs)).toEqual(usd('3000.00'));
    expect(await left(small)).toEqual(usd('5.00'));
  });

  it('cannot pledge an import', async () => {
    const number = declaration().number;
    const imported = declaration({ number: `${number.slice(0, 8)}1${number.slice(9)}` });
    await record(customs, imported);
    await refuses(imported, '1.00', { status: 409, code: 'NOT_FINANCEABLE' });
    expect(await left(imported)).toEqual(usd('0.00'));
  });
});

describe('documents of authorities', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  let customs: Client;
  let tax: Client;
  beforeAll(async () => {
    [reader, a, b, customs, tax] = await Promise.all([
      BlockReader.open(consortium()),
      bank('A'),
      bank('B'),
      customsOfficer(),
      taxOfficer(),
    ]);
  });
  afterAll(() => {
    reader.close();
  });

  const left = async (fact: FactInput) => at((await verify(b.officer, fact)).body, 'remaining');

  it('recorded again for their true seller leave the trade of the first', async () => {
    const wrong = declaration({ total: usd('1000.00') });
    const invoice = taxInvoice({ total: usd('1.00') });
    await record(tax, invoice);
    const fact = await record(customs, { ...wrong, cites: [cite(invoice)] });
    expect(await left(wrong)).toEqual(usd('1.00'));
    await customs.post(`/facts/${fact}/cancellation`, { reason: 'Another seller.' });
    const right = { ...wrong, seller: otherExporter };
    expect((await customs.post('/facts', right)).body).toMatchObject({
      id: fact,
      version: 3,
      status: 'active',
    });
    expect(await left(right)).toEqual(usd('1000.00'));
    expect(await left(invoice)).toEqual(usd('1.00'));
  });

  it('lowered after they were paid take nothing from their neighbours', async () => {
    const [paid, open] = [taxInvoice({ total: usd('607.00') }), taxInvoice({ total: usd('403.00') })];
    const fact = await record(tax, paid);
    await record(tax, open);
    await record(customs, declaration({ total: usd('1010.00'), cites: [cite(paid), cite(open)] }));
    const id = await disburse(a, reference(paid), usd('607.00'));
    await a.officer.post(`/claims/${id}/repayments`, { amount: usd('607.00'), source: 'proceeds' });
    const changes = { payable: usd('0.00') };
    const lowered = await tax.request('PATCH', `/facts/${fact}`, { body: { changes, reason: 'Paid.' } });
    expect(lowered.status).toBe(200);
    expect(await left(open)).toEqual(usd('403.00'));
  });

  it('on one bill are two sales where each names an invoice of its own', async () => {
    const bill = { type: 'bill-of-lading', number: `HOUSE${String(Date.now())}` } as const;
    const first = taxInvoice({ cites: [bill] });
    const declared = declaration({ cites: [cite(first), bill] });
    const second = declaration({ total: usd('700.00'), cites: [cite(taxInvoice()), bill] });
    await record(tax, first);
    await record(customs, declared);
    await record(customs, second);
    await reserve(a, reference(declared), usd('1000.00'));
    expect(await left(first)).toEqual(usd('0.00'));
    expect(await left(second)).toEqual(usd('700.00'));
  });

  it('that correct another take its place: one balance, and what was drawn stays drawn', async () => {
    const original = taxInvoice({ total: usd('500.00') });
    const fact = await record(tax, original);
    await reserve(a, reference(original), usd('250.00'));
    const correction = taxInvoice({ total: usd('300.00'), replaces: { number: original.number } });
    await record(tax, correction);
    expect((await tax.get(`/facts/${fact}`)).body).toMatchObject({ status: 'replaced', version: 2 });
    expect((await verify(b.officer, original)).body).toMatchObject({ result: 'replaced' });
    expect(await left(correction)).toEqual(usd('50.00'));
    const again = () => b.officer.post('/claims', claim(reference(original), usd('1.00')));
    await expectRefused(reader, again, { status: 409, code: 'FACT_REPLACED' });
  });

  it('are one under every registered id that they state', async () => {
    const ids = [`DE${String(Date.now()).slice(-9)}`, `ATU${String(Date.now()).slice(-8)}`];
    const [german, austrian] = ids.map((id) => ({ scheme: 'VAT' as const, id }));
    if (german === undefined || austrian === undefined) throw new Error('two ids');
    const invoice = taxInvoice({ seller: { ...german, otherIds: [austrian] } });
    await record(tax, invoice);
    const other = { ...invoice, seller: { ...austrian, otherIds: [german] } };
    await expectRefused(reader, () => tax.post('/facts', other), { status: 409, code: 'FACT_EXISTS' });
    await expectRefused(reader, () => tax.post('/facts', { ...invoice, seller: austrian }), {
      status: 409,
      code: 'FACT_EXISTS',
    });
    await reserve(a, reference(other), usd('400.00'), { enterprise: austrian });
    expect(await left(invoice)).toEqual(usd('600.00'));
  });

  it('of two ids become one seller’s once the regulator says so', async () => {
    const vat = { scheme: 'VAT' as const, id: `FR${String(Date.now()).slice(-11)}` };
    const tax_ = { scheme: 'TAX' as const, id: String(Date.now()) };
    const invoice = taxInvoice({ seller: vat, total: usd('400.00') });
    const declared = declaration({ seller: tax_, total: usd('1000.00'), cites: [cite(invoice)] });
    await record(tax, invoice);
    await record(customs, declared);
    await reserve(a, reference(declared), usd('300.00'), { enterprise: tax_ });
    expect(await left(invoice)).toEqual(usd('400.00'));
    const regulator = await person('RegulatorMSP', 'approver');
    expect((await regulator.post('/firms', { ids: [vat, tax_] })).status).toBe(201);
    // The regulator's gateway links what was recorded before.
    const linked = async () =>
      at(await left(invoice), 'amount') === '100.00' && at(await left(declared), 'amount') === '100.00';
    expect(await poll(async () => (await linked()) || undefined, 60_000, 500)).toBe(true);
    expect(await left(invoice)).toEqual(usd('100.00'));
    expect(await left(declared)).toEqual(usd('100.00'));
  });
});
