import { randomUUID } from 'node:crypto';
import type { Answer } from '@pledgeonce/scripts/rest/client.js';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from '../support/block-reader.js';
import { bank, consortium, customsOfficer, person, type BankPeople } from '../support/consortium.js';
import {
  claim,
  declaration,
  exporter,
  inDays,
  record,
  reference,
  usd,
  verify,
} from '../support/documents.js';
import { expectRefused } from '../support/nothing-written.js';
import { disburse, reserve } from '../support/steps.js';

const outcomeOf = ({ status, body }: Answer) => [status, at(body, 'code')];

describe('something comes in between', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  beforeAll(async () => {
    [reader, a, b] = await Promise.all([BlockReader.open(consortium()), bank('A'), bank('B')]);
  });
  afterAll(() => {
    reader.close();
  });

  async function recorded() {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    return fact;
  }

  it('squatting on a reservation', async () => {
    const fact = await recorded();
    const tooLong = claim(reference(fact), usd('1000.00'), { expiresInHours: 169 });
    await expectRefused(reader, () => a.officer.post('/claims', tooLong), {
      status: 400,
      code: 'INPUT_INVALID',
      field: /expiresInHours/,
    });
    const id = await reserve(a, reference(fact), usd('1000.00'), { expiresInHours: 160 });
    const extend = (hours: number) => () => a.officer.post(`/claims/${id}/extension`, { hours });
    await expectRefused(reader, extend(24), { status: 422, code: 'EXPIRY_INVALID', field: /hours/ });
    expect((await extend(1)()).status).toBe(200);
    expect((await extend(1)()).status).toBe(200);
    await expectRefused(reader, extend(1), { status: 409, code: 'EXTENSION_LIMIT' });
    await expectRefused(reader, () => b.officer.post('/claims', claim(reference(fact), usd('1.00'))), {
      status: 409,
      code: 'EXCEEDS_BALANCE',
    });
  });

  it('line 7 of 10 fails', async () => {
    const [customs, { officer }] = [await customsOfficer(), a];
    const facts = Array.from({ length: 10 }, () => declaration());
    for (const fact of facts) await record(customs, fact);
    const lines = facts.map((fact, index) => ({
      document: reference(fact),
      amount: usd(index === 6 ? '1000.01' : '100.00'),
    }));
    const body = { ...claim(reference(declaration()), usd('1900.01')), lines };
    for (const fact of facts) await verify(officer, fact);
    let answer: Answer | undefined;
    await expectRefused(reader, async () => (answer = await officer.post('/claims', body)), {
      status: 409,
      code: 'EXCEEDS_BALANCE',
    });
    expect(at(answer?.body, 'lines')).toMatchObject([
      { line: 6, code: 'EXCEEDS_BALANCE', remaining: usd('1000.00') },
    ]);
    for (const fact of facts) {
      expect((await verify(officer, fact)).body).toMatchObject({ remaining: usd('1000.00'), liveDraws: 0 });
    }
  });

  it('a transfer while a repayment is recorded', async () => {
    const customs = await customsOfficer();
    for (let round = 0; round < 3; round += 1) {
      const fact = declaration();
      await record(customs, fact);
      const id = await disburse(a, reference(fact), usd('800.00'));
      expect((await a.officer.post(`/claims/${id}/transfer`, { to: 'BankBMSP' })).status).toBe(200);
      const [taken, repaid] = await Promise.all([
        b.approver.post(`/claims/${id}/transfer/acceptance`, { applicationNumber: `TAKEN-${randomUUID()}` }),
        a.officer.post(`/claims/${id}/repayments`, { amount: usd('300.00'), source: 'proceeds' }),
      ]);
      expect([
        [
          [200, undefined],
          [409, 'INVALID_STATE'],
        ],
        [
          [409, 'TRANSFER_INVALID'],
          [200, undefined],
        ],
      ]).toContainEqual([outcomeOf(taken), outcomeOf(repaid)]);
      const won = taken.status === 200 ? taken : repaid;
      expect(won.body).toMatchObject(
        won === taken
          ? { owner: 'BankBMSP', outstanding: usd('800.00') }
          : { owner: 'BankAMSP', outstanding: usd('500.00') },
      );
      const { body: left } = await a.officer.get(`/claims/${id}`);
      expect(left['state']).toBe(won === taken ? 'transferred' : 'partly-repaid');
      // Whoever was first, the goods are pledged once.
      expect((await verify(b.officer, fact)).body).toMatchObject({ remaining: usd('200.00'), liveDraws: 1 });
    }
  });

  it('consent revoked while the query runs', async () => {
    const enterprise = await person('EnterpriseMSP', 'exporter-1');
    const terms = {
      bank: 'BankAMSP',
      categories: ['basic'],
      purpose: 'Loan',
      from: inDays(0),
      to: inDays(9),
    };
    for (let round = 0; round < 3; round += 1) {
      const given = await enterprise.post('/authorisations', { ...terms, uses: 10 });
      const id = textAt(given.body, 'id');
      const ask = () =>
        a.officer.post('/credit-queries', {
          enterprise: exporter,
          authorisation: id,
          categories: ['basic'],
          purpose: 'Loan',
        });
      const before = await reader.height();
      const [answer, revoked] = await Promise.all([
        ask(),
        enterprise.request('DELETE', `/authorisations/${id}`),
      ]);
      expect(revoked.status).toBe(200);
      expect(outcomeOf(await ask())).toEqual([403, 'AUTHORISATION_REVOKED']);
      // What was answered, the chain has before the revocation.
      const chain = (await reader.transactions(before)).filter(({ isValid }) => isValid);
      const placeOf = (key: string, text = '') =>
        chain.findIndex(({ writes }) => writes.get(key)?.includes(text) === true);
      const query = String(at(answer.body, 'query.id'));
      const [queried, ended] = [placeOf(`query~${query}`), placeOf(`authorisation~${id}`, 'revoked')];
      const isRight =
        answer.status === 201
          ? queried >= 0 && ended > queried
          : at(answer.body, 'code') === 'AUTHORISATION_REVOKED';
      expect(isRight).toBe(true);
    }
  });
});
