import { LedgerError } from '../errors.js';
import { parseMoney } from '../rules/money.js';
import type { LoanTerms, LoanView } from './api.js';

/**
 * Whether terms answer what was applied for.
 *
 * @throws LedgerError an error of money, or LOAN_TERMS_INVALID.
 */
export function checkLoanTerms({ amount }: LoanTerms, asked: Pick<LoanView, 'amount'>, field: string): void {
  const given = parseMoney(amount, field);
  const most = parseMoney(asked.amount, 'amount');
  if (given.currency !== most.currency)
    throw new LedgerError('LOAN_TERMS_INVALID', { field: `${field}.currency` });
  if (given.minor > most.minor) throw new LedgerError('LOAN_TERMS_INVALID', { field: `${field}.amount` });
}
