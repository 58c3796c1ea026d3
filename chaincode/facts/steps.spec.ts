import { jest } from '@jest/globals';
import { advance } from '../testing/loan.js';
import { bill } from '../testing/offshore-trade.js';
import type { FakeLedger, Person } from '../testing/fake-ledger.js';
import {
  declaration,
  invoice,
  openLedger,
  people,
  record,
  refuses,
  remainingOf,
  usd,
} from '../testing/story.js';

const approver: Person = { ...people.customs, role: 'approver', id: 'approver' };
const reason = 'Short shipped.';

/** A declaration of 100.00, where two people of customs change one. */
async function recorded() {
  const ledger = await openLedger();
  const { id } = await record(ledger, declaration());
  await ledger.submit('setPolicy', people.regulatorApprover, {
    twoPeople: { customs: ['amendment', 'cancellation'] },
  });
  return { ledger, id, ...changing(ledger, id) };
}

function changing(ledger: FakeLedger, id: string) {
  return {
    amend: (amount: string) =>
      ledger.submit('amendFact', people.customs, { id, changes: { total: usd(amount) }, reason }),
    cancel: () => ledger.submit('cancelFact', people.customs, { id, reason }),
    confirm: (person: Person = approver) => ledger.submit('confirmFactStep', person, { id }),
    giveBack: (person: Person = approver) =>
      ledger.submit('returnFactStep', person, { id, reason: 'Not so.' }),
  };
}

