import { createHash } from 'node:crypto';
import { canonicalJson } from '@pledgeonce/chaincode/rules/canonical-json.js';
import type { Answer, Client, Json } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { freshContainer } from '@pledgeonce/scripts/story/containers.js';
import {
  checkOf,
  held,
  heldInvoice,
  heldReceipt,
  named,
  offshoreBill,
  type OffshorePaper,
  offshorePayment,
  purchase,
} from '@pledgeonce/scripts/story/offshore-papers.js';
import { freshReceipt } from '@pledgeonce/scripts/story/shipments.js';
import { BlockReader } from './support/block-reader.js';
import { auditor, bank, type BankPeople, consortium, person } from './support/consortium.js';
import { otherExporter, record, usd } from './support/documents.js';
import { expectRefused } from './support/nothing-written.js';
import { takeBack } from './support/take-back.js';

const price = usd('84000.00');

describe('S8: new offshore trade', () => {
  let carrier: Client;
  let supplier: Client;
  let a: BankPeople;
  let b: BankPeople;
  let reader: BlockReader;
  beforeAll(async () => {
    [carrier, a, b] = [await person('CarrierMSP', 'officer'), await bank('A'), await bank('B')];
    supplier = await person('EnterpriseMSP', 'exporter-2');
    reader = await BlockReader.open(consortium());
  });
  afterAll(() => {
    reader.close();
  });

  /** Has papers checked as they are held; returns the report. */
  const check = async (body: ReturnType<typeof checkOf>, { officer }: BankPeople = a): Promise<Json> => {
    const answer = await officer.post('/offshore-checks', body);
    expect([answer.status, answer.headers.get('location')]).toEqual([
      201,
      `/api/v1/offshore-checks/${textAt(answer.body, 'id')}`,
    ]);
    return answer.body;
  };
  /** Has a paper checked together with an invoice of its own; returns the id of the report. */
  const checked = async (paper: OffshorePaper, by: BankPeople = a): Promise<string> => {
    const sale = purchase(price);
    await record(supplier, sale);
    return textAt(await check(checkOf([held(paper)], { invoice: heldInvoice(sale) }), by), 'id');
  };
  const pay = ({ officer }: BankPeople, id: string, ...papers: readonly OffshorePaper[]): Promise<Answer> =>
    officer.post('/payments', offshorePayment(id, papers, price));
  const refused = (code: string, attempt: () => Promise<Answer>, status = 409, field?: string) =>
    expectRefused(reader, attempt, { status, code, ...(field !== undefined && { field }) });
  const verdicts = (report: Json) =>
    listAt(report, 'dimensions').map(({ dimension, verdict }) => [dimension, verdict]);
  const reasonsOf = (report: Json, dimension: string) =>
    listAt(report, 'dimensions').find((one) => one['dimension'] === dimension)?.['reasons'];

  describe('the report', () => {
    it('finds true papers consistent in all three dimensions, and proves itself', async () => {
      const bill = offshoreBill();
      await record(carrier, bill);
      const receipt = { ...freshReceipt('24'), cites: [named(bill)] };
      await record(carrier, receipt);
      const report = await check(
        checkOf([held(bill)], {
          receipts: [heldReceipt(receipt)],
        }),
      );
      expect(report).toMatchObject({ verdict: 'consistent', marked: [], bank: 'BankAMSP' });
      expect(verdicts(report)).toEqual([
        ['vessel', 'consistent'],
        ['containers', 'consistent'],
        ['cargo', 'consistent'],
      ]);
      expect(reasonsOf(report, 'cargo')).toContain(
        `Warehouse receipt ${receipt.number}: the quantity is as recorded.`,
      );
      const { id: _id, reportHash, transactionId: _transactionId, ...content } = report;
      expect(reportHash).toBe(createHash('sha256').update(canonicalJson(content)).digest('hex'));
    });

    const bent: [dimension: string, told: (bill: OffshorePaper) => ReturnType<typeof held>, why: RegExp][] = [
      ['vessel', (bill) => held(bill, { to: 'NLRTM' }), /the place of discharge is not the one/],
      ['containers', (bill) => held(bill, { containers: [freshContainer()] }), /1 of 1 containers are not/],
      [
        'cargo',
        (bill) => held(bill, { cargo: [{ hsCode: '740311', packages: 20, weight: 31_000 }] }),
        /the weight is not the one/,
      ],
    ];
    it.each(bent)('finds papers inconsistent in their %s, and says why', async (dimension, told, why) => {
      const bill = offshoreBill();
      await record(carrier, bill);
      const report = await check(checkOf([told(bill)]));
      expect(report['verdict']).toBe('inconsistent');
      expect(verdicts(report)).toEqual(
        ['vessel', 'containers', 'cargo'].map((one) => [
          one,
          one === dimension ? 'inconsistent' : 'consistent',
        ]),
      );
      const reasons = reasonsOf(report, dimension) as readonly string[];
      expect(reasons).toContainEqual(expect.stringMatching(new RegExp(`^Bill of lading ${bill.number}: `)));
      expect(reasons).toContainEqual(expect.stringMatching(why));
      // What the record says instead is for who holds the true paper.
      const { dimensions } = report;
      expect(JSON.stringify(dimensions)).not.toContain(bill.transport?.containers?.[0]);
      await refused('CHECK_INCONSISTENT', () => pay(a, textAt(report, 'id'), bill), 409, 'check');
    });

    it('leaves open what nobody has recorded: the bill, or its voyage', async () => {
      const unknown = offshoreBill();
      const report = await check(checkOf([held(unknown)]));
      expect(report['verdict']).toBe('not-covered');
      expect(verdicts(report).map(([, verdict]) => verdict)).toEqual(Array(3).fill('not-covered'));
      await refused('NOT_CHECKED', () => pay(a, textAt(report, 'id'), unknown));

      const afloat = offshoreBill({}, { events: [] });
      await record(carrier, afloat);
      const sale = purchase(price);
      await record(supplier, sale);
      const early = await check(checkOf([held(afloat)], { invoice: heldInvoice(sale) }));
      expect(verdicts(early)).toEqual([
        ['vessel', 'not-covered'],
        ['containers', 'not-covered'],
        ['cargo', 'consistent'],
      ]);
      // The bank may judge that for itself.
      expect((await pay(a, textAt(early, 'id'), afloat)).status).toBe(201);
    });

    it('is read by its bank and the regulator, and by no other bank', async () => {
      const bill = offshoreBill();
      await record(carrier, bill);
      const id = await checked(bill);
      const own = await a.officer.get(`/offshore-checks/${id}`);
      expect([own.status, at(own.body, 'verdict')]).toEqual([200, 'consistent']);
      const regulator = await auditor();
      // The regulator's own peer may have the block a little later.
      const seen = await poll(async () => {
        const { status, body } = await regulator.get(`/offshore-checks/${id}`);
        return status === 200 ? body : undefined;
      }, 30_000);
      expect(seen).toEqual(own.body);

      const ids = async (client: Client) =>
        listAt((await client.get('/offshore-checks?limit=200')).body, 'items').map((one) => one['id']);
      expect(await ids(a.officer)).toContain(id);
      expect(await ids(regulator)).toContain(id);
      expect(await ids(b.officer)).not.toContain(id);
      await refused('CHECK_NOT_FOUND', () => b.officer.get(`/offshore-checks/${id}`), 404);
      await refused('CHECK_NOT_FOUND', () => pay(b, id, bill), 404, 'check');
      for (const stranger of [carrier, await person('CustomsMSP', 'officer')]) {
        expect((await stranger.get(`/offshore-checks/${id}`)).status).toBe(403);
      }
    });
  });

  describe('a payment', () => {
    it('marks its bill; the second bank is refused and learns that it is marked, not by whom', async () => {
      const bill = offshoreBill();
      await record(carrier, bill);
      const [id, other] = [await checked(bill), await checked(bill, b)];
      const paid = await pay(a, id, bill);
      expect(paid.status).toBe(201);
      expect(paid.body).toMatchObject({
        state: 'marked',
        purpose: 'offshore-trade',
        check: id,
        amount: price,
        lines: [{ document: named(bill), amount: price }],
      });
      expect(at(paid.body, 'lines.0.drawn')).toBeUndefined();

      await refused('ALREADY_MARKED', () => pay(b, other, bill));
      await refused('ALREADY_MARKED', () => pay(a, id, bill));
      const lines = listAt((await pay(b, other, bill)).body, 'lines');
      expect(lines).toEqual([
        expect.objectContaining({ list: 'lines', line: 0, code: 'ALREADY_MARKED' }) as unknown,
      ]);
      const report = await check(checkOf([held(bill)]), b);
      expect(report).toMatchObject({ verdict: 'consistent', marked: [named(bill)] });
      expect(JSON.stringify(report)).not.toContain('BankA');
      const regulator = await auditor();
      const listed = await poll(async () => {
        const { body } = await regulator.get('/payments?purpose=offshore-trade&owner=BankAMSP');
        return listAt(body, 'items').find((one) => one['id'] === at(paid.body, 'id'));
      }, 30_000);
      expect(listed).toMatchObject({ check: id });
    });

    it('in instalments on one invoice marks its bill again, for what is left and at one bank', async () => {
      const bill = offshoreBill();
      await record(carrier, bill);
      const [id, other] = [await checked(bill), await checked(bill, b)];
      const part = (amount: string) => a.officer.post('/payments', offshorePayment(id, [bill], usd(amount)));
      expect((await part('30000.00')).status).toBe(201);
      await refused('ALREADY_MARKED', () => pay(b, other, bill));
      await refused('EXCEEDS_INVOICE', () => part('54000.01'), 409, 'amount.amount');
      expect((await part('54000.00')).status).toBe(201);
      await refused('ALREADY_MARKED', () => part('0.01'));
    });

    it('is one of two when both banks mark the bill at the same moment', async () => {
      const bill = offshoreBill();
      await record(carrier, bill);
      const [one, two] = [await checked(bill), await checked(bill, b)];
      const answers = await Promise.all([pay(a, one, bill), pay(b, two, bill)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      const loser = answers.find(({ status }) => status === 409);
      expect(at(loser?.body, 'code')).toBe('ALREADY_MARKED');
    });

    it('is one of eight that mark the bill and the waybill of the same containers', async () => {
      const containers = [freshContainer()];
      const bill = offshoreBill({}, { containers });
      const train = offshoreBill({ type: 'rail-waybill', cites: [named(bill)] }, { containers });
      for (const paper of [bill, train]) await record(carrier, paper);
      const [ofBill, ofTrain] = [await checked(bill), await checked(train, b)];
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? pay(a, ofBill, bill) : pay(b, ofTrain, train))),
      );
      const codes = answers.map(({ status, body }) => (status === 201 ? 201 : at(body, 'code')));
      expect(codes.sort()).toEqual([201, ...Array<string>(7).fill('ALREADY_MARKED')]);
    });

    it('leaves the other part of a trade to another bank, and the master of both to none', async () => {
      const containers = [freshContainer(), freshContainer()];
      const master = offshoreBill({}, { containers });
      const parts = containers.map((container) =>
        offshoreBill({ cites: [named(master)] }, { containers: [container] }),
      );
      const [first, second] = parts;
      if (first === undefined || second === undefined) throw new Error('There are two parts.');
      for (const paper of [master, ...parts]) await record(carrier, paper);
      expect((await pay(a, await checked(first), first)).status).toBe(201);
      expect((await pay(b, await checked(second, b), second)).status).toBe(201);
      const ofMaster = await checked(master, b);
      await refused('ALREADY_MARKED', () => pay(b, ofMaster, master));
    });

    it('is the same when it comes again under its key', async () => {
      const bill = offshoreBill();
      await record(carrier, bill);
      const body = offshorePayment(await checked(bill), [bill], price);
      const key = `offshore-${bill.number}`;
      const first = await a.officer.post('/payments', body, key);
      const again = await a.officer.post('/payments', body, key);
      expect([first.status, again.status]).toEqual([201, 201]);
      expect(at(again.body, 'id')).toBe(at(first.body, 'id'));
      await refused(
        'IDEMPOTENCY_KEY_REUSED',
        () => a.officer.post('/payments', { ...body, payee: 'Somebody else' }, key),
        422,
      );
    });

    it('gives its mark back when two people reverse it', async () => {
      const bill = offshoreBill();
      await record(carrier, bill);
      const other = await checked(bill, b);
      const id = textAt((await pay(a, await checked(bill), bill)).body, 'id');
      await refused('ALREADY_MARKED', () => pay(b, other, bill));
      expect((await takeBack(a, id)).status).toBe(200);
      expect((await pay(b, other, bill)).status).toBe(201);
    });

    it('is not made on a cancelled bill, and who has paid on it is told', async () => {
      const bill = offshoreBill();
      const fact = await record(carrier, bill);
      const other = await checked(bill, b);
      const id = textAt((await pay(a, await checked(bill), bill)).body, 'id');
      const cancelled = await carrier.post(`/facts/${fact}/cancellation`, { reason: 'Forged.' });
      expect(cancelled.status).toBe(200);
      await refused('FACT_CANCELLED', () => pay(b, other, bill));
      expect((await check(checkOf([held(bill)]), b))['verdict']).toBe('inconsistent');
      const alert = await poll(async () => {
        const { body } = await a.officer.get('/alerts?limit=500');
        return listAt(body, 'items').find(
          (item) =>
            at(item, 'content.alert') === 'red-letter' &&
            (at(item, 'content.payments') as readonly string[]).includes(id),
        );
      }, 30_000);
      expect(alert).toBeDefined();
    });

    it('quotes a check of its payer and its papers, and no other payment does', async () => {
      const [bill, stranger] = [offshoreBill(), offshoreBill()];
      for (const paper of [bill, stranger]) await record(carrier, paper);
      const id = await checked(bill);
      const body = offshorePayment(id, [bill], price);
      const { check: _check, ...without } = body;
      await refused('CHECK_REQUIRED', () => a.officer.post('/payments', without), 422, 'check');
      const services = { ...body, purpose: 'service-trade', amount: usd('1.00'), lines: [] };
      await refused('CHECK_REQUIRED', () => a.officer.post('/payments', services), 422, 'check');
      await refused('NOT_CHECKED', () => a.officer.post('/payments', { ...body, payer: otherExporter }));

      const invoice = { type: 'tax-invoice', number: '26330000000000000001' } as const;
      const several = offshorePayment(id, [bill, stranger, invoice], usd('1.00'), usd('3.00'));
      const answer = await a.officer.post('/payments', several);
      expect([answer.status, at(answer.body, 'code')]).toEqual([409, 'WRONG_DOCUMENT']);
      expect(listAt(answer.body, 'lines').map(({ line, code }) => [line, code])).toEqual([
        [1, 'NOT_CHECKED'],
        [2, 'WRONG_DOCUMENT'],
      ]);
      await refused('WRONG_DOCUMENT', () => a.officer.post('/payments', several));
    });
  });
});
