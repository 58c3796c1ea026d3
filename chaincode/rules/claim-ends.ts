import type { LineRole } from '../catalogue.js';

/** What becomes of what a claim held: given back, used up for good, or held as before. */
export type BalanceEffect = 'restored' | 'consumed' | 'held';

/** What lets go of a claim's documents, in whole or in part, and what becomes of each kind of them. */
interface EndRow {
  /** What happens, as the page on the ledger names it. */
  readonly when: string;
  /** The state in which a claim is afterwards that owes nothing more, or has ended by it. */
  readonly state: string;
  readonly receivable: BalanceEffect;
  /** A buyer limit, which revolves. */
  readonly limit: BalanceEffect;
  /** Goods that secure the loan, once it has ended. */
  readonly goods: BalanceEffect;
  readonly why: string;
}

const table = {
  'never-disbursed': {
    when: 'withdrawn, rejected, expired, or a dispute upheld before the payout',
    state: 'withdrawn, rejected, expired',
    receivable: 'restored',
    limit: 'restored',
    goods: 'restored',
    why: 'Nothing was lent.',
  },
  proceeds: {
    when: 'repaid from the proceeds of a document',
    state: 'settled',
    receivable: 'consumed',
    limit: 'restored',
    goods: 'restored',
    why: 'The debtor has paid: that receivable does not exist any more.',
  },
  'own-funds': {
    when: 'repaid from own funds, until the day on which it was first due',
    state: 'settled',
    receivable: 'restored',
    limit: 'restored',
    goods: 'restored',
    why: 'The debtor still owes it, and it is not due.',
  },
  'own-funds-late': {
    when: 'repaid from own funds, later, whoever has extended it or taken it over',
    state: 'settled',
    receivable: 'consumed',
    limit: 'restored',
    goods: 'restored',
    why: 'The debtor should have paid: nobody lends on it again.',
  },
  recourse: {
    when: 'recourse: the exporter pays for a debtor who has not',
    state: 'settled',
    receivable: 'consumed',
    limit: 'consumed',
    goods: 'restored',
    why: 'The debtor is in default, and the insurer still stands for it.',
  },
  repurchased: {
    when: 'repurchased by the exporter, until the day on which it was first due',
    state: 'repurchased',
    receivable: 'restored',
    limit: 'restored',
    goods: 'restored',
    why: 'The receivable is the exporter’s again, and not due.',
  },
  'repurchased-late': {
    when: 'repurchased by the exporter, later',
    state: 'repurchased',
    receivable: 'consumed',
    limit: 'restored',
    goods: 'restored',
    why: 'The debtor should have paid: nobody lends on it again.',
  },
  indemnity: {
    when: 'repaid by an indemnity that the insurer has confirmed',
    state: 'settled',
    receivable: 'consumed',
    limit: 'consumed',
    goods: 'restored',
    why: 'What the insurer has paid, it does not cover a second time.',
  },
  'written-off': {
    when: 'written off',
    state: 'written-off',
    receivable: 'consumed',
    limit: 'consumed',
    goods: 'restored',
    why: 'The debtor has not paid. What is owed stays owed, and what still comes in is recorded.',
  },
  'assigned-to-collector': {
    when: 'assigned to a collector',
    state: 'assigned-to-collector',
    receivable: 'held',
    limit: 'held',
    goods: 'held',
    why: 'The debt goes on in other hands: nobody lends on it, and its security goes with it.',
  },
  'dispute-upheld': {
    when: 'dispute upheld after the payout',
    state: 'rejected',
    receivable: 'consumed',
    limit: 'restored',
    goods: 'restored',
    why: 'Money was lent on it. What is owed stays owed.',
  },
} as const satisfies Record<string, EndRow>;

/** Why a claim lets go of what it holds. */
export type ReleaseReason = keyof typeof table;

/** The one table of what an end, or a repayment, does to the balances of its documents; the docs are made of it. */
export const claimEnds: Readonly<Record<ReleaseReason, EndRow>> = table;
export const releaseReasons = Object.keys(table) as [ReleaseReason, ...ReleaseReason[]];

/** What a release does to a document, by the role in which it is drawn on. Declared shipments follow their receivables. */
export function balanceEffect(
  reason: ReleaseReason,
  { role, revolving }: { readonly role: LineRole; readonly revolving: boolean },
): BalanceEffect {
  const { receivable, limit, goods } = claimEnds[reason];
  if (role === 'collateral') return goods;
  return revolving ? limit : receivable;
}
