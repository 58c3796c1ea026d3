import { LedgerError } from '../errors.js';
import type { Rate } from '../rules/rates.js';

/** @throws LedgerError DATE_INVALID where a rate of a later day is in force. */
export function assertLatest(inForce: Rate | undefined, date: string): void {
  if (inForce === undefined || inForce.date <= date) return;
  throw new LedgerError('DATE_INVALID', {
    detail: `A later rate of ${inForce.currency}, of ${inForce.date}, is in force.`,
    field: 'date',
  });
}
