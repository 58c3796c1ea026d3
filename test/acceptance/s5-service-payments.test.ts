import { AlertListener } from '@pledgeonce/scripts/rest/events.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { open, payment, taxFiling } from '@pledgeonce/scripts/story/payment-papers.js';
import { BlockReader } from './support/block-reader.js';
import { auditor, bank, consortium, person, taxOfficer, type BankPeople } from './support/consortium.js';
import { inDays, record, usd } from './support/documents.js';
import { eventually } from './support/eventually.js';
import { expectRefused, writesSince } from './support/nothing-written.js';
import { waitingAt } from './support/waiting-at.js';

const paymentsOf = (event: unknown) => at(event, 'content.payments') as string[];

describe('S5: service-trade payment against a tax filing', () => {
  let tax: Client;
  let regulator: Client;
  let a: BankPeople;
  let b: BankPeople;
  let reader: BlockReader;
  beforeAll(async () => {
    [tax, regulator] = [await taxOfficer(), await auditor()];
    [a, b] = [await bank('A'), await bank('B')];
    reader = await BlockReader.open(consortium());
  });
  afterAll(() => {
    reader.close();
  });

  it('pays in parts through two banks until the filing is used up', async () => {
    const fact = taxFiling({ total: usd('120000.00') });
    const id = await record(tax, fact);
    const opened = await open(a.officer, fact);
    expect(opened.status).toBe(200);
    expect(opened.body).toMatchObject({
      result: 'opened',
      fact: id,
      total: usd('120000.00'),
      remaining: usd('120000.00'),
      livePayments: 0,
    });

    const paid = await a.officer.post('/payments', payment(usd('70000.00'), [[fact, usd('70000.00')]]));
    expect(paid.status).toBe(201);
    expect(paid.body).toMatchObject({ state: 'marked', owner: 'BankAMSP', filingRequired: true });
    const path = `/payments/${textAt(paid.body, 'id')}`;
    expect(paid.headers.get('location')).toBe(`/api/v1${path}`);

    const rest = payment(usd('50000.01'), [[fact, usd('50000.01')]]);
    await expectRefused(reader, () => b.officer.post('/payments', rest), {
      status: 403,
      code: 'CHECK_CODE_REQUIRED',
    });
    expect((await open(b.officer, fact)).body).toMatchObject({
      remaining: usd('50000.00'),
      livePayments: 1,
    });
    const over = await b.officer.post('/payments', rest);
    expect([over.status, at(over.body, 'code')]).toEqual([409, 'EXCEEDS_BALANCE']);
    expect(at(over.body, 'lines.0.remaining')).toEqual(usd('50000.00'));
    const last = await b.officer.post('/payments', payment(usd('50000.00'), [[fact, usd('50000.00')]]));
    expect(last.status).toBe(201);

    expect((await b.officer.get(path)).status).toBe(404);
    expect((await regulator.get(path)).body).toMatchObject({ state: 'marked', owner: 'BankAMSP' });
    const listed = listAt((await a.officer.get('/payments?purpose=service-trade&limit=200')).body, 'items');
    expect(listed.map((one) => one['id'])).toContain(textAt(paid.body, 'id'));
    expect(listed.map((one) => one['id'])).not.toContain(textAt(last.body, 'id'));
    const audited = await regulator.get(`/audit${path}`);
    expect(listAt(audited.body, 'versions')).toMatchObject([
      { state: 'marked', signer: { mspId: 'BankAMSP' }, proof: { holds: true } },
    ]);
  });

  it('is found by reference, document, payer, state and day, as a list and a table, by its bank and its payer', async () => {
    const fact = taxFiling();
    await record(tax, fact);
    await open(a.officer, fact);
    const order = payment(usd('60000.00'), [[fact, usd('60000.00')]]);
    const id = textAt((await a.officer.post('/payments', order)).body, 'id');
    const payer = await person('EnterpriseMSP', 'exporter-1');
    const other = await person('EnterpriseMSP', 'exporter-2');
    const found = async (who: Client, query: string) => {
      const { status, body } = await who.get(`/payments?${query}`);
      expect(status).toBe(200);
      return listAt(body, 'items').map((one) => one['id']);
    };
    const [today, tomorrow] = [inDays(0), inDays(1)];
    const number = encodeURIComponent(fact.number.toLowerCase().replaceAll('-', ' '));
    await eventually(async () => (await found(payer, `document=${number}`)).length === 1);
    for (const who of [a.officer, payer]) {
      const byOrder = `reference=${order.reference.toLowerCase()}`;
      for (const query of [
        byOrder,
        `document=${number}`,
        `${byOrder}&payer=${order.payer.id}`,
        `${byOrder}&state=marked&purpose=service-trade`,
        `${byOrder}&paidFrom=${today}&paidBefore=${tomorrow}`,
      ]) {
        expect({ query, found: await found(who, query) }).toEqual({ query, found: [id] });
      }
      for (const query of ['state=reversed', `paidFrom=${tomorrow}`, `paidBefore=${today}`]) {
        expect(await found(who, `${byOrder}&${query}`)).toEqual([]);
      }
      const headers = { accept: 'text/csv' };
      const table = await who.fetch('GET', `/payments?${byOrder}&paidFrom=${today}`, { headers });
      const [head = '', row = '', ...more] = (await table.text()).trim().split('\r\n');
      expect([table.status, more]).toEqual([200, []]);
      expect(head).toMatch(/id,state,owner,reference,/);
      expect(row).toBe(
        `${id},marked,BankAMSP,${order.reference},USCC,${order.payer.id},Hamburg Consult,service-trade,60000.00,USD,${today},tax-filing ${fact.number.replaceAll('-', '')},true`,
      );
    }
    for (const stranger of [b.officer, other])
      expect(await found(stranger, `document=${number}`)).toEqual([]);
    await expectRefused(reader, () => a.officer.get('/payments?paidFrom=yesterday'), {
      status: 400,
      code: 'INPUT_INVALID',
      field: 'paidFrom',
    });
  });

  it('shows nothing for a wrong code, counts it, and locks this bank for this version only', async () => {
    const fact = taxFiling();
    const id = await record(tax, fact);
    const before = await reader.height();
    const first = await open(a.officer, fact, 'wrong', 'opening-key-0001' + fact.number);
    expect(first.body).toEqual({ result: 'refused', attemptsLeft: 4 });
    // The same request sent again is the same attempt.
    const again = await open(a.officer, fact, 'wrong', 'opening-key-0001' + fact.number);
    expect(again.body).toEqual({ result: 'refused', attemptsLeft: 4 });
    expect(await writesSince(reader, before)).toBe(1);
    for (const attemptsLeft of [3, 2, 1, 0]) {
      expect((await open(a.officer, fact, 'wrong')).body).toEqual({ result: 'refused', attemptsLeft });
    }
    await expectRefused(reader, () => open(a.officer, fact), { status: 403, code: 'CHECK_CODE_LOCKED' });

    // The other bank has its own attempts, and uses one of them.
    expect((await open(b.officer, fact, 'wrong')).body).toMatchObject({ attemptsLeft: 4 });
    expect((await open(b.officer, fact)).body).toMatchObject({ result: 'opened' });
    // A new version starts afresh: with the new code, and for the bank that had opened the old one too.
    const changes = { checkCode: 'NEW-CODE-1' };
    const amended = await tax.request('PATCH', `/facts/${id}`, {
      body: { changes, reason: 'The code had become known.' },
    });
    expect(amended.status).toBe(200);
    await expectRefused(
      reader,
      () => b.officer.post('/payments', payment(usd('60000.00'), [[fact, usd('60000.00')]])),
      { status: 403, code: 'CHECK_CODE_REQUIRED' },
    );
    expect((await open(a.officer, fact, 'new-code-1')).body).toMatchObject({ result: 'opened' });
  });

  it('does not tell a number that does not exist from a wrong code, and counts it', async () => {
    const fact = taxFiling();
    for (const attemptsLeft of [4, 3, 2, 1, 0]) {
      expect((await open(a.officer, fact)).body).toEqual({ result: 'refused', attemptsLeft });
    }
    await expectRefused(reader, () => open(a.officer, fact), { status: 403, code: 'CHECK_CODE_LOCKED' });
  });

  it('counts five guesses of both banks at the same moment, each bank for itself', async () => {
    const fact = taxFiling();
    await record(tax, fact);
    const guesses = [a, b].flatMap(({ officer }) =>
      Array.from({ length: 5 }, () => async () => {
        const answer = await open(officer, fact, 'guess');
        return answer.status === 200 ? at(answer.body, 'attemptsLeft') : at(answer.body, 'code');
      }),
    );
    const answers = await Promise.all(guesses.map((guess) => guess()));
    for (const own of [answers.slice(0, 5), answers.slice(5)]) {
      // Of guesses that meet in one block one commits; the others are carried out again on the new count.
      expect([...own].sort()).toEqual([0, 1, 2, 3, 4]);
    }
    for (const { officer } of [a, b]) {
      const locked = await open(officer, fact);
      expect([locked.status, at(locked.body, 'code')]).toEqual([403, 'CHECK_CODE_LOCKED']);
    }
  });

  it('refuses without writing: no filing, an expired one, a document for another purpose, a bad amount', async () => {
    const post = (body: object) => () => a.officer.post('/payments', body);
    await expectRefused(reader, post(payment(usd('50000.01'), [])), {
      status: 409,
      code: 'FILING_REQUIRED',
      field: 'lines',
    });
    const expired = taxFiling({ filing: { subject: 'licences', validUntil: inDays(-1) } });
    await record(tax, expired);
    await open(a.officer, expired);
    await expectRefused(reader, post(payment(usd('60000.00'), [[expired, usd('60000.00')]])), {
      status: 409,
      code: 'FILING_EXPIRED',
    });
    const other = payment(usd('60000.00'), [[expired, usd('60000.00')]], { purpose: 'freight' });
    await expectRefused(reader, post(other), { status: 409, code: 'WRONG_DOCUMENT' });
    await expectRefused(reader, post(payment(usd('1.001'), [])), {
      status: 422,
      code: 'AMOUNT_PRECISION',
      field: 'amount.amount',
    });
    await expectRefused(reader, post(payment(usd('2.00'), [[expired, usd('1.00')]])), {
      status: 422,
      code: 'LINES_SUM',
    });
    const unknown = taxFiling();
    await expectRefused(reader, post(payment(usd('1.00'), [[unknown, usd('1.00')]])), {
      status: 403,
      code: 'CHECK_CODE_REQUIRED',
    });
  });

  it('alerts every bank that paid, and the regulator, when Tax takes the filing back; nothing is erased', async () => {
    const fact = taxFiling();
    const id = await record(tax, fact);
    const paid = await Promise.all(
      [a, b].map(async ({ officer }) => {
        await open(officer, fact);
        const answer = await officer.post('/payments', payment(usd('40000.00'), [[fact, usd('40000.00')]]));
        return textAt(answer.body, 'id');
      }),
    );
    const listeners = await Promise.all(
      [a.officer, b.officer, regulator].map((one) => AlertListener.open(one)),
    );
    try {
      const cancelled = await tax.post(`/facts/${id}/cancellation`, {
        reason: 'Red-letter: service not rendered.',
      });
      expect(cancelled.body).toMatchObject({ status: 'cancelled', overdrawn: true });
      const told = await Promise.all(
        listeners.map((listener) =>
          listener.find(
            (event) =>
              at(event, 'content.alert') === 'red-letter' &&
              paymentsOf(event).some((one) => paid.includes(one)),
            30_000,
          ),
        ),
      );
      expect(told.map((alert) => [...paymentsOf(alert)].sort())).toEqual([
        [paid[0]],
        [paid[1]],
        [...paid].sort(),
      ]);
    } finally {
      for (const listener of listeners) listener.close();
    }
    await expectRefused(
      reader,
      () => a.officer.post('/payments', payment(usd('1.00'), [[fact, usd('1.00')]])),
      { status: 409, code: 'FACT_CANCELLED' },
    );
    for (const one of paid) {
      expect((await regulator.get(`/payments/${one}`)).body).toMatchObject({ state: 'marked' });
    }
  });

  it('is reversed by two people, once, and the filing can be used again', async () => {
    const fact = taxFiling();
    await record(tax, fact);
    await open(a.officer, fact);
    const whole = payment(usd('100000.00'), [[fact, usd('100000.00')]]);
    const { body } = await a.officer.post('/payments', whole);
    const path = `/payments/${textAt(body, 'id')}`;
    const reason = { reason: 'Returned by the correspondent.' };
    await expectRefused(reader, () => b.approver.post(`${path}/reversal`, reason), {
      status: 404,
      code: 'PAYMENT_NOT_FOUND',
    });
    const confirm = (who = a.approver) => who.post(`${path}/awaiting/confirmation`, {});
    const none = { status: 409, code: 'STEP_NOT_AWAITING' };
    await expectRefused(reader, confirm, none);
    const proposed = await a.officer.post(`${path}/reversal`, reason);
    expect(proposed.body).toMatchObject({
      state: 'marked',
      awaiting: { step: 'reversal', request: reason, proposedBy: 'officer' },
    });
    await eventually(async () => {
      const id = path.slice('/payments/'.length);
      return (await waitingAt(a.approver, id, 'payment-step-to-confirm')) !== undefined;
    });
    const returned = await a.approver.post(`${path}/awaiting/return`, { reason: 'It has arrived.' });
    expect(returned.body).toMatchObject({ state: 'marked', returned: { reason: 'It has arrived.' } });
    expect((await a.approver.post(`${path}/reversal`, reason)).status).toBe(200);
    await expectRefused(reader, confirm, { status: 403, code: 'FOUR_EYES' });
    expect((await a.approver.post(`${path}/awaiting/return`, { reason: 'Mine to confirm.' })).status).toBe(
      200,
    );
    expect((await a.officer.post(`${path}/reversal`, reason)).status).toBe(200);
    expect((await confirm()).body).toMatchObject({ state: 'reversed', reason: reason.reason });
    await expectRefused(reader, () => a.officer.post(`${path}/reversal`, reason), {
      status: 409,
      code: 'INVALID_STATE',
    });
    expect((await a.officer.post('/payments', whole)).status).toBe(201);
    const history = await a.officer.get(`${path}/history`);
    const states = listAt(history.body, 'versions').map(({ state }) => state);
    expect([states.slice(0, -1).every((state) => state === 'marked'), states.at(-1)]).toEqual([
      true,
      'reversed',
    ]);
    expect(at(history.body, 'versions.0.says')).toMatchObject({
      state: 'marked',
      amount: usd('100000.00'),
      payee: whole.payee,
    });
  });

  it('marks a batch with a verdict on each, and the same batch again marks nothing', async () => {
    const fact = taxFiling();
    await record(tax, fact);
    await open(a.officer, fact);
    const part = (amount: string) => payment(usd(amount), [[fact, usd(amount)]]);
    const batch = { payments: [part('60000.00'), part('60000.00'), { reference: '' }, part('40000.00')] };
    const key = `batch-${fact.number}`;
    const { status, body } = await a.officer.post('/payments/batch', batch, key);
    expect(status).toBe(200);
    const items = listAt(body, 'items');
    expect(items.map((item) => item['status'])).toEqual(['marked', 'refused', 'refused', 'marked']);
    expect(at(items[1], 'problem.code')).toBe('EXCEEDS_BALANCE');
    expect(at(items[2], 'problem.code')).toBe('INPUT_INVALID');
    const before = await reader.height();
    expect((await a.officer.post('/payments/batch', batch, key)).body).toEqual(body);
    expect(await writesSince(reader, before)).toBe(0);
  });

  it('reports to the regulator, and to nobody else, a payer who splits below the threshold', async () => {
    const payer = { scheme: 'VAT', id: `DE${Date.now().toString().slice(-9)}` } as const;
    const listener = await AlertListener.open(regulator);
    const small = payment(usd('49900.00'), [], { payer });
    try {
      const first = await a.officer.post('/payments', small);
      expect([first.status, at(first.body, 'filingRequired')]).toEqual([201, false]);
      const second = await b.officer.post('/payments', small);
      expect(second.status).toBe(201);
      const payments = [first, second].map(({ body }) => textAt(body, 'id'));
      const told = await listener.find((event) => at(event, 'content.payer.id') === payer.id, 30_000);
      expect(at(told, 'content')).toMatchObject({
        alert: 'structuring',
        payments,
        count: 2,
        total: usd('99800.00'),
      });
      // The alert would have come with the block that also brought the payment itself.
      for (const { officer } of [a, b]) {
        const alerts = listAt((await officer.get('/alerts?limit=500')).body, 'items');
        expect(alerts.filter((alert) => at(alert, 'content.alert') === 'structuring')).toEqual([]);
      }
    } finally {
      listener.close();
    }
  });
});
