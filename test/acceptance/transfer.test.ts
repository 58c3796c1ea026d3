import { randomUUID } from 'node:crypto';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import type { Json } from '@pledgeonce/scripts/rest/client.js';
import { AlertListener } from '@pledgeonce/scripts/rest/events.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, customsOfficer, person, type BankPeople } from './support/consortium.js';
import { claim, declaration, record, reference, usd, verify } from './support/documents.js';
import { eventually } from './support/eventually.js';
import { expectRefused } from './support/nothing-written.js';

describe('a transfer', () => {
  let a: BankPeople;
  let b: BankPeople;
  let reader: BlockReader;
  beforeAll(async () => {
    [a, b] = [await bank('A'), await bank('B')];
    reader = await BlockReader.open(consortium());
  });
  afterAll(() => {
    reader.close();
  });

  async function disbursed(): Promise<{
    readonly id: string;
    readonly fact: ReturnType<typeof declaration>;
  }> {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const id = textAt((await a.officer.post('/claims', claim(reference(fact), usd('800.00')))).body, 'id');
    await a.approver.post(`/claims/${id}/acceptance`, {});
    await a.officer.post(`/claims/${id}/disbursement`, {});
    return { id, fact };
  }

  it('moves the draw to the other bank in one step, and tells it', async () => {
    const alerts = await AlertListener.open(b.officer);
    const { id, fact } = await disbursed();
    expect((await a.officer.post(`/claims/${id}/transfer`, { to: 'BankBMSP' })).status).toBe(200);
    expect(await alerts.find((alert) => JSON.stringify(alert).includes(id))).toBeDefined();
    alerts.close();
    const taken = await b.approver.post(`/claims/${id}/transfer/acceptance`, {
      applicationNumber: `TAKEN-${randomUUID()}`,
    });
    expect(taken.status).toBeLessThan(300);
    expect(taken.body).toMatchObject({ owner: 'BankBMSP', outstanding: usd('800.00'), transferredFrom: id });
    expect((await a.officer.get(`/claims/${id}`)).body).toMatchObject({ state: 'transferred' });
    expect((await verify(a.officer, fact)).body).toMatchObject({ remaining: usd('200.00'), liveDraws: 1 });
  });

  it('can be declined, and leaves everything as it was', async () => {
    const { id, fact } = await disbursed();
    await a.officer.post(`/claims/${id}/transfer`, { to: 'BankBMSP' });
    const declined = await b.officer.post(`/claims/${id}/transfer/refusal`, { reason: 'Too long a term.' });
    expect(declined.status).toBe(200);
    const late = await b.approver.post(`/claims/${id}/transfer/acceptance`, { applicationNumber: 'LATE-1' });
    expect([late.status, at(late.body, 'code')]).toEqual([409, 'TRANSFER_INVALID']);
    expect((await a.officer.get(`/claims/${id}`)).body).toMatchObject({ state: 'disbursed' });
    expect((await verify(b.officer, fact)).body).toMatchObject({ remaining: usd('200.00'), liveDraws: 1 });
  });

  it('of a share leaves two claims that hold what the one held, each repaid for itself', async () => {
    const { id, fact } = await disbursed();
    const offer = (share: string) =>
      a.officer.post(`/claims/${id}/transfer`, { to: b.msp, share: usd(share) });
    await expectRefused(reader, () => offer('800.00'), {
      ...{ status: 409, code: 'SHARE_INVALID', field: 'share.amount' },
    });
    expect((await offer('300.00')).status).toBe(200);
    const offered = await b.officer.get(`/claims/${id}`);
    expect(offered.body).toMatchObject({ amount: usd('300.00'), offeredShare: usd('300.00') });
    expect(JSON.stringify(offered.body)).not.toMatch(/[85]00\.00/);

    const alerts = await AlertListener.open(b.officer);
    const exporter = await person('EnterpriseMSP', 'exporter-1');
    const command = { applicationNumber: `SHARE-${randomUUID()}` };
    const taken = await b.approver.post(`/claims/${id}/transfer/acceptance`, command);
    expect(taken.body).toMatchObject({ amount: usd('300.00'), shareOf: { claim: id, bank: a.msp } });
    const share = textAt(taken.body, 'id');
    const kept = await a.officer.get(`/claims/${id}`);
    expect(kept.body).toMatchObject({
      ...{ state: 'disbursed', amount: usd('500.00'), outstanding: usd('500.00') },
      shares: [{ claim: share, bank: b.msp, amount: usd('300.00') }],
    });
    expect((await verify(a.officer, fact)).body).toMatchObject({ remaining: usd('200.00'), liveDraws: 2 });
    for (const [client, other] of [
      [a.officer, share],
      [b.officer, id],
    ] as const) {
      expect((await client.get(`/claims/${other}`)).status).toBe(404);
    }
    await eventually(async () => {
      const items = listAt((await exporter.get('/alerts?limit=500')).body, 'items');
      return items.some(
        (one) => at(one, 'content.alert') === 'claim-shared' && JSON.stringify(one).includes(share),
      );
    });

    const paid = { amount: usd('500.00'), source: 'proceeds' };
    expect((await a.officer.post(`/claims/${id}/repayments`, paid)).body).toMatchObject({ state: 'settled' });
    const isTold = (alert: Json) => at(alert, 'content.alert') === 'share-repaid';
    expect(
      await alerts.find((alert) => isTold(alert) && JSON.stringify(alert).includes(share)),
    ).toBeDefined();
    alerts.close();
    const own = { amount: usd('300.00'), source: 'own-funds' };
    expect((await b.officer.post(`/claims/${share}/repayments`, own)).body).toMatchObject({
      state: 'settled',
    });
    expect((await verify(a.officer, fact)).body).toMatchObject({ remaining: usd('500.00'), liveDraws: 0 });
  });
});
