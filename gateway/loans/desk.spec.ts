import type { LedgerFunction } from '@pledgeonce/chaincode/permissions.js';
import { approval, askingFor, service } from '@pledgeonce/chaincode/testing/loans.js';
import {
  claim,
  declaration,
  freshKey,
  people,
  record,
  remainingOf,
  reserve,
  usd,
} from '@pledgeonce/chaincode/testing/story.js';
import { NetworkUnavailableError } from '../ledger/errors.js';
import { DeskUnderTest, rulesOfSample } from './testing/desk-under-test.js';

/** Declarations that do not resemble one another. */
const others = [
  declaration({ number: '221820260000000017', date: '2026-05-07', total: usd('517.30') }),
  declaration({ number: '310120250987654321', date: '2026-06-19', total: usd('903.88') }),
];

const euros = { amount: '80.00', currency: 'EUR' };

const stop = () => Promise.reject(new Error('The network is away.'));

/** Does this when the desk is about to call that function, the first time. */
function onceBefore(wanted: LedgerFunction, act: () => Promise<unknown>) {
  let isDone = false;
  return async (name: LedgerFunction) => {
    if (name !== wanted || isDone) return;
    isDone = true;
    await act();
  };
}

describe('the loan desk', () => {
  let bank: DeskUnderTest;
  beforeEach(async () => {
    bank = await DeskUnderTest.open();
    for (const fact of others) await record(bank.ledger, fact);
  });
  afterEach(() => {
    bank.projection.close();
  });

  const usesLeft = async (id: string) => {
    const { answer } = await bank.ledger.endorse('assessLoan', people.bankA, { id });
    return answer.report?.query.usesLeft;
  };

  it('approves within the rules and the mandate, and notes whom it asked about which document', async () => {
    const mandate = await bank.grant();
    const id = await bank.apply();
    await bank.desk().decideAll();
    expect(bank.loan(id)).toMatchObject({
      state: 'approved',
      decidedBy: 'rules',
      mandate,
      terms: { amount: usd('60.00'), rate: '2.00' },
    });
    expect(await remainingOf(bank.ledger, declaration())).toBe('40.00');
    expect(bank.verifications).toMatchObject([
      { person: `loan ${id}`, document: { number: declaration().number }, result: 'match' },
    ]);
    const before = bank.projection.nextBlock;
    await bank.desk().decideAll();
    expect(bank.projection.nextBlock).toBe(before);
  });

  it.each([
    ['no-rules', 'none', true],
    ['mandate', rulesOfSample(), false],
  ] as const)('refers with the reason %s, and leaves the records closed', async (rule, rules, isGranted) => {
    if (isGranted) await bank.grant();
    const id = await bank.apply();
    await bank.desk(rules).decideAll();
    expect(bank.outcome(id)).toBe(`referred ${rule}`);
    expect(await usesLeft(id)).toBeUndefined();
    expect(bank.verifications).toEqual([]);
  });

  it.each([
    ['for other rules', { rules: 'b'.repeat(64) }],
    ['in another currency', { largest: euros, total: euros }],
  ])('takes a mandate %s for none', async (_what, changes) => {
    await bank.grant(changes);
    const id = await bank.apply();
    await bank.desk().decideAll();
    expect(bank.outcome(id)).toBe('referred mandate');
  });

  it('prefers a mandate with room, whichever was granted last; without room a person decides', async () => {
    const wide = await bank.grant({ total: usd('100.00') });
    await bank.grant({ largest: usd('59.99') });
    const [first, second] = [await bank.apply(), await bank.apply(askingFor('60.00', others[0]))];
    await bank.desk().decideAll();
    expect(bank.loan(first)).toMatchObject({ state: 'approved', mandate: wide });
    expect(bank.outcome(second)).toBe('referred mandate');
  });

  it('goes on after a crash between query and decision: one query, one decision, one claim', async () => {
    await bank.grant();
    const id = await bank.apply();
    bank.meddle = onceBefore('decideLoan', stop);
    await bank.desk().decideAll();
    expect(bank.outcome(id)).toBe('submitted');
    expect(await usesLeft(id)).toBe(0);
    await bank.desk().decideAll();
    expect(bank.loan(id)).toMatchObject({ state: 'approved', seq: 2 });
    expect(bank.projection.claims.list({ limit: 10 }).items).toHaveLength(1);
  });

  it('takes the oldest first, and one that fails for now does not hold up the others', async () => {
    await bank.grant();
    const ids = [await bank.apply(), await bank.apply(askingFor('50.00', others[0]))];
    bank.meddle = onceBefore('queryForLoan', stop);
    const desk = bank.desk();
    await desk.decideAll();
    expect(ids.map((id) => bank.outcome(id))).toEqual(['submitted', 'approved within-the-rules price']);
    await desk.decideAll();
    expect(bank.loan(ids[0] ?? '').state).toBe('approved');
  });

  it('comes back to an application while every node is behind the query', async () => {
    await bank.grant();
    const id = await bank.apply();
    let asked = 0;
    bank.meddle = (name) => {
      if (name === 'assessLoan') asked += 1;
      const isBehind = name === 'assessLoan' && asked < 3;
      return isBehind ? Promise.reject(new NetworkUnavailableError('No peer answers.')) : Promise.resolve();
    };
    for (let round = 0; round < 3; round++) await bank.desk().decideAll();
    expect([bank.loan(id).state, asked]).toEqual(['approved', 3]);
  });

  it('decides nothing while its tables are behind', async () => {
    await bank.grant();
    const id = await bank.apply();
    bank.lag = 1;
    await bank.desk().decideAll();
    expect(bank.outcome(id)).toBe('submitted');
    bank.lag = 0;
    await bank.desk().decideAll();
    expect(bank.loan(id).state).toBe('approved');
  });

  describe('when something changes between the facts and the decision', () => {
    const changed = async (act: (id: string, mandate: string) => Promise<unknown>) => {
      const mandate = await bank.grant();
      const id = await bank.apply();
      bank.meddle = onceBefore('decideLoan', () => act(id, mandate));
      await bank.desk().decideAll();
      return bank.outcome(id);
    };

    it('declines: another bank has claimed the document', async () => {
      const outcome = await changed(() => reserve(bank.ledger, claim(bank.ledger, '50.00'), people.bankB));
      expect(outcome).toBe('declined balance');
    });

    it('declines: the enterprise has revoked its authorisation', async () => {
      const outcome = await changed((id) => {
        const command = { id: bank.loan(id).authorisation, idempotencyKey: freshKey() };
        return bank.submit('revokeAuthorisation', people.exporter, command);
      });
      expect(outcome).toBe('declined authorisation');
    });

    it('refers: somebody has revoked the mandate', async () => {
      const outcome = await changed((_id, mandate) =>
        bank.submit('revokeMandate', people.bankA, { id: mandate, idempotencyKey: freshKey() }),
      );
      expect(outcome).toBe('referred mandate');
    });

    it('looks again: another gateway of the bank has approved a loan to the same enterprise', async () => {
      const rules = rulesOfSample({ currencies: { USD: { largest: '80.00', perEnterprise: '100.00' } } });
      const mandate = await bank.grant();
      const mine = await bank.apply(askingFor('60.00', others[0]));
      const other = await bank.apply();
      bank.meddle = onceBefore('decideLoan', async () => {
        await bank.submit('queryForLoan', service, { id: other });
        await bank.submit('decideLoan', service, approval(other, mandate));
      });
      const desk = bank.desk(rules);
      await desk.decideAll();
      expect([mine, other].map((id) => bank.loan(id).state)).toEqual(['submitted', 'approved']);
      await desk.decideAll();
      expect(bank.outcome(mine)).toBe('declined enterprise-limit');
    });
  });

  it('counts what is open now and what was repaid, each against its rule', async () => {
    const rules = rulesOfSample({
      currencies: { USD: { largest: '80.00', perEnterprise: '100.00' } },
      history: { listedMonths: 0, exportYears: 0, settledClaims: 1 },
    });
    await bank.grant();
    const first = await bank.apply();
    await bank.desk(rules).decideAll();
    expect(bank.outcome(first)).toBe('declined settled-claims');

    const open = await bank.apply();
    await bank.desk(rulesOfSample()).decideAll();
    const command = () => ({ id: bank.loan(open).claim ?? '', idempotencyKey: freshKey() });
    const late = await bank.apply(askingFor('60.00', others[0]));
    await bank.desk({ ...rules, history: rulesOfSample().history }).decideAll();
    expect(bank.outcome(late)).toBe('declined enterprise-limit');

    await bank.submit('disburseClaim', people.bankA, command());
    const repaid = { ...command(), amount: usd('60.00'), source: 'proceeds' as const };
    await bank.submit('repayClaim', people.bankA, repaid);
    const next = await bank.apply(askingFor('60.00', others[1]));
    await bank.desk(rules).decideAll();
    expect(bank.outcome(next)).toBe('approved within-the-rules price');
  });
});
