import { isOrderText } from '../links.js';
import type { BalanceRow, Trade } from '../trade.js';
import { type Evidence, used } from './documents.js';

/**
 * The orders from which the documents of a trade come. An order lies below them: what is drawn on a document of the price
 * has to be carried by the order that it cites too, beside what is drawn on the order itself; but the document carries
 * nothing of that, since the rest of the order may be delivered, and invoiced, later.
 */
export class Orders {
  readonly #byName = new Map<string, Evidence[]>();

  constructor(trade: Trade, documents: ReadonlyMap<string, Evidence>) {
    for (const document of new Set(documents.values())) {
      if (document.dimension !== 'order' || !isInForce(trade, document)) continue;
      for (const name of new Set(document.rows.flatMap((row) => row.names))) {
        const known = this.#byName.get(name);
        if (known === undefined) this.#byName.set(name, [document]);
        else known.push(document);
      }
    }
  }

  /**
   * The orders that a document says it is for. What an authority says of that counts, and not what the seller adds: an
   * order more would carry more.
   */
  of(document: Evidence): readonly Evidence[] {
    if (document.dimension !== 'price' || this.#byName.size === 0) return [];
    const believed = document.rows.filter(({ self }) => !self);
    const speaking = believed.some(citesOrder) ? believed : document.rows;
    const found = speaking.flatMap(({ cites }) => cites.flatMap((text) => this.#byName.get(text) ?? []));
    return [...new Set(found)];
  }
}

/** Whether a record states that it is for some order. */
function citesOrder({ cites }: BalanceRow): boolean {
  return cites.some(isOrderText);
}

/** An order that its buyer has not confirmed, or that was taken back unused, limits nothing. */
function isInForce(trade: Trade, { rows }: Evidence): boolean {
  return rows.some((row) => (!row.cancelled && (row.confirmed ?? 0n) > 0n) || used(trade, row) > 0n);
}
