import { canonicalJson } from '../rules/canonical-json.js';
import { claim, declaration, openLedger, people, record, reserve } from '../testing/story.js';

describe('the salt of a private record', () => {
  it('is in every private record, another in each, and in nothing public', async () => {
    const ledger = await openLedger();
    const { writes: facts } = await ledger.submit('recordFacts', people.customs, { facts: [declaration()] });
    await reserve(ledger, claim(ledger, '60.00'));
    const { writes: claims } = await ledger.submit('reserveClaims', people.bankB, {
      claims: [claim(ledger, '40.00')],
    });
    const salts = [...facts, ...claims].map(([key, value]) => ({ key, salt: saltIn(value) }));
    const isPublic = ({ key }: { key: string }) => key.startsWith('public/');
    expect(salts.filter(isPublic).every(({ salt }) => salt === undefined)).toBe(true);
    const secret = salts.filter((one) => !isPublic(one)).map(({ salt }) => salt);
    expect(secret.length).toBeGreaterThan(4);
    expect(secret.every((salt) => typeof salt === 'string' && /^[0-9a-f]{32}$/.test(salt))).toBe(true);
    expect(new Set(secret).size).toBe(secret.length);
  });

  it('keeps two records that say the same from looking the same', async () => {
    const [left, right] = [await openLedger(), await openLedger()];
    await record(right, declaration({ number: '310120260516789013' }));
    const version = async (ledger: typeof left) => {
      const { writes } = await ledger.submit('publishRates', people.regulator, {
        base: 'CNY',
        date: '2026-03-01',
        rates: [{ currency: 'USD', rate: '7.1' }],
      });
      const {
        salt,
        publishedAt: _time,
        ...said
      } = JSON.parse(writes.get('registry/R~USD') ?? '') as Record<string, unknown>;
      return { salt, said: canonicalJson(said) };
    };
    const [one, other] = [await version(left), await version(right)];
    expect(one.said).toBe(other.said);
    expect(one.salt).not.toBe(other.salt);
  });
});

function saltIn(value: string): unknown {
  return (JSON.parse(value) as Record<string, unknown>)['salt'];
}
