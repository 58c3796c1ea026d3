import fc from 'fast-check';
import { linkText } from '../rules/document-keys.js';
import type { BalanceRow, Trade } from '../rules/trade.js';

/** A document of a trade in a few words. */
interface SketchedDocument {
  readonly id: string;
  readonly family: 'invoice' | 'declaration';
  readonly seller: string;
  readonly by: 'authority' | 'self';
  readonly states: number;
  /** Ids, or `family:number` of a document that is not recorded. */
  readonly cites: readonly string[];
  readonly bill?: readonly string[] | undefined;
}

/** A trade in a few words. */
export interface Sketch {
  readonly documents: readonly SketchedDocument[];
  readonly draws: readonly {
    readonly on: string;
    readonly amount: number;
    readonly paid?: boolean | undefined;
  }[];
}

/** The trade as the ledger would hold it, in one currency. */
export function sketched({ documents, draws }: Sketch): Trade {
  const byId = new Map(documents.map((document) => [document.id, document]));
  const paid = (id: string) =>
    draws.reduce((sum, one) => (one.on === id && one.paid === true ? sum + BigInt(one.amount) : sum), 0n);
  const rows = documents.map((document): BalanceRow => {
    const { id, family, seller, by, states, cites, bill = [] } = document;
    const text = (of: string, number: string) => linkText(of, { scheme: 'LEGAL', id: seller }, number);
    const cited = cites.map((one) => {
      const [named, number] = one.split(':');
      return number === undefined
        ? text(byId.get(one)?.family ?? family, one)
        : text(named ?? family, number);
    });
    return {
      fact: id,
      type:
        family === 'declaration'
          ? 'customs-declaration'
          : by === 'self'
            ? 'commercial-invoice'
            : 'tax-invoice',
      link: text(family, id),
      names: [text(family, id)],
      cites: [...cited, ...bill.map((one) => text('bill-of-lading', one))],
      ...(by === 'self' && { self: true as const }),
      currency: 'USD',
      ceiling: BigInt(states),
      consumed: paid(id),
      cancelled: false,
    };
  });
  return {
    rows,
    credits: [],
    draws: draws
      .filter((one) => one.paid !== true)
      .map(({ on, amount }, index) => ({
        drawnBy: `claim-${index}`,
        owner: 'BankAMSP',
        fact: on,
        amount: BigInt(amount),
      })),
  };
}

/** Small trades of every shape: few documents, so that all subsets can be looked at. */
export function randomTrade({ seller = 'ex' } = {}): fc.Arbitrary<Sketch> {
  const document = fc.record({
    family: fc.constantFrom('invoice' as const, 'declaration' as const),
    by: fc.constantFrom('authority' as const, 'authority' as const, 'self' as const),
    states: fc.integer({ min: 0, max: 40 }),
    cites: fc.array(fc.nat(6), { maxLength: 3 }),
    bill: fc.array(fc.constantFrom('h1', 'h2'), { maxLength: 1 }),
  });
  return fc
    .record({
      documents: fc.array(document, { minLength: 1, maxLength: 6 }),
      draws: fc.array(
        fc.record({ on: fc.nat(6), amount: fc.integer({ min: 1, max: 30 }), paid: fc.boolean() }),
        { maxLength: 4 },
      ),
    })
    .map(({ documents, draws }) => {
      const id = (index: number) => `${seller}-${index % documents.length}`;
      return {
        documents: documents.map(({ family, by, ...rest }, index) => ({
          ...rest,
          id: id(index),
          family,
          seller,
          // Customs records declarations, and nobody else does.
          by: family === 'declaration' ? ('authority' as const) : by,
          // What a paper says it cites does not depend on whether that has been recorded.
          cites: [...new Set(rest.cites.map((one) => one % documents.length))]
            .filter((one) => one !== index)
            .map((one) => `${documents[one]?.family ?? family}:${id(one)}`),
        })),
        draws: draws.map(({ on, ...rest }) => ({ ...rest, on: id(on) })),
      };
    });
}

/** A trade of so many declarations and as many invoices, each 100, with 10 drawn on each. */
export function wholeTrade(shape: 'cited' | 'bill', size: number): Trade {
  const ids = Array.from({ length: size }, (_, index) => index);
  const bill = shape === 'bill' ? ['h'] : [];
  const document = { seller: 'ex', by: 'authority', states: 100, bill } as const;
  return sketched({
    documents: [
      ...ids.map((index) => ({ ...document, id: `I${index}`, family: 'invoice' as const, cites: [] })),
      ...ids.map((index) => ({
        ...document,
        id: `D${index}`,
        family: 'declaration' as const,
        cites: shape === 'bill' ? [] : [0, 1, 2].map((step) => `I${(index + step) % size}`),
      })),
    ],
    draws: ids.flatMap((index) => [
      { on: `I${index}`, amount: 10 },
      { on: `D${index}`, amount: 10 },
    ]),
  });
}
