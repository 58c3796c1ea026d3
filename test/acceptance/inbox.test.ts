import type { Client, Json } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, customsOfficer, person, type BankPeople } from './support/consortium.js';
import { claim, declaration, record, reference, usd } from './support/documents.js';
import { expectRefused } from './support/nothing-written.js';
import { disburse, reserve } from './support/steps.js';
import { waitingAt } from './support/waiting-at.js';

const patienceMs = 45_000;

/** Waits for what happens by itself. @throws Error when it does not. */
async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const seen = await poll(ask, patienceMs);
  if (seen === undefined) throw new Error('It did not happen in time.');
  return seen;
}

describe('what waits for somebody', () => {
  let a: BankPeople;
  let b: BankPeople;
  let reader: BlockReader;
  beforeAll(async () => {
    [a, b, reader] = await Promise.all([bank('A'), bank('B'), BlockReader.open(consortium())]);
  });
  afterAll(() => {
    reader.close();
  });

  it('is a claim, from its reservation to the payout, with what each may do about it', async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const application = claim(reference(fact), usd('500.00'));
    const id = textAt((await a.officer.post('/claims', application)).body, 'id');
    const item = await eventually(() => waitingAt(a.approver, id, 'claim-to-accept'));
    expect(item).toMatchObject({
      record: 'claim',
      address: `/claims/${id}`,
      documents: [{ type: 'customs-declaration', number: fact.number }],
      amount: usd('500.00'),
      applicationNumber: application.applicationNumber,
      by: 'officer',
      may: ['acceptClaim', 'rejectClaim', 'withdrawClaim', 'extendClaim'],
      needsAnother: [],
    });
    expect((await a.approver.get(textAt(item, 'address'))).status).toBe(200);
    expect(await waitingAt(a.officer, id, 'claim-to-accept')).toMatchObject({
      may: ['rejectClaim', 'withdrawClaim', 'extendClaim'],
    });
    // Another bank hears nothing of it, and whoever only reads has nothing to do.
    expect(await waitingAt(b.approver, id, 'claim-to-accept')).toBeUndefined();
    expect(await waitingAt(await person(a.msp, 'viewer'), id, 'claim-to-accept')).toBeUndefined();

    expect((await a.approver.post(`/claims/${id}/acceptance`, {})).status).toBe(200);
    await eventually(() => waitingAt(a.officer, id, 'claim-to-pay-out'));
    expect(await waitingAt(a.approver, id, 'claim-to-accept')).toBeUndefined();
    expect((await a.officer.post(`/claims/${id}/disbursement`, {})).status).toBe(200);
    await eventually(async () => ((await waitingAt(a.officer, id, 'claim-to-pay-out')) ? undefined : true));
  });

  it('is a transfer that another bank offers, until it is answered', async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const id = await disburse(a, reference(fact), usd('300.00'));
    expect((await a.officer.post(`/claims/${id}/transfer`, { to: b.msp })).status).toBe(200);
    const item = await eventually(() => waitingAt(b.officer, id, 'transfer-to-answer'));
    expect(item).toMatchObject({ record: 'transfer', amount: usd('300.00'), may: ['declineTransfer'] });
    expect((await b.officer.get(textAt(item, 'address'))).body).toMatchObject({ id });
    expect((await b.officer.post(`/claims/${id}/transfer/refusal`, {})).status).toBe(200);
    await eventually(async () => ((await waitingAt(b.officer, id, 'transfer-to-answer')) ? undefined : true));
  });

  it('is an alert, with document, amount, cause and application number, until somebody has looked into it', async () => {
    const fact = declaration();
    const customs = await customsOfficer();
    const factId = await record(customs, fact);
    const id = await reserve(a, reference(fact), usd('200.00'));
    const application = textAt((await a.officer.get(`/claims/${id}`)).body, 'applicationNumber');
    expect(
      (await customs.post(`/facts/${factId}/cancellation`, { reason: 'Recorded in error' })).status,
    ).toBe(200);
    const viewer = await person(a.msp, 'viewer');
    const alert = await eventually(async () => {
      const { body } = await viewer.get('/alerts?limit=500');
      return listAt(body, 'items').find(
        (one) => at(one, 'content.alert') === 'overdrawn' && JSON.stringify(one).includes(id),
      );
    });
    expect(alert).toMatchObject({
      read: false,
      concerns: [
        {
          record: 'claim',
          id,
          document: { type: 'customs-declaration', number: fact.number },
          amount: usd('200.00'),
          applicationNumber: application,
        },
      ],
    });
    expect(textAt(alert, 'cause')).toMatch(/carry less/);
    const alertId = textAt(alert, 'id');
    expect(await waitingAt(viewer, alertId, 'alert')).toMatchObject({ read: false });

    expect((await viewer.request('PUT', `/alerts/${alertId}/reading`)).body).toMatchObject({ read: true });
    expect(await waitingAt(viewer, alertId, 'alert')).toMatchObject({ read: true });
    expect(await waitingAt(a.officer, alertId, 'alert')).toMatchObject({ read: false });

    const remark = 'The exporter sends another declaration';
    const refuse = (
      client: Client,
      body: object,
      expected: { status: number; code: string; field?: string },
    ) => expectRefused(reader, () => client.post(`/alerts/${alertId}/check`, body), expected);
    await refuse(viewer, { remark }, { status: 403, code: 'PERMISSION_DENIED' });
    await refuse(a.officer, { remark: ' ' }, { status: 400, code: 'INPUT_INVALID', field: 'remark' });
    await refuse(b.officer, { remark }, { status: 404, code: 'ALERT_NOT_FOUND', field: 'id' });
    expect((await a.officer.post(`/alerts/${alertId}/check`, { remark })).status).toBe(200);
    expect((await viewer.get(`/alerts/${alertId}`)).body).toMatchObject({
      checked: { by: 'officer', remark },
    });
    expect(await waitingAt(viewer, alertId, 'alert')).toBeUndefined();
    await refuse(a.approver, { remark: 'Nothing' }, { status: 409, code: 'ALERT_CHECKED' });
  });

  it('is what each person wants to be told of; what they leave out is counted, and is there for others', async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const id = await reserve(b, reference(fact), usd('100.00'));
    const kind = 'claim-to-accept';
    await eventually(() => waitingAt(b.officer, id, kind));
    const { body: before } = await b.officer.get('/inbox/settings');
    const shownOf = (body: Json) =>
      Object.fromEntries(listAt(body, 'topics').map((one) => [textAt(one, 'topic'), one['shown']]));
    expect(shownOf(before)).toMatchObject({ [kind]: true, 'alert/overdue': true });
    // A bank confirms no rate and is no exporter.
    expect(shownOf(before)).not.toHaveProperty('rate-to-confirm');
    expect(shownOf(before)).not.toHaveProperty('alert/drawn-on');
    const choose = (muted: readonly string[]) =>
      b.officer.request('PUT', '/inbox/settings', { body: { muted } });
    await expectRefused(reader, () => choose(['claim-to-forget']), {
      status: 400,
      code: 'INPUT_INVALID',
      field: 'muted.0',
    });
    try {
      const chosen = await choose([kind]);
      expect([chosen.status, shownOf(chosen.body)]).toEqual([200, { ...shownOf(before), [kind]: false }]);
      expect(await waitingAt(b.officer, id, kind)).toBeUndefined();
      const { body } = await b.officer.get('/inbox?limit=1');
      expect(at(body, 'muted')).toBeGreaterThan(0);
      expect(listAt(body, 'counts').some((one) => one['kind'] === kind)).toBe(false);
      const whole = await b.officer.get(`/inbox?kind=${kind}&withMuted=true&limit=1`);
      expect([listAt(whole.body, 'items').length, at(whole.body, 'muted')]).toEqual([1, 0]);
      // A colleague has made no such choice.
      expect(await waitingAt(b.approver, id, kind)).toBeDefined();
    } finally {
      await choose([]);
    }
    expect(await waitingAt(b.officer, id, kind)).toBeDefined();
  });
});