describe('a change of a document that takes two people', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('waits on the ledger, changes nothing before it is confirmed, and says who both were', async () => {
    const { ledger, id, amend, confirm } = await recorded();
    const { answer, writes, event } = await amend('60.00');
    expect([...writes.keys()]).toEqual([`registry/FS~${id}`]);
    expect(event).toBeUndefined();
    expect(answer).toMatchObject({
      status: 'active',
      version: 1,
      awaiting: { step: 'amendment', proposedBy: 'officer', request: { reason } },
    });
    expect(await remainingOf(ledger, declaration())).toBe('100.00');
    await refuses(ledger, 'STEP_AWAITING', () => amend('70.00'));
    await refuses(ledger, 'FOUR_EYES', () => confirm({ ...people.customs, role: 'approver' }));
    await refuses(ledger, 'PERMISSION_DENIED', () => confirm(people.customs));
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      confirm({ ...people.tax, role: 'approver', id: 'two' }),
    );
    const confirmed = await confirm();
    expect(confirmed.answer).toMatchObject({ status: 'amended', version: 2, total: usd('60.00') });
    expect(confirmed.writes.get(`registry/F~${id}~2`)).toContain('"proposedBy":{"id":"officer"');
    expect((await ledger.endorse('readFact', people.customs, { id })).answer.awaiting).toBeUndefined();
    await refuses(ledger, 'STEP_NOT_AWAITING', () => confirm());
  });

  it('of an authority outside the government is told it under keys of its own, once each', async () => {
    const ledger = await openLedger();
    const { id } = await record(ledger, bill());
    const twoPeople = { carrier: ['cancellation' as const] };
    await ledger.submit('setPolicy', people.regulatorApprover, { twoPeople });
    const cancel = () => ledger.submit('cancelFact', people.carrier, { id, reason });
    const { writes, event } = await cancel();
    expect([...writes.keys()].toSorted()).toEqual([
      `CarrierMSP/FT~${id}~1`,
      `public/step~${id}`,
      `registry/FS~${id}`,
    ]);
    expect(JSON.parse(writes.get(`CarrierMSP/FT~${id}~1`) ?? '')).toMatchObject({
      state: 'waiting',
      step: 'cancellation',
      document: { type: 'bill-of-lading', number: bill().number },
      reason,
      by: people.carrier.id,
    });
    // Everybody reads the public line: it says that something waits, and not what.
    expect(writes.get(`public/step~${id}`)).not.toMatch(/cancellation|Short/);
    expect(event?.changes).toEqual([{ kind: 'step', id, state: 'waiting', seq: 1 }]);
    const second: Person = { ...people.carrier, role: 'approver', id: 'approver' };
    const returned = await ledger.submit('returnFactStep', second, { id, reason: 'Not so.' });
    expect(returned.event?.changes).toEqual([{ kind: 'step', id, state: 'over', seq: 2 }]);
    expect(returned.writes.get(`CarrierMSP/FT~${id}~2`)).toContain('"state":"over"');
    await cancel();
    const confirmed = await ledger.submit('confirmFactStep', second, { id });
    expect(confirmed.answer.status).toBe('cancelled');
    expect(confirmed.event?.changes).toContainEqual({ kind: 'step', id, state: 'over', seq: 4 });
  });

  it('is signed by those who made it: a correction that takes its place was proposed by nobody', async () => {
    const ledger = await openLedger();
    const { id } = await record(ledger, invoice());
    const twoPeople = { [people.tax.mspId]: ['amendment' as const] };
    await ledger.submit('setPolicy', people.regulatorApprover, { twoPeople });
    await ledger.submit('amendFact', people.tax, { id, changes: { total: usd('60.00') }, reason });
    const second: Person = { ...people.tax, role: 'approver', id: 'approver' };
    const amended = await ledger.submit('confirmFactStep', second, { id });
    expect(amended.writes.get(`registry/F~${id}~2`)).toContain('"proposedBy":{"id":"officer"');
    const correction = invoice({ number: 'INV-2', replaces: { number: invoice().number } });
    const { writes } = await ledger.submit('recordFacts', people.tax, { facts: [correction] });
    const replaced = JSON.parse(writes.get(`registry/F~${id}~3`) ?? '{}') as Record<string, unknown>;
    expect(replaced).toMatchObject({
      status: 'replaced',
      by: { mspId: people.tax.mspId, id: people.tax.id },
    });
    expect(replaced).not.toHaveProperty('proposedBy');
  });

  it('is refused at once where it could not be done, and again when it cannot be done any more', async () => {
    const { ledger, id, confirm, amend, giveBack } = await recorded();
    await refuses(ledger, 'CURRENCY_MIXED', () =>
      ledger.submit('amendFact', people.customs, {
        id,
        changes: { total: { amount: '1.00', currency: 'EUR' } },
        reason,
      }),
    );
    await amend('60.00');
    // What the consortium wants no more is done by one.
    await ledger.submit('setPolicy', people.regulatorApprover, { twoPeople: {} });
    expect((await changing(ledger, id).cancel()).answer.status).toBe('cancelled');
    await refuses(ledger, 'FACT_CANCELLED', () => confirm());
    // It need not wait until it lapses: whoever would confirm it gives it back.
    const returned = await giveBack();
    expect([...returned.writes.keys()]).toEqual([`registry/FS~${id}`]);
    expect(returned.answer).toMatchObject({ status: 'cancelled', version: 2 });
    await refuses(ledger, 'STEP_NOT_AWAITING', () => giveBack());
  });

  it('is returned with a reason, or lapses, and can be proposed anew', async () => {
    const { ledger, amend, cancel, confirm, giveBack } = await recorded();
    await cancel();
    expect((await giveBack()).answer).toMatchObject({
      status: 'active',
      returned: { reason: 'Not so.' },
    });
    await refuses(ledger, 'STEP_NOT_AWAITING', () => giveBack());
    await amend('60.00');
    advance(ledger, 8);
    await refuses(ledger, 'STEP_NOT_AWAITING', () => confirm());
    expect((await amend('70.00')).answer.awaiting).toBeDefined();
    expect((await confirm()).answer.total).toEqual(usd('70.00'));
  });

  it('is of those whom the policy names, and no step that they never take', async () => {
    const { ledger } = await recorded();
    const { id } = await record(ledger, invoice());
    const cancelled = await ledger.submit('cancelFact', people.tax, { id, reason });
    expect(cancelled.answer.status).toBe('cancelled');
    for (const twoPeople of [{ customs: ['rates' as const] }, { BankAMSP: ['rates' as const] }]) {
      await refuses(ledger, 'INPUT_INVALID', () =>
        ledger.submit('setPolicy', people.regulatorApprover, { twoPeople }),
      );
    }
  });

  it('is every rate, where the regulator wants it, and is returned or lapses too', async () => {
    const ledger = await openLedger();
    await ledger.submit('setPolicy', people.regulatorApprover, { twoPeople: { regulator: ['rates'] } });
    const date = new Date(ledger.now).toISOString().slice(0, 10);
    const publish = () =>
      ledger.submit('publishRates', people.regulator, {
        base: 'CNY',
        date,
        rates: [{ currency: 'USD', rate: '7.1' }],
      });
    const currencies = ['USD'];
    expect((await publish()).answer).toEqual({ published: 0, awaiting: ['USD'] });
    const returned = { currencies, reason: 'Of yesterday.' };
    expect((await ledger.submit('returnRates', people.regulatorApprover, returned)).answer).toEqual({
      returned: 1,
    });
    const confirm = () => ledger.submit('confirmRates', people.regulatorApprover, { currencies });
    await refuses(ledger, 'RATE_NOT_AWAITING', confirm);
    await publish();
    expect((await confirm()).answer).toEqual({ published: 1 });
    await publish();
    advance(ledger, 8);
    await refuses(ledger, 'RATE_NOT_AWAITING', confirm);
    expect((await ledger.endorse('readRates', people.regulator, {})).answer.awaiting).toEqual([]);
  });
});
