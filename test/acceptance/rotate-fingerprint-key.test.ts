import { randomInt, randomUUID } from 'node:crypto';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, customsOfficer, person, taxOfficer } from './support/consortium.js';
import { cite, claim, declaration, record, reference, taxInvoice, usd, verify } from './support/documents.js';
import { expectRefused } from './support/nothing-written.js';
import { reserve } from './support/steps.js';

/** A registry that has been used for long has many entries that get new ids. */
const patienceMs = 240_000;

const freshAmount = () => (randomInt(10_000_000, 90_000_000) / 100).toFixed(2);

describe('rotating the fingerprint key', () => {
  it('changes no id and hides no document: what was recorded and pledged before stays so', async () => {
    const [customs, a, b] = [await customsOfficer(), await bank('A'), await bank('B')];
    const before = declaration();
    await record(customs, before);
    const key = randomUUID();
    const body = claim(reference(before), usd('700.00'));
    const first = await a.officer.post('/claims', body, key);
    expect(first.status).toBe(201);

    await rotate();

    // Another gateway forgets nothing either, but only the ledger can know a key that this gateway never saw.
    const repeated = await a.officer.post('/claims', body, key);
    expect([repeated.status, textAt(repeated.body, 'id')]).toEqual([201, textAt(first.body, 'id')]);
    const reader = await BlockReader.open(consortium());
    const again = { status: 409, code: 'FACT_EXISTS' };
    await expectRefused(reader, () => customs.post('/facts', before), again);
    const tooMuch = claim(reference(before), usd('700.00'));
    const refused = { status: 409, code: 'EXCEEDS_BALANCE' };
    await expectRefused(reader, () => b.officer.post('/claims', tooMuch), refused);
    reader.close();
    expect((await verify(b.officer, before)).body).toMatchObject({ result: 'match', liveDraws: 1 });

    const after = declaration();
    await record(customs, after);
    expect((await verify(b.officer, after)).body).toMatchObject({ result: 'match', liveDraws: 0 });
  });

  it(
    'goes on for ever: six times, with documents of every key found, refused twice, compared and drawn on',
    async () => {
      const [customs, a, b] = [await customsOfficer(), await bank('A'), await bank('B')];
      const reader = await BlockReader.open(consortium());
      const rounds = 6;
      const found: FactInput[] = [];
      const ids: string[] = [];
      for (let round = 0; round < rounds; round += 1) {
        // What each round records cites nothing, and its amount is its own.
        const fact = declaration({ total: usd(freshAmount()) });
        found.push(fact);
        ids.push(await record(customs, fact));
        await reserve(a, reference(fact), usd('10.00'));
        await rotate();
      }
      for (const [round, fact] of found.entries()) {
        await expectRefused(reader, () => customs.post('/facts', fact), { status: 409, code: 'FACT_EXISTS' });
        const left = { ...fact.total, amount: (Number(fact.total?.amount) - 10).toFixed(2) };
        expect((await verify(b.officer, fact)).body).toMatchObject({
          result: 'match',
          liveDraws: 1,
          remaining: left,
        });
        const alike = await record(customs, declaration({ total: fact.total }));
        const { body } = await customs.get(`/facts/${alike}`);
        expect(listAt(body, 'nearDuplicates').map((one) => at(one, 'fact'))).toContain(ids[round]);
        const invoice = taxInvoice({ total: fact.total });
        await record(await taxOfficer(), { ...invoice, cites: [cite(fact)] });
        expect(at((await verify(b.officer, invoice)).body, 'remaining')).toEqual(left);
      }
      reader.close();
    },
    20 * patienceMs,
  );

  it('is for an officer of the regulator', async () => {
    const customs = await customsOfficer();
    const reader = await BlockReader.open(consortium());
    await expectRefused(reader, () => customs.post('/registry/key-rotation', {}), {
      status: 403,
      code: 'WRONG_ORGANISATION',
    });
    reader.close();
  });
});

/** As long as what was recorded before has not got its new ids a sixth key is refused. */
async function rotate(): Promise<void> {
  const regulator = await person('RegulatorMSP', 'officer');
  const done = await poll(
    async () => {
      const { status, body } = await regulator.post('/registry/key-rotation', {});
      if (status === 201) return true;
      expect([status, at(body, 'code')]).toEqual([409, 'TOO_MANY_KEYS']);
      return undefined;
    },
    patienceMs,
    1_000,
  );
  expect(done).toBe(true);
}
