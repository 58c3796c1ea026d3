import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { bank, customsOfficer, taxOfficer } from './support/consortium.js';
import { cite, claim, declaration, record, reference, taxInvoice, usd, verify } from './support/documents.js';

describe('S1: export receivable financing', () => {
  it('goes from declaration to repayment, and the balance stays consumed', async () => {
    const [customs, { officer, approver }] = [await customsOfficer(), await bank('A')];
    const fact = declaration({ total: usd('100000.00') });
    await record(customs, fact);

    const seen = await verify(officer, fact);
    expect(seen.body).toMatchObject({ result: 'match', remaining: usd('100000.00'), liveDraws: 0 });

    const reserved = await officer.post('/claims', claim(reference(fact), usd('60000.00')));
    expect(reserved.status).toBe(201);
    expect(reserved.body).toMatchObject({
      state: 'reserved',
      outstanding: usd('60000.00'),
      owner: 'BankAMSP',
    });
    const path = `/claims/${textAt(reserved.body, 'id')}`;

    expect((await approver.post(`${path}/acceptance`, {})).body).toMatchObject({ state: 'accepted' });
    expect((await officer.post(`${path}/disbursement`, {})).body).toMatchObject({ state: 'disbursed' });
    const repay = (amount: string) =>
      officer.post(`${path}/repayments`, { amount: usd(amount), source: 'proceeds' });
    expect((await repay('20000.00')).body).toMatchObject({
      state: 'partly-repaid',
      outstanding: usd('40000.00'),
    });
    expect((await repay('40000.00')).body).toMatchObject({ state: 'settled', outstanding: usd('0.00') });

    expect((await verify(officer, fact)).body).toMatchObject({ remaining: usd('40000.00'), liveDraws: 0 });
    const history = await officer.get(`${path}/history`);
    expect(listAt(history.body, 'versions').map(({ state }) => state)).toEqual([
      'reserved',
      'accepted',
      'disbursed',
      'partly-repaid',
      'settled',
    ]);
  });

  it('restores the balance when a firm repays from its own funds', async () => {
    const [customs, { officer, approver }] = [await customsOfficer(), await bank('A')];
    const fact = declaration();
    await record(customs, fact);
    const path = `/claims/${textAt((await officer.post('/claims', claim(reference(fact), usd('1000.00')))).body, 'id')}`;
    await approver.post(`${path}/acceptance`, {});
    await officer.post(`${path}/disbursement`, {});
    await officer.post(`${path}/repayments`, { amount: usd('1000.00'), source: 'own-funds' });
    expect((await verify(officer, fact)).body).toMatchObject({ remaining: usd('1000.00'), liveDraws: 0 });
  });

  it.each(['withdrawal', 'rejection'])('restores the balance after a %s', async (end) => {
    const [customs, { officer }] = [await customsOfficer(), await bank('A')];
    const fact = declaration();
    await record(customs, fact);
    const path = `/claims/${textAt((await officer.post('/claims', claim(reference(fact), usd('700.00')))).body, 'id')}`;
    const ended = await officer.post(`${path}/${end}`, { reason: 'The firm changed its mind.' });
    expect(ended.body).toMatchObject({ state: end === 'withdrawal' ? 'withdrawn' : 'rejected' });
    expect((await verify(officer, fact)).body).toMatchObject({ remaining: usd('1000.00'), liveDraws: 0 });
  });

  it('answers match, mismatch with the field, not-found and cancelled', async () => {
    const [customs, { officer }] = [await customsOfficer(), await bank('A')];
    const fact = declaration();
    const id = await record(customs, fact);
    const other = { ...fact, total: usd('999.99') };
    expect((await verify(officer, other)).body).toMatchObject({ result: 'mismatch', mismatches: ['total'] });
    expect((await verify(officer, declaration())).body).toMatchObject({ result: 'not-found' });
    const cancelled = await customs.post(`/facts/${id}/cancellation`, { reason: 'Entered twice.' });
    expect(cancelled.body).toMatchObject({ status: 'cancelled' });
    expect((await verify(officer, fact)).body).toMatchObject({ result: 'cancelled' });
    const refused = await officer.post('/claims', claim(reference(fact), usd('1.00')));
    expect([refused.status, at(refused.body, 'code')]).toEqual([409, 'FACT_CANCELLED']);
  });

  it('takes several documents for one claim, and refuses all when one lacks balance', async () => {
    const [customs, { officer }] = [await customsOfficer(), await bank('A')];
    const facts = [declaration(), declaration(), declaration()];
    for (const fact of facts) await record(customs, fact);
    const lines = facts.map((fact, index) => ({
      document: reference(fact),
      amount: usd(index === 2 ? '1000.01' : '500.00'),
    }));
    const body = { ...claim(reference(declaration()), usd('2000.01')), lines };
    for (const fact of facts) await verify(officer, fact);
    const refused = await officer.post('/claims', body);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      code: 'EXCEEDS_BALANCE',
      lines: [{ line: 2, code: 'EXCEEDS_BALANCE', remaining: usd('1000.00') }],
    });
    for (const fact of facts) {
      expect((await verify(officer, fact)).body).toMatchObject({ remaining: usd('1000.00'), liveDraws: 0 });
    }
  });

  it('limits documents of one trade together, also when the link is learnt later', async () => {
    const [customs, tax, { officer }] = [await customsOfficer(), await taxOfficer(), await bank('B')];
    const invoices = [taxInvoice({ total: usd('600.00') }), taxInvoice({ total: usd('400.00') })];
    for (const invoice of invoices) await record(tax, invoice);
    const [first, second] = invoices;
    if (first === undefined || second === undefined) throw new Error('There are two invoices.');
    const drawn = await officer.post('/claims', claim(reference(first), usd('600.00')));
    expect(drawn.status).toBe(201);

    const fact = declaration({ total: usd('1000.00'), cites: invoices.map(cite) });
    await record(customs, fact);
    expect((await verify(officer, fact)).body).toMatchObject({ remaining: usd('400.00'), liveDraws: 1 });
    const rest = await officer.post('/claims', claim(reference(fact), usd('400.00')));
    expect(rest.status).toBe(201);
    const again = await officer.post('/claims', claim(reference(second), usd('0.01')));
    expect([again.status, at(again.body, 'code')]).toEqual([409, 'EXCEEDS_BALANCE']);
  });

  it('lets a credit note lower the invoice that it corrects', async () => {
    const [tax, { officer }] = [await taxOfficer(), await bank('A')];
    const invoice = taxInvoice();
    await record(tax, invoice);
    const note = {
      ...taxInvoice({ total: usd('300.00') }),
      type: 'credit-note',
      corrects: { number: invoice.number },
    };
    expect((await tax.post('/facts', note)).status).toBe(201);
    expect((await verify(officer, invoice)).body).toMatchObject({ remaining: usd('700.00') });
  });

  it('puts many claims into one request, each with its own verdict', async () => {
    const [customs, { officer }] = [await customsOfficer(), await bank('A')];
    const fact = declaration();
    await record(customs, fact);
    const claims = ['600.00', '600.00', '400.00'].map((amount) => claim(reference(fact), usd(amount)));
    const { status, body } = await officer.post('/claims/batch', { claims });
    expect(status).toBe(200);
    expect(listAt(body, 'items').map((item) => [item['index'], item['status']])).toEqual([
      [0, 'reserved'],
      [1, 'refused'],
      [2, 'reserved'],
    ]);
    expect((await verify(officer, fact)).body).toMatchObject({ remaining: usd('0.00'), liveDraws: 2 });
  });

  it('keeps a competing bank from everything but the balance', async () => {
    const [customs, a, b] = [await customsOfficer(), await bank('A'), await bank('B')];
    const fact = declaration();
    await record(customs, fact);
    const mine = await a.officer.post('/claims', claim(reference(fact), usd('250.00')));
    const id = textAt(mine.body, 'id');
    expect((await b.officer.get(`/claims/${id}`)).status).toBe(404);
    expect((await b.officer.post(`/claims/${id}/withdrawal`, {})).status).toBe(404);
    const seen = await verify(b.officer, fact);
    expect(seen.body).toMatchObject({ remaining: usd('750.00'), liveDraws: 1 });
    expect(JSON.stringify(seen.body)).not.toMatch(/Bank/);
  });
});
