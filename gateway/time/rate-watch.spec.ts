import type { Input } from '@pledgeonce/chaincode/api.js';
import { limits } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Signatory } from '../ledger/signatory.js';
import { RateWatch } from './rate-watch.js';

const signatory = { close: () => undefined } as unknown as Signatory;

/** A watch over so many claims; `answer` is what the ledger does with each transaction. */
function watch(count: number, answer: () => Promise<unknown> = () => Promise.resolve({})) {
  const state = { publishedAt: '2026-11-01T08:00:00.000Z' as string | undefined };
  const asked: string[][] = [];
  const rates = new RateWatch({
    claims: {
      drawnAtARate: (most, after) =>
        Array.from({ length: count }, (_, index) => ({
          id: `c${index + 1}`,
          owner: 'BankAMSP',
          ordinal: index + 1,
        }))
          .filter(({ ordinal }) => ordinal > (after ?? 0))
          .slice(0, most),
    },
    ratePublications: {
      list: () => ({
        items:
          state.publishedAt === undefined
            ? []
            : [
                {
                  currency: 'USD',
                  base: 'CNY',
                  rate: '7.1',
                  date: '2026-11-01',
                  publishedAt: state.publishedAt,
                },
              ],
      }),
    },
    ledger: {
      submit: (async (_signatory: unknown, name: string, input: unknown) => {
        expect(name).toBe('recheckRates');
        asked.push((input as Input<'recheckRates'>).claims.map(({ id }) => id));
        return answer();
      }) as Ledger['submit'],
    },
    signatory: () => Promise.resolve(signatory),
    log: { warn: () => undefined },
  });
  return { rates, asked, state };
}

describe('the watch over rates', () => {
  it('asks about every claim that is drawn at a rate, once for each publication', async () => {
    const { rates, asked, state } = watch(limits.sweptPerTransaction + 1);
    await rates.look();
    expect(asked.map((ids) => ids.length)).toEqual([limits.sweptPerTransaction, 1]);
    await rates.look();
    expect(asked).toHaveLength(2);
    state.publishedAt = '2026-11-01T09:00:00.000Z';
    await rates.look();
    expect(asked).toHaveLength(4);
  });

  it('does nothing before the first publication, and nothing without such claims', async () => {
    const none = watch(0);
    await none.rates.look();
    const unpublished = watch(3);
    unpublished.state.publishedAt = undefined;
    await unpublished.rates.look();
    expect([none.asked, unpublished.asked]).toEqual([[], []]);
  });

  it('comes to the end although a page in the middle fails, and looks again at all of them', async () => {
    let count = 0;
    const most = limits.sweptPerTransaction;
    const failing = watch(2 * most + 1, () =>
      ++count === 2 ? Promise.reject(new Error('The network is away.')) : Promise.resolve({}),
    );
    await failing.rates.look();
    expect(failing.asked.map((ids) => ids.length)).toEqual([most, most, 1]);
    await failing.rates.look();
    expect(failing.asked).toHaveLength(6);
    await failing.rates.look();
    expect(failing.asked).toHaveLength(6);
  });

  it('takes a refusal for an answer, and tries again what did not arrive', async () => {
    const refused = watch(1, () => Promise.reject(new LedgerError('NOT_EXPIRED')));
    await refused.rates.look();
    await refused.rates.look();
    expect(refused.asked).toHaveLength(1);
    const away = watch(1, () => Promise.reject(new Error('The network is away.')));
    await away.rates.look();
    await away.rates.look();
    expect(away.asked).toHaveLength(2);
  });
});
