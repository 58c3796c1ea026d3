import { toUnits } from '../../ui/money-format.js';

/** What is drawn of a total of which so much is left; nothing less than zero. */
export function drawnOf(total: string, left: string): string {
  const decimals = 4;
  const units = toUnits(total, decimals) - toUnits(left, decimals);
  const digits = String(units < 0n ? 0n : units).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
