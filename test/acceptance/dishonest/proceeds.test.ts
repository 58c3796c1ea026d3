import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { AlertListener } from '@pledgeonce/scripts/rest/events.js';
import { at, listAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from '../support/block-reader.js';
import { bank, consortium, taxOfficer, type BankPeople } from '../support/consortium.js';
import { claim, record, reference, taxInvoice, usd, verify } from '../support/documents.js';
import { expectRefused } from '../support/nothing-written.js';
import { disburse } from '../support/steps.js';

/** Point 5: the proceeds of one invoice booked on another, late, or beyond the loan. */
describe('proceeds', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  beforeAll(async () => {
    [reader, a, b] = await Promise.all([BlockReader.open(consortium()), bank('A'), bank('B')]);
  });
  afterAll(() => {
    reader.close();
  });

  async function invoiced(): Promise<FactInput> {
    const fact = taxInvoice({ total: usd('1000.00') });
    await record(await taxOfficer(), fact);
    return fact;
  }

  const repay = (id: string, amount: string, source: string, more: object = {}) =>
    a.officer.post(`/claims/${id}/repayments`, { amount: usd(amount), source, ...more });
  const left = async (fact: FactInput) => at((await verify(b.officer, fact)).body, 'remaining.amount');

  it('use up the invoice whose buyer paid, and no other', async () => {
    const [p, q] = [await invoiced(), await invoiced()];
    const lines = [p, q].map((fact) => ({ document: reference(fact), amount: usd('600.00') }));
    const id = await disburse(a, reference(p), usd('1200.00'), { lines });
    await expectRefused(reader, () => repay(id, '600.00', 'proceeds'), {
      status: 422,
      code: 'DOCUMENT_REQUIRED',
    });
    const other = { document: reference(await invoiced()) };
    await expectRefused(reader, () => repay(id, '600.00', 'proceeds', other), {
      status: 422,
      code: 'DOCUMENT_NOT_CLAIMED',
    });
    const paid = await repay(id, '1000.00', 'proceeds', { document: reference(q) });
    expect(paid.body).toMatchObject({
      state: 'partly-repaid',
      outstanding: usd('600.00'),
      repayments: [{ amount: usd('1000.00'), surplus: usd('400.00'), document: { type: 'tax-invoice' } }],
    });
    expect(await left(q)).toBe('0.00');
    expect(await left(p)).toBe('400.00');
    await expectRefused(reader, () => b.officer.post('/claims', claim(reference(q), usd('0.01'))), {
      status: 409,
      code: 'EXCEEDS_BALANCE',
    });
    // The firm redeems the other one in time: that is free again.
    expect((await repay(id, '600.00', 'own-funds')).body).toMatchObject({ state: 'settled' });
    expect(await left(p)).toBe('1000.00');
  });

  it('that come after a settlement from own funds are recorded, and the receivable is none any more', async () => {
    const fact = await invoiced();
    const id = await disburse(a, reference(fact), usd('600.00'));
    await repay(id, '600.00', 'own-funds');
    expect(await left(fact)).toBe('1000.00');
    const late = await repay(id, '1000.00', 'proceeds');
    expect(late.body).toMatchObject({ state: 'settled', outstanding: usd('0.00') });
    expect(listAt((await a.officer.get(`/claims/${id}`)).body, 'repayments')).toMatchObject([
      { source: 'own-funds', amount: usd('600.00') },
      { source: 'proceeds', amount: usd('1000.00'), surplus: usd('1000.00') },
    ]);
    expect(await left(fact)).toBe('0.00');
    await expectRefused(reader, () => b.officer.post('/claims', claim(reference(fact), usd('0.01'))), {
      status: 409,
      code: 'EXCEEDS_BALANCE',
    });
    await expectRefused(reader, () => repay(id, '0.01', 'own-funds'), { status: 409, code: 'INVALID_STATE' });
  });

  it('of what another bank has lent on are told to that bank, and take nothing from it', async () => {
    const fact = await invoiced();
    const alerts = await AlertListener.open(b.officer);
    const mine = await disburse(a, reference(fact), usd('600.00'));
    const theirs = await disburse(b, reference(fact), usd('400.00'));
    const paid = await repay(mine, '1000.00', 'proceeds');
    expect(paid.body).toMatchObject({ state: 'settled', repayments: [{ surplus: usd('400.00') }] });
    const told = (alert: unknown) =>
      at(alert, 'content.alert') === 'paid-elsewhere' && JSON.stringify(alert).includes(theirs);
    expect(await alerts.find(told)).toBeDefined();
    alerts.close();
    const seen = (await verify(b.officer, fact)).body;
    expect(seen).toMatchObject({ remaining: usd('0.00') });
    expect(JSON.stringify(seen)).not.toContain('"overdrawn"');
    const ended = { amount: usd('400.00'), source: 'own-funds' };
    expect((await b.officer.post(`/claims/${theirs}/repayments`, ended)).body).toMatchObject({
      state: 'settled',
    });
  });
});
