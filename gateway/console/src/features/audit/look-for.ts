import type { paths, Schemas } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';

type Payment = paths['/payments']['get']['responses'][200]['content']['application/json']['items'][number];

export interface Found {
  readonly documents: readonly Schemas['Fact'][];
  readonly claims: readonly Schemas['Claim'][];
  readonly payments: readonly Payment[];
}

/** Of each sort as many are shown; a list with its filters shows them all. */
const limit = 20;

/** Every record that a number, a reference or a registered id names, in any spelling; each once. */
export async function lookFor(text: string): Promise<Found> {
  const claims = (query: object) => content(api.GET('/claims', { params: { query: { ...query, limit } } }));
  const payments = (query: object) =>
    content(api.GET('/payments', { params: { query: { ...query, limit } } }));
  // A registered id is written without blanks, in capitals.
  const id = text.replaceAll(/\s/g, '').toUpperCase();
  const [documents, inClaims, inPayments] = await Promise.all([
    content(api.GET('/facts', { params: { query: { number: text, limit } } })),
    Promise.all([
      claims({ applicationNumber: text }),
      claims({ reference: text }),
      claims({ document: text }),
      claims({ enterprise: id }),
    ]),
    Promise.all([payments({ reference: text }), payments({ document: text }), payments({ payer: id })]),
  ]);
  return {
    documents: documents.items,
    claims: once(inClaims.flatMap(({ items }) => items)),
    payments: once(inPayments.flatMap(({ items }) => items)),
  };
}

function once<T extends { readonly id: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}
