import { service } from '../testing/loans.js';
import { openLedger, people, refuses } from '../testing/story.js';

const guesses = { person: 'officer', since: '2026-03-10T08:00:00.000Z', unknown: 59, wrong: 1 };
const hourMs = 3_600_000;

describe('a report of somebody who guesses at documents', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] }));
  afterEach(() => jest.useRealTimers());

  it('is one private record, of which no event tells', async () => {
    const ledger = await openLedger();
    const { answer, writes, event } = await ledger.submit('reportProbing', service, guesses);
    expect([...writes.keys()]).toEqual([`registry/PR~${answer.id}`]);
    expect(JSON.parse(writes.get(`registry/PR~${answer.id}`) ?? '')).toMatchObject({
      mspId: 'BankAMSP',
      ...guesses,
    });
    expect(event).toBeUndefined();
  });

  it('is made once an hour for each person, enterprise and member', async () => {
    const ledger = await openLedger();
    const report = async (by = service, more: object = {}) =>
      (await ledger.submit('reportProbing', by, { ...guesses, ...more })).writes.size;
    expect(await report()).toBe(1);
    expect(await report(service, { unknown: 600 })).toBe(0);
    expect(await report(service, { person: 'another' })).toBe(1);
    expect(await report(service, { enterprise: '91330200MA2CKXQ85H' })).toBe(1);
    expect(await report({ ...service, mspId: 'BankBMSP' })).toBe(1);
    ledger.now += hourMs;
    jest.setSystemTime(ledger.now);
    expect(await report()).toBe(1);
  });

  it('is a gateway’s to make, not a person’s', async () => {
    const ledger = await openLedger();
    for (const person of [people.bankA, people.regulator])
      await refuses(ledger, 'PERMISSION_DENIED', () => ledger.submit('reportProbing', person, guesses));
  });
});
