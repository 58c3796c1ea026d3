import { rateAt, rateBeforeAt, rateProposalAt } from './records.js';
import type { Call } from '../ledger/call.js';
import { instantText } from '../rules/dates.js';
import type { Rate } from '../rules/rates.js';

/** Puts a rate in force, keeps the one before beside it, and ends what awaited a second person. */
export async function putInForce({ work, now }: Pick<Call, 'work' | 'now'>, rate: Rate): Promise<void> {
  const { currency } = rate;
  const [before, proposal] = await Promise.all([
    work.read(rateAt(currency)),
    work.read(rateProposalAt(currency)),
  ]);
  if (before !== undefined) work.write(rateBeforeAt(currency), before);
  if (proposal?.open === true) work.write(rateProposalAt(currency), { ...proposal, open: false });
  work.write(rateAt(currency), { ...rate, publishedAt: instantText(now) });
}
