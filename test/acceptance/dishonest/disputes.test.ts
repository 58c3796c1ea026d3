import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from '../support/block-reader.js';
import { bank, consortium, customsOfficer, person, type BankPeople } from '../support/consortium.js';
import { declaration, record, reference, usd, verify } from '../support/documents.js';
import { expectRefused } from '../support/nothing-written.js';
import { disburse, reserve } from '../support/steps.js';

/** Point 15, and part 6 of the issue before: who is party to a dispute does not decide it, and it frees nothing. */
describe('a dispute', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  let officer: Client;
  let approver: Client;
  beforeAll(async () => {
    [reader, a, b] = await Promise.all([BlockReader.open(consortium()), bank('A'), bank('B')]);
    [officer, approver] = await Promise.all([
      person('RegulatorMSP', 'officer'),
      person('RegulatorMSP', 'approver'),
    ]);
  });
  afterAll(() => {
    reader.close();
  });

  async function claimed(state: 'accepted' | 'disbursed') {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const amount = usd('600.00');
    if (state === 'disbursed') return { fact, id: await disburse(a, reference(fact), amount) };
    const id = await reserve(a, reference(fact), amount);
    expect((await a.approver.post(`/claims/${id}/acceptance`, {})).status).toBe(200);
    return { fact, id };
  }

  const owner = 'BankAMSP';
  const byBank = (id: string) => a.officer.post(`/claims/${id}/dispute`, { reason: 'Goods rejected.' });
  const byRegulator = (id: string) => officer.post(`/claims/${id}/dispute`, { owner, reason: 'Suspicion.' });
  const resolve = (who: Client, id: string, outcome: string) =>
    who.post(`/claims/${id}/dispute/resolution`, {
      ...(who === approver && { owner }),
      outcome,
      reason: 'Looked into.',
    });
  const left = async (fact: Parameters<typeof verify>[1]) =>
    at((await verify(b.officer, fact)).body, 'remaining.amount');
  const notYours = { status: 403, code: 'DISPUTE_NOT_YOURS' };

  it('of a bank is withdrawn by it and decided by the regulator alone', async () => {
    const { id } = await claimed('accepted');
    expect((await byBank(id)).body).toMatchObject({ state: 'disputed', dispute: { openedBy: owner } });
    for (const outcome of ['dismissed', 'upheld']) {
      await expectRefused(reader, () => resolve(a.approver, id, outcome), notYours);
    }
    // Nothing is paid out on it meanwhile.
    await expectRefused(reader, () => a.officer.post(`/claims/${id}/disbursement`, {}), {
      status: 409,
      code: 'INVALID_STATE',
    });
    expect((await resolve(a.approver, id, 'withdrawn')).body).toMatchObject({ state: 'accepted' });
  });

  it.each([
    ['accepted', '1000.00', '0.00'],
    ['disbursed', '400.00', '600.00'],
  ] as const)(
    'of the regulator on a claim that is %s is its own to dismiss or uphold',
    async (state, free, owed) => {
      const { id, fact } = await claimed(state);
      await byBank(id);
      // It takes the place of the bank's own, so that nobody is kept out by opening one first.
      expect((await byRegulator(id)).body).toMatchObject({
        dispute: { openedBy: 'RegulatorMSP', before: state },
      });
      for (const outcome of ['withdrawn', 'dismissed', 'upheld']) {
        await expectRefused(reader, () => resolve(a.approver, id, outcome), notYours);
      }
      expect((await resolve(approver, id, 'dismissed')).body).toMatchObject({ state });
      await byRegulator(id);
      expect((await resolve(approver, id, 'upheld')).body).toMatchObject({
        state: 'rejected',
        outstanding: usd(owed),
      });
      expect(await left(fact)).toBe(free);
    },
  );

  it('gives back nothing that is repaid meanwhile, before it is over', async () => {
    const { id, fact } = await claimed('disbursed');
    await byRegulator(id);
    const ownFunds = { amount: usd('600.00'), source: 'own-funds' };
    const repaid = await a.officer.post(`/claims/${id}/repayments`, ownFunds);
    expect(repaid.body).toMatchObject({ state: 'disputed', outstanding: usd('0.00') });
    expect(await left(fact)).toBe('400.00');
    expect((await resolve(approver, id, 'dismissed')).body).toMatchObject({ state: 'settled' });
    expect(await left(fact)).toBe('1000.00');
  });
});
