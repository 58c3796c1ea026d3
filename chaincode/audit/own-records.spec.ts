import { partyKeys } from './party-keys.js';
import { service } from '../testing/loans.js';
import { claim, declaration, disburse, openLedger, people, record, refuses } from '../testing/story.js';

describe("an organisation's own records", () => {
  it('are every version, found by what the events announced', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const { id, state, seq } = await disburse(ledger, claim(ledger, '60.00'));
    const keys = partyKeys({ kind: 'claim', id, state, seq });
    // No first version is an offer.
    expect(keys).toEqual(
      ['C~3', 'C~2', 'C~1', 'T~3', 'T~2', 'DN~3', 'DN~2', 'DN~1'].map((key) => key.replace('~', `~${id}~`)),
    );
    const { answer } = await ledger.endorse('readOwnRecords', service, { keys });
    const states = answer.records.map((stored) => stored && (JSON.parse(stored) as { state: string }).state);
    expect(states).toEqual(['disbursed', 'accepted', 'reserved', null, null, null, null, null]);
    const first = partyKeys({ kind: 'claim', id, state: 'reserved', seq: 1 });
    expect(first).toEqual([`C~${id}~1`]);
  });

  it('are not those of another organisation, and no person reads them', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const { id } = await disburse(ledger, claim(ledger, '60.00'));
    const input = { keys: [`C~${id}~1`] };
    const other = await ledger.endorse('readOwnRecords', { ...service, mspId: 'BankBMSP' }, input);
    expect(other.answer.records).toEqual([null]);
    await refuses(ledger, 'PERMISSION_DENIED', () => ledger.endorse('readOwnRecords', people.bankA, input));
  });
});
