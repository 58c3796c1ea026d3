import type { LetterOfCredit } from '../letters-of-credit/api.js';
import type { Party } from '../schemas.js';
import { partyText } from './parties.js';

/** The part of a receivable that a letter of credit asks after. */
export interface Presented {
  readonly date: string;
  readonly buyer?: Party | undefined;
  readonly details?: { readonly exportDate?: string | undefined } | undefined;
}

/** The last day on which documents are presented under a credit. */
export function lastDay({ expiresOn, presentBy = expiresOn }: LetterOfCredit): string {
  return presentBy < expiresOn ? presentBy : expiresOn;
}

/**
 * Why a bank does not lend under a credit today.
 *
 * @param applicant the buyer, for whom it was issued.
 * @param banks the names under which the bank holds what is its own.
 * @param today RFC 3339 date.
 */
export function whyNotUnderCredit(
  credit: LetterOfCredit,
  applicant: Party | undefined,
  receivables: readonly Presented[],
  { banks, today }: { readonly banks: readonly string[]; readonly today: string },
): 'CREDIT_OF_OTHERS' | 'CREDIT_EXPIRED' | 'CREDIT_MISMATCH' | undefined {
  if (credit.availableWith !== undefined && !banks.includes(credit.availableWith)) return 'CREDIT_OF_OTHERS';
  if (today > lastDay(credit)) return 'CREDIT_EXPIRED';
  const { latestShipment } = credit;
  const isLate = ({ date, details }: Presented) =>
    latestShipment !== undefined && (details?.exportDate ?? date) > latestShipment;
  if (receivables.some((one) => isLate(one) || areOthers(applicant, one.buyer))) return 'CREDIT_MISMATCH';
  return undefined;
}

/** Whether two papers name buyers that cannot be one: both by an id of one scheme, and none of them the same. */
function areOthers(one: Party | undefined, other: Party | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const idsOf = (party: Party) => [party, ...(party.otherIds ?? [])];
  const [own, theirs] = [idsOf(one), idsOf(other)];
  const texts = new Set(own.map(partyText));
  if (theirs.some((id) => texts.has(partyText(id)))) return false;
  return theirs.some(({ scheme }) => own.some((id) => id.scheme === scheme));
}
