import { limits } from '../api.js';
import { LedgerError } from '../errors.js';
import { dateOf, dayNumber } from '../rules/dates.js';

/** @throws LedgerError DUE_DATE_INVALID unless the date lies ahead and within the longest term. */
export function assertDueDate(dueDate: string, now: number, field: string): void {
  const days = dayNumber(dueDate) - dayNumber(dateOf(now));
  if (days < 1 || days > limits.termDays) throw new LedgerError('DUE_DATE_INVALID', { field });
}

/**
 * An insurer covers a short term only, however often it is extended.
 *
 * @param from the day on which the claim was made.
 * @throws LedgerError DUE_DATE_INVALID.
 */
export function assertCoverTerm(dueDate: string, from: string, field = 'dueDate'): void {
  if (dayNumber(dueDate) - dayNumber(from) > limits.coverDays) {
    throw new LedgerError('DUE_DATE_INVALID', {
      detail: `An insured claim falls due within ${limits.coverDays} days.`,
      field,
    });
  }
}
