import { differenceOf, toUnits } from '../../ui/money-format.js';

/** What is drawn of a total of which so much is left; nothing less than zero. */
export function drawnOf(total: string, left: string): string {
  return toUnits(left) > toUnits(total) ? differenceOf(total, total) : differenceOf(total, left);
}
