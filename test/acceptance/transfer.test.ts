import { randomUUID } from 'node:crypto';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { AlertListener } from '@pledgeonce/scripts/rest/events.js';
import { bank, customsOfficer, type BankPeople } from './support/consortium.js';
import { claim, declaration, record, reference, usd, verify } from './support/documents.js';

describe('a transfer', () => {
  let a: BankPeople;
  let b: BankPeople;
  beforeAll(async () => {
    [a, b] = [await bank('A'), await bank('B')];
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
});
