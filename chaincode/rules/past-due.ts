import { limits } from '../schemas.js';
import { dateOfDay, dayNumber } from './dates.js';

/** The part of a document that tells when it should be paid. */
export interface DatedDocument {
  readonly date: string;
  readonly details?: { readonly paymentDueDate?: string | undefined } | undefined;
  readonly instalments?: readonly { readonly dueDate: string }[] | undefined;
}

/** When a document should be paid in full: with its last instalment, on the day that it names, else after the longest term that the registry knows. */
export function documentDueDate({ date, details, instalments }: DatedDocument): string {
  return (
    instalments?.at(-1)?.dueDate ?? details?.paymentDueDate ?? dateOfDay(dayNumber(date) + limits.termDays)
  );
}

/** Whether a claim that ends on this day ends so long after the document was due that somebody has to say why. */
export function isLongPastDue(claimDue: string, documentDue: string): boolean {
  return dayNumber(claimDue) - dayNumber(documentDue) > limits.pastDueDays;
}
