import { jest } from '@jest/globals';
import type { Input } from '../api.js';
import { dateOf } from '../rules/dates.js';
import { advance } from '../testing/loan.js';
import type { Person } from '../testing/fake-ledger.js';
import {
  claim,
  day,
  declaration,
  exporter,
  freshKey,
  openLedger,
  people,
  record,
  refuses,
  reserve,
} from '../testing/story.js';

const { regulatorApprover } = people;
const document = { type: 'customs-declaration', number: declaration().number } as const;

/** A declaration that every bank has verified, where the consortium wants consent. */
async function wanting(consent: Input<'setPolicy'>['consent']) {
  const ledger = await openLedger();
  await record(ledger, declaration());
  await ledger.submit('setPolicy', regulatorApprover, { consent });
  const give = (more: object = {}, person: Person = people.exporter) =>
    ledger.submit('giveConsent', person, { idempotencyKey: freshKey(), bank: 'BankAMSP', ...more });
  const withdraw = (id: string, person: Person = people.exporter) =>
    ledger.submit('withdrawConsent', person, { id, idempotencyKey: freshKey() });
  const draw = (person: Person = people.bankA) => reserve(ledger, claim(ledger, '10.00'), person);
  return { ledger, give, withdraw, draw };
}

describe('the consent of the exporter', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('is written for the portal and the bank, and changes no balance', async () => {
    const { ledger, give, withdraw } = await wanting({ bank: 'document' });
    const input = { idempotencyKey: freshKey(), document };
    const { answer, writes } = await give(input);
    expect(answer).toMatchObject({ state: 'given', bank: 'BankAMSP', enterprise: exporter, document });
    expect([...writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort()).toEqual([
      'BankAMSP/CO~#~1',
      'EnterpriseMSP/CO~#~1',
      'public/consent~#',
      'registry/CF~#',
    ]);
    expect((await give(input)).writes.size).toBe(0);
    await refuses(ledger, 'IDEMPOTENCY_KEY_REUSED', () => give({ ...input, bank: 'BankBMSP' }));
    await refuses(ledger, 'CONSENT_NOT_FOUND', () => withdraw(answer.id, people.otherExporter));
    await refuses(ledger, 'WRONG_ORGANISATION', () => withdraw(answer.id, people.bankA));
    expect((await withdraw(answer.id)).answer).toMatchObject({ state: 'withdrawn', seq: 2 });
    expect((await withdraw(answer.id)).writes.size).toBe(0);
  });

  it('of one document lets its bank draw on that one, until it is taken back', async () => {
    const { ledger, give, withdraw, draw } = await wanting({ bank: 'document' });
    await refuses(ledger, 'CONSENT_MISSING', draw);
    // One for everything is not enough where each document wants its own.
    await give();
    await refuses(ledger, 'CONSENT_MISSING', draw);
    const { answer } = await give({ document });
    expect((await draw()).state).toBe('reserved');
    await refuses(ledger, 'CONSENT_MISSING', () => draw(people.bankB));
    await withdraw(answer.id);
    await refuses(ledger, 'CONSENT_MISSING', draw);
    expect((await give({ document })).answer.state).toBe('given');
    expect((await draw()).state).toBe('reserved');
  });

  it('to a bank is for every document, until its last day', async () => {
    const { ledger, give, draw } = await wanting({ bank: 'bank', BankBMSP: 'none' });
    await refuses(ledger, 'CONSENT_MISSING', draw);
    // What is set for one bank goes before.
    expect((await draw(people.bankB)).state).toBe('reserved');
    await give({ until: dateOf(ledger.now + 2 * day) });
    expect((await draw()).state).toBe('reserved');
    advance(ledger, 3);
    await refuses(ledger, 'CONSENT_MISSING', draw);
    await give({ document });
    expect((await draw()).state).toBe('reserved');
  });

  it('is refused in the same words whatever is on record, and given for own documents only', async () => {
    const { ledger, give } = await wanting({ BankAMSP: 'document' });
    const unknown = { ...document, number: '310120260516789099' };
    const none = claim(ledger, '1.00');
    const lines = none.lines.map((line) => ({ ...line, document: unknown }));
    await refuses(ledger, 'CONSENT_MISSING', () => reserve(ledger, { ...none, lines }));
    await refuses(ledger, 'FACT_NOT_FOUND', () => give({ document: unknown }));
    await refuses(ledger, 'FACT_NOT_FOUND', () => give({ document }, people.otherExporter));
    await refuses(ledger, 'BANK_INVALID', () => give({ bank: 'CarrierMSP' }));
    await refuses(ledger, 'DATE_INVALID', () => give({ until: dateOf(ledger.now - day) }));
    await refuses(ledger, 'WRONG_ORGANISATION', () => give({}, people.bankA));
    await refuses(ledger, 'BANK_INVALID', () =>
      ledger.submit('setPolicy', regulatorApprover, { consent: { CarrierMSP: 'bank' } }),
    );
  });
});
