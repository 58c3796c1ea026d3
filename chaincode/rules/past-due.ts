import { limits } from '../schemas.js';
import { dateOfDay, dayNumber } from './dates.js';

/** The part of a document that tells when it should be paid. */
export interface DatedDocument {
  readonly date: string;
  readonly details?: { readonly paymentDueDate?: string | undefined } | undefined;
}

/** When a document should be paid: on the day that it names, else after the longest term that the registry knows. */
export function documentDueDate({ date, details }: DatedDocument): string {
  return details?.paymentDueDate ?? dateOfDay(dayNumber(date) + limits.termDays);
}

/** Whether a claim that ends on this day ends so long after the document was due that somebody has to say why. */
export function isLongPastDue(claimDue: string, documentDue: string): boolean {
  return dayNumber(claimDue) - dayNumber(documentDue) > limits.pastDueDays;
}
