import { isCredit } from '../letters-of-credit/under-credit.js';
import type { Claim } from './records.js';

/** Whether an insurer's cover stands behind the claim; a letter of credit is none. */
export function isInsured({ lines }: Pick<Claim, 'lines'>): boolean {
  return lines.some(({ role, document }) => role === 'cover' && !isCredit(document));
}
