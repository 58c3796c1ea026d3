import type { Money } from '@pledgeonce/chaincode/api.js';
import { parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import type { Client, Json } from '../rest/client.js';
import { at, listAt, moneyAt, textAt } from '../rest/json.js';
import { Neighbour } from '../rest/neighbour.js';
import { show } from './amounts.js';
import { assemble, type Bank, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { daysFromNow, reserve } from './claims.js';
import { recordTrade } from './record.js';
import { freshTrade } from './samples.js';
import { expectRefusal, expectStatus, expectThat, type Teller } from './teller.js';

const rates = { USD: '7.1', JPY: '0.047', KWD: '23.1' };

/** Claims in another currency than the document's, and what the auditor can make of them. */
export const exchangeRates: Chapter = {
  name: 'exchange-rates',
  title: 'A document in dollars, claims in yen and dinars',
  tell: async (teller, stack) => {
    const cast = await assemble(stack);
    const regulator = await Neighbour.signIn(stack, 'RegulatorMSP', 'officer');
    const publish = publisherOf(regulator);
    try {
      await teller.step('The regulator publishes the rates of the day', async () => {
        expectStatus(await publish(rates), 201);
        return [
          Object.entries(rates)
            .map(([code, rate]) => `1 ${code} = ${rate} CNY`)
            .join(', '),
          undefined,
        ];
      });
      const { enterprise, document, payable } = await recordTrade(teller, cast, freshTrade(new Date()));
      const particulars = { enterprise, total: payable };
      // Who has not verified a document is told less of why nothing can be drawn on it.
      expectStatus(await cast.bankA.officer.post('/verifications', { document, particulars }), 200);
      const claim = (amount: Money) => reserve(cast.bankA, { enterprise, document, amount });
      const yen = await claimAtRates(teller, claim);
      await refuseWithoutRate(teller, claim, publish);
      await correctRate(teller, cast.bankA, { claim, publish, yen });
      await replaySum(teller, cast.auditor, yen);
    } finally {
      dismiss(cast);
    }
  },
};

type Publish = ReturnType<typeof publisherOf>;
type ClaimIn = (amount: Money) => ReturnType<typeof reserve>;

/** Publishes rates for today, or for another day. */
function publisherOf(regulator: Neighbour) {
  return (table: Readonly<Record<string, string>>, date = daysFromNow(0)) =>
    regulator.post('/rates', {
      base: 'CNY',
      date,
      rates: Object.entries(table).map(([currency, rate]) => ({ currency, rate })),
    });
}

/** @returns the claim in yen. */
async function claimAtRates(teller: Teller, claim: ClaimIn): Promise<Json> {
  const yen = await teller.step('Bank A claims JPY 1,000 on it', async () => {
    const { body } = expectStatus(await claim({ amount: '1000', currency: 'JPY' }), 201);
    return [
      `uses ${show(moneyAt(body, 'lines.0.drawn'))}: 6.6197… dollars, rounded against the borrower`,
      body,
    ];
  });
  await teller.step(
    'The smallest amount, KWD 0.001, is worth a third of a cent and uses a whole one',
    async () => {
      const drawn = moneyAt(
        expectStatus(await claim({ amount: '0.001', currency: 'KWD' }), 201).body,
        'lines.0.drawn',
      );
      expectThat(drawn.amount === '0.01', `It should use USD 0.01, not ${show(drawn)}.`);
      return [`uses ${show(drawn)}: no number of small claims reaches further than the document`, undefined];
    },
  );
  return yen;
}

async function refuseWithoutRate(teller: Teller, claim: ClaimIn, publish: Publish): Promise<void> {
  await teller.step('In a currency that the regulator has not published, nothing is claimed', async () => {
    const answer = await claim({ amount: '1', currency: 'XPF' });
    return [expectRefusal(answer, 409, 'RATE_MISSING'), undefined];
  });
  await teller.step('Nor at a rate that is older than a month', async () => {
    expectStatus(await publish({ MRU: '0.18' }, daysFromNow(-40)), 201);
    const answer = await claim({ amount: '1', currency: 'MRU' });
    return [expectRefusal(answer, 409, 'RATE_STALE'), undefined];
  });
}

async function correctRate(
  teller: Teller,
  bankA: Bank,
  { claim, publish, yen }: { readonly claim: ClaimIn; readonly publish: Publish; readonly yen: Json },
): Promise<void> {
  await teller.step('The regulator tries a rate of zero, and one of yesterday', async () => {
    const zero = expectRefusal(await publish({ JPY: '0' }), 422, 'RATE_INVALID');
    const late = expectRefusal(await publish({ JPY: '0.05' }, daysFromNow(-1)), 422, 'DATE_INVALID');
    return [`${zero}\n${late}`, undefined];
  });
  await teller.step('The regulator corrects the yen; what was drawn stays as it was', async () => {
    expectStatus(await publish({ JPY: '0.0497' }), 201);
    const drawn = moneyAt(
      expectStatus(await claim({ amount: '1000', currency: 'JPY' }), 201).body,
      'lines.0.drawn',
    );
    const { body } = await bankA.officer.get(`/claims/${textAt(yen, 'id')}`);
    const before = moneyAt(body, 'lines.0.drawn');
    expectStatus(await publish({ JPY: rates.JPY }), 201);
    expectThat(drawn.amount === '7.00', `It should use USD 7.00, not ${show(drawn)}.`);
    return [`JPY 1,000 now uses ${show(drawn)}; the first claim still ${show(before)}`, undefined];
  });
}

async function replaySum(teller: Teller, auditor: Client, yen: Json): Promise<void> {
  await teller.step('The auditor does the sum again from the claim alone', async () => {
    const { body } = expectStatus(await auditor.get(`/claims/${textAt(yen, 'id')}`), 200);
    const [line = {}] = listAt(body, 'lines');
    const sum = replay(line);
    expectThat(sum === minor(line, 'drawn'), 'The sum should be what was drawn.');
    return [
      `⌈1000 × ${textAt(line, 'rate.numerator')} ÷ ${textAt(line, 'rate.denominator')}⌉ = ${sum} cents`,
      undefined,
    ];
  });
  await teller.step('And finds the rate among the regulator’s publications', async () => {
    const { body } = expectStatus(await auditor.get('/rates/publications?currency=JPY'), 200);
    const items = listAt(body, 'items');
    expectThat(
      items.some((one) => at(one, 'rate') === rates.JPY && at(one, 'date') === at(yen, 'lines.0.rate.date')),
      'The publication should be on the list.',
    );
    return [
      items
        .slice(0, 3)
        .map((one) => `${textAt(one, 'publishedAt')}: ${textAt(one, 'rate')}`)
        .join('\n'),
      undefined,
    ];
  });
}

const minor = (line: Json, path: string) => parseMoney(moneyAt(line, path), path, 'allow-zero').minor;

function replay(line: Json): bigint {
  const product = minor(line, 'amount') * BigInt(textAt(line, 'rate.numerator'));
  const denominator = BigInt(textAt(line, 'rate.denominator'));
  return product / denominator + (product % denominator === 0n ? 0n : 1n);
}
