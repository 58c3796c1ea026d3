import type { Trade } from '../trade.js';
import { Whole } from './part.js';
import { familiesOf } from './neighbours.js';

/** Whether a document is one of an order's: it cites the order, or a document beside it does. */
export function isOfOrder(trade: Trade, fact: string, order: string): boolean {
  const whole = new Whole(trade);
  const [document, meant] = [whole.documents.get(fact), whole.documents.get(order)];
  if (document?.dimension !== 'price' || meant === undefined) return false;
  const beside = familiesOf(whole.documents.values(), 'price').flatMap((family) => {
    const carriers = family === document.family ? undefined : whole.neighbours.carriers(document, family);
    if (carriers === undefined) return [];
    return [...carriers.documents, ...carriers.bills.flatMap((bill) => whole.neighbours.onBill(bill))];
  });
  return [document, ...beside].some((one) => whole.orders.of(one).includes(meant));
}
