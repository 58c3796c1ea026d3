import { eventSchema } from '../api.js';
import { ownThings } from '../events.js';
import { dateOf } from '../rules/dates.js';
import type { Person } from '../testing/fake-ledger.js';
import {
  claim,
  day,
  declaration,
  disburse,
  freshKey,
  invoice,
  openLedger,
  people,
  record,
  refuses,
} from '../testing/story.js';
import { partyKeys } from './party-keys.js';

const admin = (mspId: string) => ({ mspId, role: 'admin', id: 'admin' }) as const satisfies Person;

async function lent() {
  const ledger = await openLedger();
  const fact = await record(ledger, declaration());
  const loan = await disburse(ledger, claim(ledger, '60.00'));
  const own = (person: Person, of: 'claim' | 'fact' | 'authorisation', id: string) =>
    ledger.endorse('readOwnHistory', person, { of, id });
  return { ledger, fact, loan, own };
}

describe('the own history', () => {
  it('knows everything that parties hold', () => {
    const held = eventSchema.shape.changes.element.shape.kind.options.filter(
      (kind) => partyKeys({ kind, id: 'ab'.repeat(32), state: '', seq: 1 }).length > 0,
    );
    expect(held.filter((kind) => !(ownThings as readonly string[]).includes(kind))).toEqual([]);
  });

  it('is every version with its hash, for the organisation that holds it, its admin too', async () => {
    const { fact, loan, own } = await lent();
    for (const person of [admin('BankAMSP'), people.bankA]) {
      const { answer } = await own(person, 'claim', loan.id);
      expect(answer.versions.map(({ state }) => state)).toEqual(['reserved', 'accepted', 'disbursed']);
      expect(answer.versions.every(({ stored, hash }) => stored !== undefined && hash !== undefined)).toBe(
        true,
      );
    }
    expect((await own(admin('CustomsMSP'), 'fact', fact.id)).answer.versions).toHaveLength(1);
  });

  it('is not that of others, who learn not even that there is one', async () => {
    const { ledger, fact, loan, own } = await lent();
    const taxed = await record(ledger, invoice());
    for (const [mspId, of, id] of [
      ['BankBMSP', 'claim', loan.id],
      ['CustomsMSP', 'claim', loan.id],
      ['BankAMSP', 'fact', fact.id],
      ['CustomsMSP', 'fact', taxed.id],
      ['BankAMSP', 'claim', 'ab'.repeat(32)],
    ] as const)
      await refuses(ledger, 'RECORD_NOT_FOUND', () => own(admin(mspId), of, id));
    // The exporter holds a copy, which says as much as it may know; another exporter none.
    const { answer } = await own(people.exporter, 'claim', loan.id);
    expect(answer.versions.at(-1)?.stored).not.toContain('approver');
    await refuses(ledger, 'RECORD_NOT_FOUND', () => own(people.otherExporter, 'claim', loan.id));
    await refuses(ledger, 'WRONG_ORGANISATION', () => own(admin('RegulatorMSP'), 'claim', loan.id));
  });

  it('of the portal is the enterprise’s for which somebody acts', async () => {
    const { ledger, own } = await lent();
    const { answer } = await ledger.submit('authoriseQuery', people.exporter, {
      idempotencyKey: freshKey(),
      bank: 'BankAMSP',
      categories: ['basic'],
      purpose: 'Export loan',
      from: dateOf(ledger.now),
      to: dateOf(ledger.now + 30 * day),
      uses: 1,
    });
    for (const person of [people.exporter, admin('EnterpriseMSP')])
      expect((await own(person, 'authorisation', answer.id)).answer.versions).toHaveLength(1);
    await refuses(ledger, 'RECORD_NOT_FOUND', () => own(people.otherExporter, 'authorisation', answer.id));
    await refuses(ledger, 'RECORD_NOT_FOUND', () => own(admin('BankBMSP'), 'authorisation', answer.id));
  });
});
