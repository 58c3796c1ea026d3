import { randomUUID } from 'node:crypto';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, customsOfficer, person } from './support/consortium.js';
import { claim, declaration, record, reference, usd, verify } from './support/documents.js';
import { expectRefused } from './support/nothing-written.js';

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

/** A ledger that has been tested often has as many keys as it may have; then the newest of them is in force. */
async function rotate(): Promise<void> {
  const regulator = await person('RegulatorMSP', 'officer');
  const { status, body } = await regulator.post('/registry/key-rotation', {});
  if (status !== 201) expect([status, at(body, 'code')]).toEqual([409, 'TOO_MANY_KEYS']);
}
