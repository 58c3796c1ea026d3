import type { GraphDocument } from './graph-document.js';

interface Placed {
  readonly document: GraphDocument;
  readonly x: number;
  readonly y: number;
}

/** Which side of the picture a document stands on: what customs and carriers state left, what is billed right. */
const left: ReadonlySet<string> = new Set([
  'customs-declaration',
  'bill-of-lading',
  'rail-waybill',
  'warehouse-receipt',
  'declared-shipment',
  'insurance-policy',
]);

/** Two columns, in the order in which the documents came, with a curve for each citation between two that are there. */
export function layOut(
  documents: readonly GraphDocument[],
  card: { readonly width: number; readonly height: number },
): {
  readonly placed: readonly Placed[];
  readonly links: readonly { readonly key: string; readonly path: string }[];
  readonly width: number;
  readonly height: number;
} {
  const gap = 24;
  const columns = [
    documents.filter(({ type }) => left.has(type)),
    documents.filter(({ type }) => !left.has(type)),
  ];
  const between = 110;
  const placed = columns.flatMap((column, side) =>
    column.map((document, row) => ({
      document,
      x: side * (card.width + between) + 2,
      y: row * (card.height + gap) + 2,
    })),
  );
  const find = (type: string, number: string) =>
    placed.find(({ document }) => document.type === type && document.number === number);
  const links = placed.flatMap((from) =>
    from.document.cites.flatMap((cited) => {
      const to = find(cited.type, cited.number);
      if (to === undefined) return [];
      return [{ key: `${from.document.number}>${cited.type}${cited.number}`, path: curve(from, to, card) }];
    }),
  );
  const rows = Math.max(1, ...columns.map((column) => column.length));
  return {
    placed,
    links,
    width: 2 * card.width + between + 4,
    height: rows * (card.height + gap) - gap + 4,
  };
}

function curve(from: Placed, to: Placed, card: { readonly width: number; readonly height: number }): string {
  const middle = card.height / 2;
  const [start, end] = from.x <= to.x ? [from, to] : [to, from];
  if (start.x === end.x) {
    const x = start.x + card.width;
    return `M${x} ${start.y + middle} C${x + 40} ${start.y + middle} ${x + 40} ${end.y + middle} ${x} ${end.y + middle}`;
  }
  const [x1, x2] = [start.x + card.width, end.x];
  const turn = (x1 + x2) / 2;
  return `M${x1} ${start.y + middle} C${turn} ${start.y + middle} ${turn} ${end.y + middle} ${x2} ${end.y + middle}`;
}
