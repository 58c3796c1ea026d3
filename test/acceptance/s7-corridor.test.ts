import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import type { Client, Json } from '@pledgeonce/scripts/rest/client.js';
import { freshContainer } from '@pledgeonce/scripts/story/containers.js';
import {
  billNumber,
  billOfLading as bill,
  containersOf,
  daysAgo,
  forwarder,
  freshBill,
  freshReceipt,
  freshWaybill,
  idOf,
  shipper,
} from '@pledgeonce/scripts/story/shipments.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { BlockReader } from './support/block-reader.js';
import { auditor, bank, type BankPeople, consortium, person } from './support/consortium.js';
import { claim, record, usd } from './support/documents.js';
import { expectRefused } from './support/nothing-written.js';

describe('S7: corridor, rail and warehouse', () => {
  let carrier: Client;
  let a: BankPeople;
  let b: BankPeople;
  let reader: BlockReader;
  beforeAll(async () => {
    [carrier, a, b] = [await person('CarrierMSP', 'officer'), await bank('A'), await bank('B')];
    reader = await BlockReader.open(consortium());
  });
  afterAll(() => {
    reader.close();
  });

  const reference = ({ type, number }: FactInput) => ({ type, number });
  const freightClaim = (fact: FactInput, amount: string) =>
    claim(reference(fact), usd(amount), { enterprise: idOf(forwarder), product: 'invoice' });
  const goodsClaim = (receipt: FactInput, tonnes: string) => ({
    ...claim(reference(receipt), usd('50000.00'), { enterprise: idOf(shipper), product: 'warehouse' }),
    lines: [],
    collateral: [{ document: reference(receipt), quantity: { amount: tonnes, unit: 'TNE' } }],
  });
  const verified = async (fact: FactInput, by: Client = b.officer) => {
    const { total, quantity, seller } = fact;
    const particulars = { enterprise: idOf(seller), total, quantity };
    return (await by.post('/verifications', { document: reference(fact), particulars })).body;
  };
  const isTwin = async (fact: FactInput) =>
    listAt(await verified(fact), 'warnings').some(({ warning }) => warning === 'same-containers');
  /** An alert that this organisation has received about this claim or document. */
  const alerted = async (client: Client, alert: string, id: string): Promise<Json> => {
    const found = await poll(async () => {
      const { body } = await client.get('/alerts?limit=500');
      return listAt(body, 'items').find(
        (item) => at(item, 'content.alert') === alert && JSON.stringify(item).includes(id),
      );
    }, 30_000);
    if (found === undefined) throw new Error(`Nobody was told "${alert}" about ${id}.`);
    return found;
  };

  it('imports an electronic bill of lading and lends on its freight', async () => {
    const electronic = freshBill(usd('2400.10'));
    const response = await carrier.fetch('POST', '/facts/import', {
      body: JSON.stringify(electronic),
      headers: { 'content-type': 'application/json' },
    });
    const verdict = JSON.parse(await response.text()) as Json;
    expect(verdict).toMatchObject({ index: 0, status: 'recorded' });
    const { body } = await carrier.get(`/facts/${textAt(verdict, 'id')}`);
    expect(body).toMatchObject({
      number: billNumber(electronic),
      total: usd('2400.10'),
      seller: { id: forwarder.id },
      transport: {
        containers: containersOf(electronic),
        vessel: { imo: '9300001' },
        shipper: { id: shipper.id },
        cargo: [{ hsCode: '820411', packages: 380, weight: 17500 }],
      },
    });
    const fact = bill({ number: billNumber(electronic), total: usd('2400.10') });
    expect(await verified(fact)).toMatchObject({ result: 'match', remaining: usd('2400.10') });
    expect(await isTwin(fact)).toBe(false);
    const reserved = await a.officer.post('/claims', freightClaim(fact, '2000.00'));
    expect([reserved.status, at(reserved.body, 'state')]).toEqual([201, 'reserved']);
    await expectRefused(reader, () => b.officer.post('/claims', freightClaim(fact, '400.11')), {
      status: 409,
      code: 'EXCEEDS_BALANCE',
    });
  });

  it('says of shipping instructions that they are no bill yet, and writes nothing', async () => {
    const { transportDocumentReference: _, ...instructions } = freshBill(usd('1.00'));
    const before = await reader.height();
    const response = await carrier.fetch('POST', '/facts/import', {
      body: JSON.stringify(instructions),
      headers: { 'content-type': 'application/json' },
    });
    expect(JSON.parse(await response.text())).toMatchObject({
      status: 'refused',
      code: 'NUMBER_INVALID',
      field: 'transportDocumentReference',
    });
    expect(await reader.height()).toBe(before);
  });

  it('takes the same containers under a waybill and a bill for the same goods, and alerts', async () => {
    const containers = [freshContainer(), freshContainer()];
    const train = freshWaybill(usd('1000.00'), containers);
    await record(carrier, train);
    const held = textAt((await a.officer.post('/claims', freightClaim(train, '700.00'))).body, 'id');
    const ship = bill({}, { containers: containers.slice(1), loadedOn: daysAgo(13) });
    const id = await record(carrier, ship);

    expect(await verified(ship)).toMatchObject({ remaining: usd('300.00') });
    expect(await isTwin(ship)).toBe(true);
    await expectRefused(reader, () => b.officer.post('/claims', freightClaim(ship, '300.01')), {
      status: 409,
      code: 'EXCEEDS_BALANCE',
    });
    expect(at(await alerted(a.officer, 'same-containers', held), 'content.facts')).toEqual([]);
    await alerted(carrier, 'same-containers', id);
    await alerted(await auditor(), 'same-containers', held);
  });

  it('counts the freight of two bills for the same containers once, and a later voyage for itself', async () => {
    const containers = [freshContainer()];
    const [first, second] = [bill({}, { containers }), bill({ total: usd('900.00') }, { containers })];
    for (const one of [first, second]) await record(carrier, one);
    expect((await a.officer.post('/claims', freightClaim(first, '800.00'))).status).toBe(201);
    expect(await verified(second)).toMatchObject({ remaining: usd('200.00') });
    const earlier = { containers, loadedOn: daysAgo(90), arrivedOn: daysAgo(60) };
    const other = bill({ date: daysAgo(90), total: usd('800.00') }, earlier);
    await record(carrier, other);
    expect(await verified(other)).toMatchObject({ remaining: usd('800.00') });
    expect(await isTwin(other)).toBe(false);
  });

  it('lets a claim on a house bill limit its master, and says so to no one', async () => {
    const containers = [freshContainer()];
    const master = bill({}, { containers });
    const cites = [{ type: 'bill-of-lading' as const, number: master.number }];
    const houses = ['600.00', '610.00'].map((total) => bill({ total: usd(total), cites }, { containers }));
    for (const one of [...houses, master]) await record(carrier, one);
    const [one, two] = houses;
    if (one === undefined || two === undefined) throw new Error('There are two house bills.');
    expect((await a.officer.post('/claims', freightClaim(one, '600.00'))).status).toBe(201);
    expect(await verified(master)).toMatchObject({ remaining: usd('400.00') });
    expect(await isTwin(master)).toBe(false);
    expect(await verified(two)).toMatchObject({ remaining: usd('400.00') });
  });

  it('keeps receipts for one lot from being pledged for more than the lot (Qingdao)', async () => {
    const lot = freshReceipt('100000');
    const lotId = await record(carrier, lot);
    const receipts = ['100000', '100000', '100000'].map((tonnes) => freshReceipt(tonnes, lot));
    for (const receipt of receipts) await record(carrier, receipt);
    const [first, second, third] = receipts;
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('Three receipts.');

    const { collateral: _, ...withoutGoods } = goodsClaim(first, '60000');
    await expectRefused(reader, () => a.officer.post('/claims', withoutGoods), {
      status: 422,
      code: 'COLLATERAL_REQUIRED',
      field: 'collateral',
    });
    const pledged = await a.officer.post('/claims', goodsClaim(first, '60000'));
    expect(pledged.status).toBe(201);
    const held = textAt(pledged.body, 'id');
    expect(await verified(third)).toMatchObject({ remainingQuantity: { amount: '40000.000', unit: 'TNE' } });
    await expectRefused(reader, () => b.officer.post('/claims', goodsClaim(second, '40000.001')), {
      status: 409,
      code: 'EXCEEDS_BALANCE',
    });

    // Goods leave: the warehouse lowers its record of the lot.
    const released = await carrier.request('PATCH', `/facts/${lotId}`, {
      body: { changes: { quantity: { amount: '50000', unit: 'TNE' } }, reason: '50,000 t delivered' },
    });
    expect([released.status, at(released.body, 'overdrawn')]).toEqual([200, true]);
    await alerted(a.officer, 'overdrawn', held);
    await expectRefused(reader, () => b.officer.post('/claims', goodsClaim(second, '1')), {
      status: 409,
      code: 'UNDERLYING_OVERDRAWN',
    });
  });

  it('frees a part of the goods before the loan is settled, with a repayment or on the bank’s word', async () => {
    const lot = freshReceipt('1000');
    await record(carrier, lot);
    const id = textAt((await a.officer.post('/claims', goodsClaim(lot, '600'))).body, 'id');
    await a.approver.post(`/claims/${id}/acceptance`, {});
    await a.officer.post(`/claims/${id}/disbursement`, {});
    const left = async () => at(await verified(lot), 'remainingQuantity.amount');
    const document = reference(lot);
    const part = (amount: string) => ({ document, quantity: { amount, unit: 'TNE' } });
    const said = (amount: string) => ({ ...part(amount), reason: 'Sold and paid for.' });
    await expectRefused(reader, () => a.officer.post(`/claims/${id}/goods-release`, said('600')), {
      ...{ status: 409, code: 'EXCEEDS_PLEDGED', field: 'quantity.amount' },
    });
    await expectRefused(reader, () => b.officer.post(`/claims/${id}/goods-release`, said('1')), {
      ...{ status: 404, code: 'CLAIM_NOT_FOUND' },
    });
    const released = await a.officer.post(`/claims/${id}/goods-release`, said('250'));
    expect([released.status, await left()]).toEqual([200, '650.000']);
    const paid = { amount: usd('1.00'), source: 'own-funds', release: part('50') };
    const { body } = await a.officer.post(`/claims/${id}/repayments`, paid);
    expect(body).toMatchObject({
      state: 'partly-repaid',
      collateral: [{ pledged: { amount: '300.000', unit: 'TNE' } }],
      releases: [{ quantity: { amount: '250.000' } }, { quantity: { amount: '50.000' } }],
    });
    expect(await left()).toBe('700.000');
  });

  it('keeps goods that two papers count in different units from being pledged twice', async () => {
    const lot = freshReceipt('100');
    const bags = { ...freshReceipt('1', lot), quantity: { amount: '4000', unit: 'XBG' } };
    await record(carrier, lot);
    const bagsId = await record(carrier, bags);
    const pledge = (receipt: FactInput, amount: string) => () =>
      b.officer.post('/claims', {
        ...goodsClaim(receipt, '1'),
        collateral: [
          { document: reference(receipt), quantity: { amount, unit: receipt.quantity?.unit ?? '' } },
        ],
      });
    const incomparable = { status: 409, code: 'UNITS_INCOMPARABLE' };
    for (const receipt of [lot, bags]) {
      expect(listAt(await verified(receipt), 'warnings')).toContainEqual({ warning: 'units-incomparable' });
    }
    await expectRefused(reader, pledge(bags, '4000'), incomparable);
    await expectRefused(reader, pledge(lot, '100'), incomparable);

    // Only the warehouse can say what a bag weighs.
    const weighed = await carrier.request('PATCH', `/facts/${bagsId}`, {
      body: { changes: { mass: { amount: '100000', unit: 'KGM' } }, reason: 'weighed' },
    });
    expect(weighed.status).toBe(200);
    expect((await pledge(lot, '75')()).status).toBe(201);
    await expectRefused(reader, pledge(bags, '1000.001'), { status: 409, code: 'EXCEEDS_BALANCE' });
    expect((await pledge(bags, '1000')()).status).toBe(201);
    await expectRefused(reader, pledge(lot, '0.001'), { status: 409, code: 'EXCEEDS_BALANCE' });
  });

  it('keeps every event of a journey, and only the carrier may add one', async () => {
    const fact = bill({}, { containers: [freshContainer()] });
    const id = await record(carrier, fact);
    const events = [{ event: 'loaded', at: `${daysAgo(10)}T08:00:00Z`, place: 'CNQZH' }];
    const change = { changes: { transport: { ...fact.transport, events } }, reason: 'loaded' };
    const { status, body } = await carrier.request('PATCH', `/facts/${id}`, { body: change });
    expect([status, at(body, 'version'), listAt(body, 'transport.events')]).toEqual([200, 2, events]);
    expect(await verified(fact)).toMatchObject({ result: 'match', remaining: usd('1000.00') });
    const stranger = await person('CustomsMSP', 'officer');
    await expectRefused(reader, () => stranger.request('PATCH', `/facts/${id}`, { body: change }), {
      status: 403,
      code: 'WRONG_ORGANISATION',
    });
  });
});
