import fc from 'fast-check';
import type { ClaimView, FactInput, Money } from '../api.js';
import { LedgerError } from '../errors.js';
import { decimalsOf } from '../rules/currencies.js';
import { dateOf } from '../rules/dates.js';
import { formatMoney, parseMoney } from '../rules/money.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import {
  claim,
  declaration,
  freshKey,
  openLedger,
  people,
  record,
  remainingOf,
  reserve,
} from '../testing/story.js';

/** Of 0, 2, 3 and 4 decimals, with rates from far below to far above the base. */
const currencies = ['CNY', 'JPY', 'USD', 'KWD', 'CLF'] as const;

const anyCurrency = fc.constantFrom(...currencies);
const foreign = fc.constantFrom('JPY' as const, 'USD' as const, 'KWD' as const, 'CLF' as const);
const thousandths = fc.integer({ min: 1, max: 1_000_000 });
const steps = fc.array(
  fc.oneof(
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('publish' as const), currency: foreign, thousandths }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('claim' as const),
        currency: anyCurrency,
        minor: fc.oneof(fc.bigInt(1n, 20n), fc.bigInt(1n, 1_000_000n)),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), which: fc.nat(5) }) },
  ),
  { maxLength: 14 },
);

async function publish(ledger: FakeLedger, currency: string, thousandth: number): Promise<void> {
  const { answer } = await ledger.submit('publishRates', people.regulator, {
    base: 'CNY',
    date: dateOf(ledger.now),
    rates: [{ currency, rate: (thousandth / 1000).toFixed(3) }],
  });
  if (answer.awaiting.length > 0) {
    await ledger.submit('confirmRates', people.regulatorApprover, { currencies: [currency] });
  }
}

const minorOf = (money: Money) => parseMoney(money, 'amount', 'allow-zero').minor;
const scale = (currency: string) => 10n ** BigInt(decimalsOf(currency) ?? 0);

/** What a claim draws; undefined when it is refused because too little is left. */
async function drawnBy(
  attempt: () => Promise<ClaimView>,
): Promise<{ id: string; minor: bigint } | undefined> {
  try {
    const { id, lines } = await attempt();
    return { id, minor: lines.reduce((sum, { drawn }) => sum + minorOf(drawn), 0n) };
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'EXCEEDS_BALANCE') return undefined;
    throw error;
  }
}

describe('claims in another currency than the document’s', () => {
  it('never hold more of it than it allows, at the rates of their day, whatever is published in between', async () => {
    await fc.assert(
      fc.asyncProperty(anyCurrency, fc.bigInt(1n, 100_000n), steps, async (currency, total, run) => {
        const ledger = await openLedger();
        const fact: FactInput = declaration({ total: formatMoney(total, currency) });
        await record(ledger, fact);
        const prices = new Map<string, bigint>([['CNY', 1000n]]);
        for (const [index, one] of (['JPY', 'USD', 'KWD', 'CLF'] as const).entries()) {
          await publish(ledger, one, 7 ** (index + 1));
          prices.set(one, BigInt(7 ** (index + 1)));
        }
        const faults: string[] = [];
        const held: { id: string; drawn: bigint }[] = [];
        for (const step of run) {
          if (step.do === 'publish') {
            await publish(ledger, step.currency, step.thousandths);
            prices.set(step.currency, BigInt(step.thousandths));
          } else if (step.do === 'withdraw') {
            const [gone] = held.splice(step.which, 1);
            if (gone === undefined) continue;
            const command = { id: gone.id, idempotencyKey: freshKey() };
            await ledger.submit('withdrawClaim', people.bankA, command);
          } else {
            const amount = formatMoney(step.minor, step.currency);
            const document = { type: fact.type, number: fact.number };
            const input = claim(ledger, '1.00', { amount, lines: [{ document, amount }] });
            const left = total - held.reduce((sum, { drawn }) => sum + drawn, 0n);
            // The reference: exact fractions out of the published prices, without any of our conversions.
            const [from, to] = [prices.get(step.currency), prices.get(currency)];
            if (from === undefined || to === undefined) throw new Error('no price');
            const value = step.minor * from * scale(currency);
            const unit = to * scale(step.currency);
            const fits = value <= left * unit;
            const drawn = await drawnBy(() => reserve(ledger, input));
            if ((drawn !== undefined) !== fits)
              faults.push(`${amount.amount} of ${left} should fit: ${fits}`);
            if (drawn === undefined) continue;
            // Never less than the exact value, and less than one smallest unit more.
            if (drawn.minor * unit < value || (drawn.minor - 1n) * unit >= value) {
              faults.push(`${amount.amount} uses ${drawn.minor}`);
            }
            held.push({ id: drawn.id, drawn: drawn.minor });
          }
          const left = total - held.reduce((sum, { drawn }) => sum + drawn, 0n);
          if (left < 0n) faults.push(`overdrawn by ${-left}`);
          const shown = await remainingOf(ledger, fact);
          if (shown !== formatMoney(left, currency).amount)
            faults.push(`${shown ?? 'nothing'} is shown of ${left}`);
        }
        expect(faults).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
