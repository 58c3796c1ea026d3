import type { Answer, Client } from '@pledgeonce/scripts/rest/client.js';
import { at, moneyAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { bank, customsOfficer } from '../support/consortium.js';
import { claim, declaration, record, reference, usd, verify } from '../support/documents.js';

/** Claims that each bank has under way at the same time. */
const clients = 64;

describe('one document that two banks claim at once, by 64 clients each', () => {
  /** Everybody claims 10.00 on a document of so much, all at the same moment. */
  async function everybodyClaims(
    total: string,
  ): Promise<{ readonly answers: readonly Answer[]; left: string }> {
    const [customs, a, b] = [await customsOfficer(), await bank('A'), await bank('B')];
    const fact = declaration({ total: usd(total) });
    await record(customs, fact);
    // Who has verified a document is told how much of it is left.
    for (const { officer } of [a, b])
      expect((await verify(officer, fact)).body).toMatchObject({ result: 'match' });
    const claimTen = (officer: Client) => officer.post('/claims', claim(reference(fact), usd('10.00')));
    const answers = await Promise.all(
      Array.from({ length: clients }, () => [claimTen(a.officer), claimTen(b.officer)]).flat(),
    );
    const seen = await verify(a.officer, fact);
    return { answers, left: moneyAt(seen.body, 'remaining').amount };
  }

  const codes = (answers: readonly Answer[]) =>
    answers
      .filter(({ status }) => status !== 201)
      .map(({ status, body }) => `${status} ${String(at(body, 'code'))}`);

  it('reserves all of them where there is room for all', async () => {
    const { answers, left } = await everybodyClaims('1280.00');
    expect(codes(answers)).toEqual([]);
    expect(new Set(answers.map(({ body }) => textAt(body, 'id'))).size).toBe(2 * clients);
    expect(left).toBe('0.00');
  }, 180_000);

  it('reserves exactly those for which there is room, and tells the others what is left, never of each other', async () => {
    const { answers, left } = await everybodyClaims('645.00');
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(64);
    expect(codes(answers)).toEqual(Array.from({ length: 64 }, () => '409 EXCEEDS_BALANCE'));
    expect(left).toBe('5.00');
  }, 180_000);
});
