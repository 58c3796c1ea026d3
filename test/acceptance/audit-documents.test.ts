import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import type { Client, Json } from '@pledgeonce/scripts/rest/client.js';
import { freightInvoice, open, payment, type CodedFact } from '@pledgeonce/scripts/story/payment-papers.js';
import { BlockReader } from './support/block-reader.js';
import { auditor, bank, consortium, taxOfficer, type BankPeople } from './support/consortium.js';
import { claim, record, reference, taxInvoice, usd } from './support/documents.js';
import { expectRefused } from './support/nothing-written.js';

/** The regulator's gateway may be a few blocks behind, and a scan reads whatever other files have left on the network. */
const patienceMs = 120_000;
const scansMs = 3 * patienceMs;

describe('S10: documents pledged again in disguise', () => {
  let a: BankPeople;
  let regulator: Client;
  beforeAll(async () => {
    [a, regulator] = [await bank('A'), await auditor()];
  });

  /** An invoice that was financed and repaid, and its twin under another spelling of the number. */
  async function repaidFraud() {
    const digits = String(randomInt(1_000_000_000, 10_000_000_000));
    const total = usd(`${randomInt(100_000, 10_000_000)}.00`);
    const first = taxInvoice({ number: `INV-${digits}`, total });
    const tax = await taxOfficer();
    const earlier = await record(tax, first);
    const { body } = await a.officer.post('/claims', claim(reference(first), total));
    const id = textAt(body, 'id');
    await a.approver.post(`/claims/${id}/acceptance`, {});
    await a.officer.post(`/claims/${id}/disbursement`, {});
    const repaid = await a.officer.post(`/claims/${id}/repayments`, { amount: total, source: 'proceeds' });
    expect(at(repaid.body, 'state')).toBe('settled');
    const twin = taxInvoice({ number: `00${digits}`, total });
    return { id, total, earlier, twin, later: await record(tax, twin) };
  }

  async function eventually<T>(find: () => Promise<T | undefined>): Promise<T> {
    const until = Date.now() + patienceMs;
    while (Date.now() < until) {
      const found = await find();
      if (found !== undefined) return found;
      await sleep(300);
    }
    throw new Error('Not found in time.');
  }

  async function scan(order: object = {}): Promise<Json> {
    const { status, body } = await regulator.post('/audit/scans', order);
    expect([200, 202]).toContain(status);
    const id = textAt(body, 'id');
    return eventually(async () => {
      const now = await regulator.get(`/audit/scans/${id}`);
      return at(now.body, 'state') === 'done' ? now.body : undefined;
    });
  }

  async function findings(id: string): Promise<Json[]> {
    const all: Json[] = [];
    for (let cursor: string | undefined = '0'; cursor !== undefined;) {
      const { status, body } = await regulator.get(`/audit/scans/${id}/findings?limit=200&cursor=${cursor}`);
      expect(status).toBe(200);
      all.push(...listAt(body, 'items'));
      cursor = at(body, 'next') as string | undefined;
    }
    return all;
  }

  it(
    'lists what came after its twin was financed and repaid, with the reason and the settled claim',
    async () => {
      const { id, earlier, later } = await repaidFraud();
      const found = await eventually(async () => {
        const { status, body } = await regulator.get('/audit/late-duplicates?reason=number&limit=20');
        expect(status).toBe(200);
        return listAt(body, 'items').find((item) => at(item, 'later.fact') === later);
      });
      expect(found).toMatchObject({
        earlier: { fact: earlier, claims: [{ id, bank: 'BankAMSP', state: 'settled' }] },
        later: { claims: [] },
      });
      expect(listAt(found, 'reasons')).toEqual(expect.arrayContaining(['number', 'amount']));
      // Where it stands is on the chain.
      const transaction = await regulator.get(`/audit/transactions/${textAt(found, 'later.transactionId')}`);
      expect(at(transaction.body, 'block')).toBe(at(found, 'later.block'));
    },
    scansMs,
  );

  it(
    'scans settled claims, says the same of the same blocks, and then finds both financed',
    async () => {
      const { id, twin, later, total } = await repaidFraud();
      const first = await eventually(async () => {
        const done = await scan();
        const all = await findings(textAt(done, 'id'));
        const mine = all.find((item) => at(item, 'document.fact') === later);
        return mine && { order: at(done, 'order'), scan: textAt(done, 'id'), all, mine };
      });
      expect(listAt(first.mine, 'resembles')[0]).toMatchObject({
        document: { claims: [{ id, state: 'settled' }] },
        reasons: expect.arrayContaining(['number', 'amount']) as unknown,
      });
      const b = await bank('B');
      expect((await b.officer.post('/claims', claim(reference(twin), total))).status).toBe(201);

      const again = await scan(first.order as object);
      expect(at(again, 'id')).toBe(first.scan);
      expect(await findings(first.scan)).toEqual(first.all);
      const both = await eventually(async () => {
        const all = await findings(textAt(await scan({ financed: 'both' }), 'id'));
        return all.find((item) => at(item, 'document.fact') === later);
      });
      expect(both).toMatchObject({ document: { claims: [{ bank: 'BankBMSP', state: 'reserved' }] } });
    },
    scansMs,
  );

  it(
    'lists a freight invoice that came after its twin was paid, and finds both once both are paid',
    async () => {
      const digits = String(randomInt(1_000_000_000, 10_000_000_000));
      const total = usd(`${randomInt(100_000, 10_000_000)}.00`);
      const tax = await taxOfficer();
      const pay = async ({ officer }: BankPeople, fact: CodedFact) => {
        expect((await open(officer, fact)).body).toMatchObject({ result: 'opened' });
        const paid = await officer.post('/payments', payment(total, [[fact, total]], { purpose: 'freight' }));
        expect(paid.status).toBe(201);
        return textAt(paid.body, 'id');
      };
      const first = freightInvoice(total, { number: `F-${digits}` });
      const earlier = await record(tax, first);
      const id = await pay(a, first);
      const twin = freightInvoice(total, { number: `00${digits}` });
      const later = await record(tax, twin);
      const found = await eventually(async () => {
        const { body } = await regulator.get('/audit/late-duplicates?reason=number&limit=20');
        return listAt(body, 'items').find((item) => at(item, 'later.fact') === later);
      });
      expect(found).toMatchObject({
        earlier: {
          fact: earlier,
          claims: [],
          payments: [{ id, bank: 'BankAMSP', state: 'marked', amount: total }],
        },
        later: { payments: [] },
      });
      const other = await pay(await bank('B'), twin);
      const both = await eventually(async () => {
        const all = await findings(textAt(await scan({ financed: 'both' }), 'id'));
        return all.find((item) => at(item, 'document.fact') === later);
      });
      expect(both).toMatchObject({
        document: { payments: [{ id: other, bank: 'BankBMSP' }] },
        resembles: [{ document: { payments: [{ id }] } }],
      });
    },
    scansMs,
  );

  it("is the regulator's, and refuses what cannot be scanned", async () => {
    const reader = await BlockReader.open(consortium());
    try {
      for (const path of ['/audit/late-duplicates', `/audit/scans/${'0'.repeat(64)}`]) {
        await expectRefused(reader, () => a.officer.get(path), { status: 403, code: 'WRONG_ORGANISATION' });
      }
      await expectRefused(reader, () => a.officer.post('/audit/scans', {}), {
        status: 403,
        code: 'WRONG_ORGANISATION',
      });
      await expectRefused(reader, () => regulator.post('/audit/scans', { height: 1_000_000_000 }), {
        status: 400,
        code: 'INPUT_INVALID',
        field: 'height',
      });
      await expectRefused(reader, () => regulator.get(`/audit/scans/${'0'.repeat(64)}`), {
        status: 404,
        code: 'SCAN_NOT_FOUND',
      });
    } finally {
      reader.close();
    }
  });
});
