import { dateOf } from '../rules/dates.js';
import {
  claim,
  day,
  declaration,
  disburse,
  freshKey,
  openLedger,
  people,
  record,
  refuses,
  reserve,
} from '../testing/story.js';

const how = 'Registered letter RR123456785CN, received';

describe('the notice to the debtor', () => {
  it('stands beside the claim with its date and its way, and moves nothing else', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const { id } = await disburse(ledger, claim(ledger, '60.00'));
    const command = { id, idempotencyKey: freshKey(), date: dateOf(ledger.now - day), how };
    const { answer, writes } = await ledger.submit('recordDebtorNotice', people.bankA, command);
    expect(answer).toMatchObject({ state: 'disbursed', seq: 4, debtorNotice: { date: command.date, how } });
    expect([...writes.keys()].filter((key) => key.includes('U~'))).toEqual([]);
    expect(writes.size).toBe(3);
    // Sent again, it changes nothing.
    expect((await ledger.submit('recordDebtorNotice', people.bankA, command)).writes.size).toBe(0);
    const later = { ...command, idempotencyKey: freshKey(), how: 'Platform of the buyer' };
    expect((await ledger.submit('recordDebtorNotice', people.bankA, later)).answer).toMatchObject({
      seq: 5,
      debtorNotice: { how: 'Platform of the buyer' },
    });
  });

  it('is of a claim that somebody has accepted, is not of the future, and is nobody else’s to record', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const { id } = await reserve(ledger, claim(ledger, '60.00'));
    const command = { id, date: dateOf(ledger.now), how };
    const notice = (more: object = {}, person: (typeof people)[keyof typeof people] = people.bankA) =>
      ledger.submit('recordDebtorNotice', person, { ...command, idempotencyKey: freshKey(), ...more });
    await refuses(ledger, 'INVALID_STATE', () => notice());
    await ledger.submit('acceptClaim', people.approverA, { id, idempotencyKey: freshKey() });
    await refuses(ledger, 'DATE_INVALID', () => notice({ date: dateOf(ledger.now + 3 * day) }));
    await refuses(ledger, 'CLAIM_NOT_FOUND', () => notice({}, people.bankB));
    await refuses(ledger, 'WRONG_ORGANISATION', () => notice({}, people.exporter));
    expect((await notice()).answer).toMatchObject({ state: 'accepted' });
  });
});
