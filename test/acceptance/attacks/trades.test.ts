import { randomUUID } from 'node:crypto';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from '../support/block-reader.js';
import {
  bank,
  consortium,
  customsOfficer,
  person,
  taxOfficer,
  type BankPeople,
} from '../support/consortium.js';
import {
  cite,
  claim,
  declaration,
  exporter,
  otherExporter,
  record,
  reference,
  taxInvoice,
  usd,
  verify,
} from '../support/documents.js';
import { expectRefused } from '../support/nothing-written.js';
import { asOwnInvoice, disburse, importFile, reserve } from '../support/steps.js';

describe('one trade, many papers', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  let customs: Client;
  let tax: Client;
  let mine: Client;
  let other: Client;
  beforeAll(async () => {
    [reader, a, b, customs, tax] = await Promise.all([
      BlockReader.open(consortium()),
      bank('A'),
      bank('B'),
      customsOfficer(),
      taxOfficer(),
    ]);
    [mine, other] = await Promise.all([
      person('EnterpriseMSP', 'exporter-1'),
      person('EnterpriseMSP', 'exporter-2'),
    ]);
  });
  afterAll(() => {
    reader.close();
  });

  const exceeds = { status: 409, code: 'EXCEEDS_BALANCE' };

  it("citing somebody else's invoice to eat its balance", async () => {
    const victim = taxInvoice({ total: usd('1000.00') });
    await record(tax, victim);
    const attacker = asOwnInvoice(
      taxInvoice({
        seller: otherExporter,
        total: usd('1.00'),
        cites: [{ type: 'tax-invoice', number: victim.number, issuer: exporter }],
      }),
    );
    await record(other, attacker);
    const same = asOwnInvoice(
      taxInvoice({ seller: otherExporter, number: victim.number, total: usd('1.00') }),
    );
    await record(other, same);
    expect((await verify(a.officer, victim)).body).toMatchObject({ remaining: usd('1000.00'), liveDraws: 0 });
    await expectRefused(
      reader,
      () => a.officer.post('/claims', claim(reference(attacker), usd('1.00'), { enterprise: otherExporter })),
      { status: 409, code: 'NOT_CORROBORATED' },
    );
    expect((await verify(a.officer, victim)).body).toMatchObject({ remaining: usd('1000.00'), liveDraws: 0 });
    await reserve(a, reference(victim), usd('1000.00'));
  });

  it("an enterprise recording the tax authority's number first", async () => {
    const invoice = taxInvoice({ total: usd('1000.00') });
    await expectRefused(reader, () => other.post('/facts', asOwnInvoice(invoice)), {
      status: 403,
      code: 'OTHER_ENTERPRISE',
    });
    // The firm's own paper under the number, for more than the real one: the authority's record still finds its place.
    await record(mine, asOwnInvoice({ ...invoice, total: usd('5000.00') }));
    await record(tax, invoice);
    await expectRefused(
      reader,
      () => a.officer.post('/claims', claim(reference(asOwnInvoice(invoice)), usd('1000.01'))),
      exceeds,
    );
    await reserve(a, reference(invoice), usd('1000.00'));
    await expectRefused(
      reader,
      () => b.officer.post('/claims', claim(reference(asOwnInvoice(invoice)), usd('0.01'))),
      exceeds,
    );
  });

  it('recording, cancelling and recording again', async () => {
    const fact = declaration();
    const id = await record(customs, fact);
    await reserve(a, reference(fact), usd('600.00'));
    expect((await customs.post(`/facts/${id}/cancellation`, { reason: 'Typed wrongly.' })).status).toBe(200);
    const again = await customs.post('/facts', fact);
    expect(again.body).toMatchObject({ id, version: 3, status: 'active' });
    expect((await verify(b.officer, fact)).body).toMatchObject({ remaining: usd('400.00'), liveDraws: 1 });
    await expectRefused(
      reader,
      () => b.officer.post('/claims', claim(reference(fact), usd('400.01'))),
      exceeds,
    );
  });

  it('amending the currency', async () => {
    const fact = declaration();
    const id = await record(customs, fact);
    await reserve(a, reference(fact), usd('900.00'));
    const total = { amount: '1000.00', currency: 'EUR' };
    const amend = () =>
      customs.request('PATCH', `/facts/${id}`, { body: { changes: { total }, reason: 'Euro.' } });
    await expectRefused(reader, amend, { status: 422, code: 'CURRENCY_MIXED', field: /currency/ });
    await customs.post(`/facts/${id}/cancellation`, { reason: 'In another currency, then.' });
    await expectRefused(reader, () => customs.post('/facts', { ...fact, total }), {
      status: 422,
      code: 'CURRENCY_MIXED',
    });
  });

  it('transfer ping-pong', async () => {
    const fact = declaration();
    await record(customs, fact);
    let id = await disburse(a, reference(fact), usd('800.00'));
    let [from, to] = [a, b];
    for (let turn = 0; turn < 4; turn += 1) {
      expect((await from.officer.post(`/claims/${id}/transfer`, { to: to.msp })).status).toBe(200);
      const taken = await to.approver.post(`/claims/${id}/transfer/acceptance`, {
        applicationNumber: `PING-${randomUUID()}`,
      });
      expect(taken.body).toMatchObject({ owner: to.msp, outstanding: usd('800.00') });
      const left = id;
      const again = () =>
        to.approver.post(`/claims/${left}/transfer/acceptance`, { applicationNumber: 'PONG' });
      await expectRefused(reader, again, { status: 409, code: 'TRANSFER_INVALID' });
      id = textAt(taken.body, 'id');
      expect((await verify(a.officer, fact)).body).toMatchObject({ remaining: usd('200.00'), liveDraws: 1 });
      [from, to] = [to, from];
    }
    await expectRefused(
      reader,
      () => b.officer.post('/claims', claim(reference(fact), usd('200.01'))),
      exceeds,
    );
  });

  it('fifty lines on one trade', async () => {
    const invoices = Array.from({ length: 50 }, () => taxInvoice({ total: usd('100.00') }));
    expect((await importFile(tax, invoices)).map(({ status }) => status)).toEqual(
      invoices.map(() => 'recorded'),
    );
    const fact = declaration({ total: usd('1000.00'), cites: invoices.map(cite) });
    await record(customs, fact);
    const lines = invoices.map((invoice) => ({ document: reference(invoice), amount: usd('100.00') }));
    const all = { ...claim(reference(fact), usd('5000.00')), lines };
    await expectRefused(reader, () => a.officer.post('/claims', all), exceeds);
    const ten = { ...claim(reference(fact), usd('1000.00')), lines: lines.slice(0, 10) };
    expect((await a.officer.post('/claims', ten)).status).toBe(201);
    const one = { ...claim(reference(fact), usd('100.00')), lines: lines.slice(10, 11) };
    await expectRefused(reader, () => b.officer.post('/claims', one), exceeds);
    const tooMany = { ...all, lines: [...lines, ...lines.slice(0, 1)] };
    await expectRefused(reader, () => a.officer.post('/claims', tooMany), {
      status: 400,
      code: 'INPUT_INVALID',
    });
  });

  it('a batch with the same document many times', async () => {
    const fact = declaration();
    const wide = fact.number.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    const file = Array.from({ length: 40 }, (_, turn) => (turn % 2 === 0 ? fact : { ...fact, number: wide }));
    const verdicts = await importFile(customs, file);
    expect(verdicts.filter((one) => one['status'] === 'recorded')).toHaveLength(1);
    expect(verdicts.filter((one) => one['code'] === 'FACT_EXISTS')).toHaveLength(39);
    const claims = Array.from({ length: 40 }, () => claim(reference(fact), usd('300.00')));
    const answer = await a.officer.post('/claims/batch', { claims });
    const reserved = listAt(answer.body, 'items').filter((item) => item['status'] === 'reserved');
    expect(reserved).toHaveLength(3);
    expect((await verify(a.officer, fact)).body).toMatchObject({ remaining: usd('100.00'), liveDraws: 3 });
  });
});
