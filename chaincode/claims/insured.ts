import type { Claim } from '../ledger/kinds.js';

/** Whether an insurer's cover stands behind the claim. */
export function isInsured({ lines }: Pick<Claim, 'lines'>): boolean {
  return lines.some(({ role }) => role === 'cover');
}
