import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from '../support/block-reader.js';
import { bank, consortium, customsOfficer, type BankPeople } from '../support/consortium.js';
import { claim, declaration, otherExporter, record, reference, usd, verify } from '../support/documents.js';
import { expectRefused } from '../support/nothing-written.js';
import { reserve } from '../support/steps.js';

describe('the same document at two banks', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  beforeAll(async () => {
    [reader, a, b] = await Promise.all([BlockReader.open(consortium()), bank('A'), bank('B')]);
  });
  afterAll(() => {
    reader.close();
  });

  const exceeds = { status: 409, code: 'EXCEEDS_BALANCE' };

  async function recorded() {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    return fact;
  }

  it('one after the other', async () => {
    const fact = await recorded();
    await reserve(a, reference(fact), usd('1000.00'));
    await expectRefused(
      reader,
      () => b.officer.post('/claims', claim(reference(fact), usd('1000.00'))),
      exceeds,
    );
    await expectRefused(
      reader,
      () => b.officer.post('/claims', claim(reference(fact), usd('0.01'))),
      exceeds,
    );
  });

  it('fifty at the same moment', async () => {
    const fact = await recorded();
    const before = await reader.height();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, turn) =>
        (turn % 2 === 0 ? a : b).officer.post('/claims', claim(reference(fact), usd('1000.00'))),
      ),
    );
    const won = answers.filter(({ status }) => status === 201);
    const lost = answers.filter(({ status }) => status !== 201);
    expect(won).toHaveLength(1);
    expect(
      lost.filter(({ status, body }) => status !== 409 || at(body, 'code') !== 'EXCEEDS_BALANCE'),
    ).toEqual([]);
    const written = (await reader.transactions(before))
      .filter(({ isValid }) => isValid)
      .flatMap(({ writes }) => [...writes.keys()]);
    expect(written).toEqual([`claim~${textAt(won[0]?.body, 'id')}`]);
    expect((await verify(a.officer, fact)).body).toMatchObject({ remaining: usd('0.00'), liveDraws: 1 });
  });

  it('by another applicant', async () => {
    const fact = await recorded();
    await reserve(a, reference(fact), usd('400.00'));
    const body = claim(reference(fact), usd('1.00'), { enterprise: otherExporter });
    await expectRefused(reader, () => b.officer.post('/claims', body), {
      status: 409,
      code: 'NOT_VERIFIED',
    });
  });

  it('under another spelling', async () => {
    const fact = await recorded();
    await reserve(a, reference(fact), usd('1000.00'));
    const wide = fact.number.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    const spellings = [
      wide,
      `${fact.number.slice(0, 9)} - ${fact.number.slice(9)}`,
      `\u200b${fact.number}\u00ad`,
      fact.number.slice(0, 4) + ' '.repeat(40) + fact.number.slice(4),
    ];
    for (const number of spellings) {
      const body = claim({ ...reference(fact), number }, usd('1.00'));
      await expectRefused(reader, () => b.officer.post('/claims', body), exceeds);
    }
    const customs = await customsOfficer();
    await expectRefused(reader, () => customs.post('/facts', { ...fact, number: wide }), {
      status: 409,
      code: 'FACT_EXISTS',
    });
  });
});
