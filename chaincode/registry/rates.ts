import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { rateAt, rateProposalAt } from './records.js';
import { checkAll } from '../rules/check-all.js';
import { currencies, decimalsOf } from '../rules/currencies.js';
import { dateOf, dayNumber, instantText } from '../rules/dates.js';
import { parseRate } from '../rules/rates.js';
import { hasLapsed } from './confirm-rates.js';
import { assertLatest } from './latest-rate.js';
import { putInForce } from './put-in-force.js';
import { takesTwo } from '../rules/steps-of-two.js';
import { policyInForce } from './policy.js';
import { isUnusual } from './rate-changes.js';

/**
 * The regulator publishes exchange rates; they hold for draws from the next block on. Those of the same day are
 * corrected by publishing again; an older day cannot take the place of a later one. One that is far from the rate in force
 * waits for a second person, and so does every one where the consortium has set it.
 */
export const publishRates: Verb<'publishRates'> = async (call, { base, date, rates }) => {
  const { work, caller, now } = call;
  checkAll({
    base: () => {
      assertCurrency(base, 'base');
    },
    date: () => {
      if (dayNumber(date) > dayNumber(dateOf(now)) + 1)
        throw new LedgerError('DATE_INVALID', { field: 'date' });
    },
    rates: () => {
      for (const [index, { currency, rate }] of rates.entries()) {
        assertCurrency(currency, `rates.${index}.currency`);
        if (currency === base) throw new LedgerError('RATE_INVALID', { field: `rates.${index}.currency` });
        if (rates.findIndex((one) => one.currency === currency) !== index) {
          throw new LedgerError('RATE_INVALID', {
            detail: 'The publication states two rates of one currency.',
            field: `rates.${index}.currency`,
          });
        }
        parseRate(rate, `rates.${index}.rate`);
      }
    },
  });
  const inForce = await Promise.all(rates.map(({ currency }) => work.read(rateAt(currency))));
  for (const rate of inForce) assertLatest(rate, date);
  const takesSecond = takesTwo('rates', caller, (await policyInForce(call)).twoPeople);
  const awaiting: string[] = [];
  for (const [index, { currency, rate }] of rates.entries()) {
    const next = { currency, base, rate, date };
    if (takesSecond || isUnusual(next, inForce[index])) {
      const proposedAt = instantText(now);
      work.write(rateProposalAt(currency), { ...next, proposedBy: caller.person, proposedAt, open: true });
      awaiting.push(currency);
    } else {
      await putInForce(call, next);
    }
  }
  return { published: rates.length - awaiting.length, awaiting };
};

/** The rates in force, of the currencies asked for or of all; for the regulator also what awaits its second person. */
export const readRates: Verb<'readRates'> = async ({ work, caller, now }, { currencies: asked }) => {
  const wanted = asked ?? currencies;
  const found = await Promise.all(wanted.map((currency) => work.read(rateAt(currency))));
  const rates = found.filter((rate) => rate !== undefined);
  if (caller.kind !== 'regulator') return { rates };
  const proposals = await Promise.all(wanted.map((currency) => work.read(rateProposalAt(currency))));
  const awaiting = proposals.flatMap((proposal) => {
    if (proposal?.open !== true || hasLapsed(proposal, now)) return [];
    const { open: _open, returned: _returned, ...shown } = proposal;
    return [shown];
  });
  const returned = proposals.flatMap((proposal, index) => {
    if (proposal?.returned === undefined || proposal.open) return [];
    const { open: _open, returned: reason, ...shown } = proposal;
    const since = found[index]?.publishedAt;
    // What was published since has taken its place.
    const isOver = since !== undefined && Date.parse(since) > Date.parse(proposal.proposedAt);
    return isOver ? [] : [{ ...shown, reason }];
  });
  return { rates, awaiting, returned };
};

function assertCurrency(currency: string, field: string): void {
  if (decimalsOf(currency) === undefined) throw new LedgerError('CURRENCY_UNKNOWN', { field });
}
