import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { stillWaits, waitsUntil } from '../rules/awaiting.js';
import { rateAt, rateProposalAt } from './records.js';
import { assertLatest } from './latest-rate.js';
import { putInForce } from './put-in-force.js';

/** Whether nobody has confirmed a rate in time: it is published again, or not. */
export function hasLapsed({ proposedAt }: { readonly proposedAt: string }, now: number): boolean {
  return !stillWaits(waitsUntil(Date.parse(proposedAt)), now);
}

/** A second person of the regulator confirms rates that wait; from now on they hold. */
export const confirmRates: Verb<'confirmRates'> = async (call, { currencies }) => {
  const { work, caller } = call;
  const distinct = [...new Set(currencies)];
  const proposals = await Promise.all(distinct.map((currency) => work.read(rateProposalAt(currency))));
  for (const [index, proposal] of proposals.entries()) {
    const field = `currencies.${index}`;
    if (proposal?.open !== true || hasLapsed(proposal, call.now))
      throw new LedgerError('RATE_NOT_AWAITING', { field });
    if (proposal.proposedBy === caller.person) throw new LedgerError('FOUR_EYES', { field });
    const { currency, base, rate, date } = proposal;
    assertLatest(await work.read(rateAt(currency)), date);
    await putInForce(call, { currency, base, rate, date });
  }
  return { published: distinct.length };
};
