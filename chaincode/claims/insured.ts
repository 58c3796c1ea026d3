import type { Claim } from './records.js';

/** Whether an insurer's cover stands behind the claim. */
export function isInsured({ lines }: Pick<Claim, 'lines'>): boolean {
  return lines.some(({ role }) => role === 'cover');
}
