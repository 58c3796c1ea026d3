import { setTimeout as sleep } from 'node:timers/promises';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { BlockReader } from './support/block-reader.js';
import { auditor, bank, consortium, customsOfficer, person, type BankPeople } from './support/consortium.js';
import { soonEnough } from './support/deadline.js';
import { declaration, inDays, record, reference, usd, verify } from './support/documents.js';
import { eventually } from './support/eventually.js';
import { assign, insuredTrade } from './support/insured-trade.js';
import { expectRefused } from './support/nothing-written.js';

describe('matchmaking', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  let enterprise: Client;
  let other: Client;
  beforeAll(async () => {
    [reader, a, b] = [await BlockReader.open(consortium()), await bank('A'), await bank('B')];
    enterprise = await person('EnterpriseMSP', 'exporter-1');
    other = await person('EnterpriseMSP', 'exporter-2');
  });
  afterAll(() => {
    reader.close();
  });

  const terms = (rate: string, amount = '600.00') => ({ amount: usd(amount), rate, validUntil: inDays(10) });

  const need = {
    banks: ['BankAMSP', 'BankBMSP'],
    amount: usd('600.00'),
    tenorDays: 90,
    product: 'discount',
    purpose: 'Working capital',
    highestRate: '4.00',
  };

  async function post(more: object = {}) {
    const fact = declaration();
    const customs = await customsOfficer();
    const before = performance.now();
    await record(customs, fact);
    const answer = await enterprise.post('/financing-requests', {
      ...need,
      lines: [{ document: reference(fact), amount: usd('600.00') }],
      deadline: soonEnough(performance.now() - before),
      ...more,
    });
    expect(answer.status).toBe(201);
    const id = textAt(answer.body, 'id');
    // Another organisation's gateway knows it once its own peer has the block.
    await eventually(async () => (await a.officer.get(`/financing-requests/${id}`)).status === 200);
    return { fact, id };
  }

  async function openedOffers(id: string, count: number) {
    const until = Date.now() + 40_000;
    while (Date.now() < until) {
      const items = listAt((await enterprise.get(`/financing-requests/${id}/offers`)).body, 'items');
      if (items.length === count) return items;
      await sleep(500);
    }
    throw new Error('The offers were not opened.');
  }

  it('keeps offers sealed until the deadline, opens them by itself, and turns one into a claim', async () => {
    const { fact, id } = await post();
    const sealedA = await a.officer.post(`/financing-requests/${id}/offers`, terms('3.20'));
    const sealedB = await b.officer.post(`/financing-requests/${id}/offers`, terms('3.90'));
    expect([sealedA.status, sealedB.status]).toEqual([201, 201]);
    const offerA = textAt(sealedA.body, 'id');
    expect((await a.officer.get(`/offers/${offerA}`)).body).toMatchObject({
      state: 'sealed',
      terms: { rate: '3.20' },
    });
    expect((await b.officer.get(`/offers/${offerA}`)).status).toBe(404);
    expect((await enterprise.get(`/offers/${offerA}`)).status).toBe(404);
    const seenByRegulator = await (await auditor()).get(`/offers/${offerA}`);
    expect(at(seenByRegulator.body, 'terms')).toBeUndefined();
    const early = await enterprise.post(`/offers/${offerA}/acceptance`, {});
    expect([early.status, at(early.body, 'code')]).toEqual([404, 'OFFER_NOT_FOUND']);

    const offers = await openedOffers(id, 2);
    expect(offers.map((offer) => at(offer, 'terms.rate')).sort()).toEqual(['3.20', '3.90']);
    expect((await other.get(`/financing-requests/${id}/offers`)).status).toBe(404);
    const late = await b.officer.post(`/financing-requests/${id}/offers`, terms('1.00'));
    expect([late.status, at(late.body, 'code')]).toEqual([409, 'REQUEST_OVER']);

    const accepted = await enterprise.post(`/offers/${offerA}/acceptance`, {});
    expect(accepted.status).toBe(200);
    const claim = textAt(accepted.body, 'claim');
    expect((await a.officer.get(`/claims/${claim}`)).body).toMatchObject({
      state: 'reserved',
      amount: usd('600.00'),
    });
    expect((await verify(b.officer, fact)).body).toMatchObject({ remaining: usd('400.00'), liveDraws: 1 });
    const offerB = textAt(sealedB.body, 'id');
    const takeB = () => enterprise.post(`/offers/${offerB}/acceptance`, {});
    // The runner-up stands until a second person of the winner has confirmed the claim.
    expect((await b.officer.get(`/offers/${offerB}`)).body).toMatchObject({ state: 'opened' });
    await expectRefused(reader, takeB, { status: 409, code: 'REQUEST_AWARDED' });
    expect((await a.approver.post(`/claims/${claim}/acceptance`, {})).status).toBe(200);
    expect((await b.officer.get(`/offers/${offerB}`)).body).toMatchObject({ state: 'lapsed' });
    await expectRefused(reader, takeB, { status: 409, code: 'OFFER_LAPSED' });
  }, 90_000);

  it('turns an offer on a need that names cover into an insured claim', async () => {
    const before = performance.now();
    const trade = await insuredTrade();
    // One of the several documents that such a trade has.
    const tookMs = (performance.now() - before) / 4;
    const { invoice, limit, shipment } = trade;
    const cover = [limit, shipment].map((fact) => ({ document: reference(fact), amount: usd('600.00') }));
    const lines = [{ document: reference(invoice), amount: usd('600.00') }];
    const insured = { product: 'insured', lines, cover };
    const deadline = soonEnough(tookMs);
    const body = { ...need, deadline, ...insured };
    const bad = (code: string, more: object) =>
      expectRefused(reader, () => enterprise.post('/financing-requests', { ...body, ...more }), {
        status: code === 'COVER_SUM' ? 409 : 422,
        code,
      });
    await bad('COVER_REQUIRED', { cover: undefined });
    await bad('COVER_SUM', { cover: cover.slice(0, 1) });
    await bad('DUE_DATE_INVALID', { tenorDays: 181 });

    const { id } = await post(insured);
    expect((await a.officer.get(`/financing-requests/${id}`)).body).toMatchObject({
      product: 'insured',
      cover,
    });
    const sealed = await a.officer.post(`/financing-requests/${id}/offers`, terms('2.90', '500.00'));
    const offer = textAt(sealed.body, 'id');
    await openedOffers(id, 1);
    const accept = () => enterprise.post(`/offers/${offer}/acceptance`, {});
    await expectRefused(reader, accept, { status: 409, code: 'NOT_ASSIGNEE' });
    await assign(limit);
    const accepted = await accept();
    expect(accepted.status).toBe(200);
    const claim = `/claims/${textAt(accepted.body, 'claim')}`;
    expect((await a.officer.get(claim)).body).toMatchObject({
      state: 'reserved',
      product: 'insured',
      amount: usd('500.00'),
      cover: [
        { document: { type: 'buyer-limit' }, drawn: usd('500.00') },
        { document: { type: 'declared-shipment' }, drawn: usd('500.00') },
      ],
    });
    expect((await verify(b.officer, limit)).body).toMatchObject({ remaining: usd('1500.00') });
    expect((await a.approver.post(`${claim}/acceptance`, {})).body).toMatchObject({ state: 'accepted' });
  }, 90_000);

  it('leaves the enterprise the runner-up when the winner lets go, and counts that', async () => {
    const { fact, id } = await post();
    const [won, second] = [
      await a.officer.post(`/financing-requests/${id}/offers`, terms('0.01')),
      await b.officer.post(`/financing-requests/${id}/offers`, terms('3.90')),
    ].map(({ body }) => `/offers/${textAt(body, 'id')}`);
    await openedOffers(id, 2);
    const recordOf = async (bidder: string) => {
      const { body } = await enterprise.get(`/financing-requests/${id}/offers`);
      const offer = listAt(body, 'items').find((item) => item['bank'] === bidder);
      return at(offer ?? {}, 'record') as { won: number; letGo: number };
    };
    const before = await recordOf('BankAMSP');
    const claim = textAt((await enterprise.post(`${won ?? ''}/acceptance`, {})).body, 'claim');
    expect((await enterprise.get(`/financing-requests/${id}`)).body).toMatchObject({
      state: 'awarded',
      claim,
    });
    expect((await a.officer.post(`/claims/${claim}/rejection`, { reason: 'Not at that rate.' })).status).toBe(
      200,
    );
    expect((await verify(b.officer, fact)).body).toMatchObject({ remaining: usd('1000.00') });
    expect((await enterprise.get(won ?? '')).body).toMatchObject({ state: 'let-go' });
    expect(await recordOf('BankAMSP')).toEqual({ won: before.won + 1, letGo: before.letGo + 1 });
    await expectRefused(reader, () => enterprise.post(`${won ?? ''}/acceptance`, {}), {
      status: 409,
      code: 'OFFER_LAPSED',
    });
    const taken = await enterprise.post(`${second ?? ''}/acceptance`, {});
    expect(taken.status).toBe(200);
    const theirs = textAt(taken.body, 'claim');
    expect((await b.approver.post(`/claims/${theirs}/acceptance`, {})).body).toMatchObject({
      state: 'accepted',
    });
    expect((await enterprise.get(`/financing-requests/${id}`)).body).toMatchObject({ state: 'accepted' });
  }, 90_000);

  it('is between the enterprise and the banks that it asked', async () => {
    const { id } = await post({ banks: ['BankAMSP'] });
    expect((await b.officer.get(`/financing-requests/${id}`)).status).toBe(404);
    const uninvited = await b.officer.post(`/financing-requests/${id}/offers`, terms('3.00'));
    expect([uninvited.status, at(uninvited.body, 'code')]).toEqual([404, 'REQUEST_NOT_FOUND']);
    const dear = await a.officer.post(`/financing-requests/${id}/offers`, terms('4.50'));
    expect([dear.status, at(dear.body, 'code')]).toEqual([422, 'OFFER_INVALID']);
    const sealed = await a.officer.post(`/financing-requests/${id}/offers`, terms('3.00'));
    const stranger = await other.post(`/financing-requests/${id}/withdrawal`, {});
    expect(stranger.status).toBe(404);
    expect((await enterprise.post(`/financing-requests/${id}/withdrawal`, {})).body).toMatchObject({
      state: 'withdrawn',
    });
    expect((await a.officer.get(`/offers/${textAt(sealed.body, 'id')}`)).body).toMatchObject({
      state: 'lapsed',
    });
  });
});
