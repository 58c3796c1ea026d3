import { LedgerError } from '../../errors.js';
import type { Call } from '../../ledger/call.js';
import type { Claim } from '../../claims/records.js';
import { formatMoney, type MinorMoney, parseMoney } from '../../rules/money.js';
import { loadIndemnity } from './load.js';
import { changeIndemnity, type Indemnity } from './records.js';

/**
 * A repayment quotes an indemnity: what it takes of it no other repayment can. Two at once conflict, because both write
 * its next version.
 *
 * @param amount what is repaid, in the currency of the claim.
 * @returns the limit on which the claim draws for that buyer, as a fact: the repayment is of the lines that it covers.
 * @throws LedgerError INDEMNITY_NOT_FOUND, INDEMNITY_USED, CURRENCY_MIXED, COVER_MISMATCH.
 */
export async function useIndemnity(
  call: Call,
  { lines }: Pick<Claim, 'lines'>,
  id: string,
  amount: MinorMoney,
): Promise<{ readonly limit: string }> {
  const found = await loadIndemnity(call, id, 'indemnity');
  const left = leftOf(found);
  if (found.state !== 'confirmed') throw new LedgerError('INDEMNITY_USED', { field: 'indemnity' });
  if (left.currency !== amount.currency) {
    throw new LedgerError('CURRENCY_MIXED', { field: 'amount.currency' });
  }
  if (!lines.some(({ role, fact }) => role === 'cover' && fact === found.fact)) {
    throw new LedgerError('COVER_MISMATCH', {
      detail: 'The indemnity is for a policy and buyer that do not cover this claim.',
      field: 'indemnity',
    });
  }
  const rest = left.minor - amount.minor;
  if (rest < 0n) {
    throw new LedgerError('INDEMNITY_USED', {
      detail: `Of the indemnity ${found.left.currency} ${found.left.amount} is left.`,
      field: 'amount.amount',
    });
  }
  changeIndemnity(call, found, {
    left: formatMoney(rest, left.currency),
    ...(rest === 0n && { state: 'used-up' }),
  });
  return { limit: found.fact };
}

function leftOf({ left }: Indemnity): MinorMoney {
  return parseMoney(left, 'indemnity', 'allow-zero');
}
