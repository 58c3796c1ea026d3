import { parseRate, type Rate } from '../rules/rates.js';
import { limits } from '../schemas.js';

/**
 * Whether a rate is so far from the one in force that one person does not publish it: a comma in the wrong place lends ten
 * times too much, or ten times too little.
 */
export function isUnusual(next: Omit<Rate, 'date'>, inForce: Omit<Rate, 'date'> | undefined): boolean {
  if (inForce === undefined) return false;
  if (inForce.base !== next.base) return true;
  const [one, other] = [parseRate(next.rate, 'rate'), parseRate(inForce.rate, 'rate')];
  const [less, more] = one < other ? [one, other] : [other, one];
  return more * 100n > less * BigInt(100 + limits.rateChangePercent);
}
