import { LedgerError } from '../errors.js';
import { checkAll } from './check-all.js';
import { parseMoney } from './money.js';
import type { OfferTerms, RequestView } from '../offers/api.js';

type Need = Pick<RequestView, 'amount' | 'highestRate'>;

/**
 * Whether an offer answers what was asked; the gateway of the bidder asks this before it seals.
 *
 * @throws LedgerError an error of money, or OFFER_INVALID.
 */
export function checkTerms(terms: OfferTerms, { amount, highestRate }: Need): void {
  const { offered, asked, fees } = checkAll({
    offered: () => parseMoney(terms.amount, 'terms.amount'),
    asked: () => parseMoney(amount, 'amount'),
    fees: () => terms.fees && parseMoney(terms.fees, 'terms.fees', 'allow-zero'),
  });
  if (offered.currency !== asked.currency)
    throw new LedgerError('OFFER_INVALID', { field: 'terms.amount.currency' });
  if (fees !== undefined && fees.currency !== offered.currency)
    throw new LedgerError('OFFER_INVALID', { field: 'terms.fees.currency' });
  if (offered.minor > asked.minor) throw new LedgerError('OFFER_INVALID', { field: 'terms.amount.amount' });
  if (highestRate !== undefined && tenThousandths(terms.rate) > tenThousandths(highestRate)) {
    throw new LedgerError('OFFER_INVALID', { field: 'terms.rate' });
  }
}

function tenThousandths(rate: string): number {
  const [whole = '', fraction = ''] = rate.split('.');
  return Number(whole + fraction.padEnd(4, '0'));
}
