import type { FactType } from '../api.js';
import type { Instalment } from './instalments.js';

/** What one document of a trade states, and what has been used up for good. */
export interface BalanceRow {
  readonly fact: string;
  readonly type: FactType;
  /** Which document it is: family, seller and number, as a link text. Rows with the same one are one document. */
  readonly link: string;
  /** The link texts under which others cite it; without the numbering period where it has one. */
  readonly names: readonly string[];
  /** The link texts of what it cites, all of its own seller. */
  readonly cites: readonly string[];
  /** The link text of the document whose place it takes. */
  readonly replaces?: string | undefined;
  /** Recorded by its seller: it only ever makes the seller's own documents stricter. */
  readonly self?: true | undefined;
  /** Currency of the amount, or unit of the quantity. */
  readonly currency: string;
  /** What is payable by the document's latest version, minor units; thousandths of the unit of a quantity. */
  readonly ceiling: bigint;
  /** The same goods by weight, where the document states both: thousandths of a unit of mass. */
  readonly mass?: { readonly unit: string; readonly amount: bigint } | undefined;
  /** Repaid out of the proceeds: this part of the receivable no longer exists. */
  readonly consumed: bigint;
  /** The same of loans on goods alone: what they used up of the price beside the goods. */
  readonly consumedPrice?: readonly Priced[] | undefined;
  readonly cancelled: boolean;
  /** Of an order, what its buyer has confirmed: it counts for no more, and without it for nothing. */
  readonly confirmed?: bigint | undefined;
  /** When how much of it is to be paid, where it says so; by their days. */
  readonly instalments?: readonly Instalment[] | undefined;
  /** It cites another of its family, and states once more what that one states. */
  readonly restates?: true | undefined;
}

/** An amount of money beside a quantity of goods, minor units. */
export interface Priced {
  readonly currency: string;
  readonly amount: bigint;
}

/** Two documents of one seller that list the same goods and do not cite each other: what both state is stated once. */
type Twins = readonly [fact: string, other: string];

/** A credit note: it lowers every invoice with its link, also one that is recorded later. */
export interface Credit {
  readonly fact: string;
  readonly link: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly cancelled: boolean;
  readonly self?: true | undefined;
}

/** What a live claim or a payment holds of one document. */
export interface Draw {
  /** The id of the claim or payment. */
  readonly drawnBy: string;
  /** Absent: a claim. A mark is a payment that a document backs without stating what it is worth. */
  readonly kind?: 'payment' | 'mark' | undefined;
  readonly owner: string;
  readonly fact: string;
  /** The self-recorded document that was named; it is drawn on this authority's document beside it. */
  readonly through?: string | undefined;
  /** Minor units of the document's currency. */
  readonly amount: bigint;
  /** Of a loan on goods alone: what it uses of the price beside the goods. */
  readonly priced?: Priced | undefined;
  /** Of a mark: the link text of the invoice that the payment is held against. */
  readonly against?: string | undefined;
  /** When the loan falls due, where the document is paid in instalments; a loan that is put off keeps its first day. */
  readonly due?: string | undefined;
  /** Milliseconds since 1970 when a reservation lapses; absent once accepted. */
  readonly until?: number | undefined;
}

/** One trade: the documents of a seller that belong together, and everything drawn on them. */
export interface Trade {
  readonly rows: readonly BalanceRow[];
  readonly credits: readonly Credit[];
  readonly draws: readonly Draw[];
  readonly twins?: readonly Twins[] | undefined;
  /** Objections on account of which the regulator lets nobody draw anew. */
  readonly holds?: readonly string[] | undefined;
}
