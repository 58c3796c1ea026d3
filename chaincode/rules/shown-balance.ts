import type { FactType, Money, Quantity } from '../api.js';
import { catalogue } from '../catalogue.js';
import { formatMoney } from './money.js';
import { formatQuantity } from './quantities.js';

/**
 * What is left of a document, as money or as a quantity; nothing for a document that states neither.
 *
 * @param measure currency or unit of the balance; empty where the document states none.
 */
export function shownBalance(
  type: FactType,
  left: bigint,
  measure: string,
): { readonly remaining?: Money; readonly remainingQuantity?: Quantity } {
  if (catalogue[type].balance === 'quantity') return { remainingQuantity: formatQuantity(left, measure) };
  return measure === '' ? {} : { remaining: formatMoney(left, measure) };
}
