import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { rateProposalAt } from './records.js';

/** Rates that wait are not put in force: a second person returns them with a reason, or who published them takes them back. */
export const returnRates: Verb<'returnRates'> = async ({ work }, { currencies, reason }) => {
  const distinct = [...new Set(currencies)];
  for (const [index, currency] of distinct.entries()) {
    const proposal = await work.read(rateProposalAt(currency));
    if (proposal?.open !== true) {
      throw new LedgerError('RATE_NOT_AWAITING', { field: `currencies.${index}` });
    }
    work.write(rateProposalAt(currency), { ...proposal, open: false, returned: reason });
  }
  return { returned: distinct.length };
};
