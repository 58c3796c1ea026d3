import type { Draw, Trade } from '../trade.js';
import { documentsOf } from './documents.js';
import { familiesOf, Neighbours } from './neighbours.js';

/**
 * What is drawn on the debt that an invoice states: on the invoice itself, under whichever type it is recorded, and on
 * what lies beside it in another family, such as its declaration. A draw that names another invoice is on that one's debt,
 * and so is one on freight or goods.
 *
 * What the seller recorded itself changes nothing of an authority's invoice: it joins no other sale to it.
 */
export function drawsOnDebt(trade: Trade, invoice: string): readonly Draw[] {
  const own = trade.rows.find(({ fact }) => fact === invoice);
  if (own === undefined) return [];
  const isBelieved = trade.rows.some(({ link, self }) => link === own.link && !self);
  const rows = isBelieved
    ? trade.rows
        .filter((row) => !row.self || row.link === own.link)
        .map((row) => (row.self ? { ...row, cites: [] } : row))
    : trade.rows;
  const believed = { ...trade, rows };
  const documents = documentsOf(believed);
  const asked = documents.get(invoice);
  if (asked?.dimension !== 'price') return [];
  const neighbours = new Neighbours(believed, documents);
  const beside = familiesOf(documents.values(), 'price')
    .filter((family) => family !== asked.family)
    .flatMap((family) => {
      const carriers = neighbours.carriers(asked, family);
      if (carriers === undefined) return [];
      return [...carriers.documents, ...carriers.bills.flatMap((bill) => neighbours.onBill(bill))];
    });
  const owed = new Set([asked, ...beside]);
  return trade.draws.filter(({ fact, through }) => {
    const named = documents.get(through ?? fact);
    return named !== undefined && (through === undefined ? owed.has(named) : named === asked);
  });
}
