/** A document as a person would sketch it: what it states, what is drawn on it, and what it cites. */
export interface CarriedDocument {
  readonly id: string;
  readonly kind: 'order' | 'invoice' | 'declaration';
  readonly states: number;
  readonly drawn: number;
  readonly cites: readonly string[];
}

/**
 * How much of what is drawn on a trade is not carried, worked out slowly and in another way than the ledger does: in a
 * network with few vertices every cut can be looked at, and no more flows than through the smallest. Written from the words
 * of the rule, for documents of authorities and confirmed orders of one seller in one currency.
 *
 * @returns the most that is not carried in one family.
 */
export function notCarried(documents: readonly CarriedDocument[]): number {
  const orders = documents.filter(({ kind }) => kind === 'order');
  const alone = orders.map(({ drawn, states }) => drawn - states);
  const families = (['invoice', 'declaration'] as const).map((family) => excessIn(documents, family));
  return Math.max(0, ...alone, ...families);
}

function excessIn(documents: readonly CarriedDocument[], family: 'invoice' | 'declaration'): number {
  const edges: [from: string, to: string, most: number][] = [];
  let demand = 0;
  const inFamily = documents.filter(({ kind }) => kind === family);
  const ordersOf = ({ cites }: CarriedDocument) =>
    documents.filter(
      ({ id, kind, states, drawn }) => kind === 'order' && cites.includes(id) && (states > 0 || drawn > 0),
    );
  for (const document of inFamily) {
    const below = ordersOf(document);
    edges.push([`in ${document.id}`, below.length > 0 ? `out ${document.id}` : 'sink', document.states]);
    for (const order of below) edges.push([`out ${document.id}`, `in ${order.id}`, Infinity]);
  }
  const reached = new Set(inFamily.flatMap(ordersOf));
  for (const order of reached) edges.push([`in ${order.id}`, 'sink', order.states]);
  for (const document of documents) {
    const carriers =
      document.kind === family
        ? [document]
        : document.kind === 'order'
          ? [document].filter((one) => reached.has(one))
          : inFamily.filter(({ id, cites }) => document.cites.includes(id) || cites.includes(document.id));
    if (carriers.length === 0 || document.drawn === 0) continue;
    demand += document.drawn;
    edges.push(['source', `of ${document.id}`, document.drawn]);
    for (const carrier of carriers) edges.push([`of ${document.id}`, `in ${carrier.id}`, Infinity]);
  }
  return demand - smallestCut(edges);
}

function smallestCut(edges: readonly (readonly [from: string, to: string, most: number])[]): number {
  const inner = [...new Set(edges.flatMap(([from, to]) => [from, to]))].filter(
    (vertex) => vertex !== 'source' && vertex !== 'sink',
  );
  let smallest = Infinity;
  for (let some = 0; some < 2 ** inner.length; some++) {
    const near = new Set(['source', ...inner.filter((_, place) => (some >> place) % 2 === 1)]);
    const cut = edges.reduce(
      (sum, [from, to, most]) => (near.has(from) && !near.has(to) ? sum + most : sum),
      0,
    );
    smallest = Math.min(smallest, cut);
  }
  return smallest;
}
