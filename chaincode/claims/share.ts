import { limits } from '../api.js';
import { changeDraws } from '../draws/draws.js';
import { priceForTaker } from './price.js';
import { pricedPart } from '../draws/priced-part.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import type { Draw, Trade } from '../rules/balances.js';
import { instantText } from '../rules/dates.js';
import type { MinorMoney } from '../rules/money.js';
import { type SplitLine, splitLines } from '../rules/shares.js';
import { isDrawOf } from '../rules/trades.js';
import type { Claim } from './records.js';

type Line = Claim['lines'][number];
type Split = readonly SplitLine<Line>[];

/** A claim in two: what the bank that sells keeps, and what the other bank takes. */
export interface Shared {
  readonly split: Split;
  /** What changes of the claim of which the share is sold. */
  readonly kept: Pick<Claim, 'amount' | 'outstanding' | 'lines'>;
  /** What the claim of the other bank begins with: of the other's borrower, documents and times, and nothing of its books. */
  readonly sold: Omit<
    Claim,
    | 'id'
    | 'seq'
    | 'owner'
    | 'applicationNumber'
    | 'reservedBy'
    | 'by'
    | 'requests'
    | 'createdAt'
    | 'updatedAt'
  >;
}

/**
 * Splits a claim for a bank that takes a share of what is outstanding. What was repaid before was the selling bank's; the
 * other one's claim begins with nothing repaid.
 *
 * @throws LedgerError CURRENCY_MIXED or SHARE_INVALID.
 */
export function shared(claim: Claim, { minor: share, currency }: MinorMoney, field = 'share'): Shared {
  if (currency !== claim.currency) throw new LedgerError('CURRENCY_MIXED', { field: `${field}.currency` });
  const split = splitLines(claim, share, pricedPart(claim)?.amount);
  if (split === undefined) throw new LedgerError('SHARE_INVALID', { field: `${field}.amount` });
  const { enterprise, account, product, dueDate, firstDueDate, pastDueReason, price, takenOn } = claim;
  return {
    split,
    kept: {
      amount: claim.amount - share,
      outstanding: claim.outstanding - share,
      lines: split.map(({ kept }) => kept),
    },
    sold: {
      state: claim.state === 'overdue' ? 'overdue' : 'disbursed',
      ...{ enterprise, account, product, currency, amount: share, outstanding: share },
      lines: split.flatMap(({ sold }) => (sold === undefined ? [] : [{ ...sold, consumed: undefined }])),
      ...{ dueDate, firstDueDate, pastDueReason },
      price: priceForTaker(price),
      paidOutAt: claim.paidOutAt,
      takenOn: takenOn && { ...takenOn, printed: printedOf(takenOn.printed, split) },
      extensions: claim.extensions,
      repayments: [],
      // The debtor has one letter, and pays the bank that it names until another one has written.
      debtorNotice: claim.debtorNotice,
      debtors: claim.debtors,
      shareOf: { claim: claim.id, bank: claim.owner },
      registeredAt: claim.registeredAt ?? claim.createdAt,
    },
  };
}

/** What a bank reads to which a share is on offer: what it would hold, and nothing of the rest of the loan. */
export function shareTerms(claim: Claim, share: MinorMoney): Claim {
  const { id, seq, owner, offeredTo, offeredShare, reservedBy, by, createdAt, updatedAt } = claim;
  return {
    ...shared(claim, share).sold,
    ...{ id, seq, owner, offeredTo, offeredShare, reservedBy, by, createdAt, updatedAt },
    applicationNumber: '',
    requests: [],
  };
}

/**
 * Moves a share of what a claim holds to another one, document by document: nothing is released in between.
 *
 * @throws LedgerError TOO_MANY_DRAWS.
 */
export async function moveShare(
  call: Call,
  claim: Claim,
  { split }: Shared,
  taker: Pick<Draw, 'drawnBy' | 'owner'>,
): Promise<void> {
  const going = split.filter(({ sold }) => sold !== undefined && sold.held > 0n);
  const lines = going.map(({ kept }) => kept);
  await changeDraws(call, lines, (trade, line) => {
    const most = going.some(({ kept }) => kept === line && kept.awaited)
      ? limits.drawsPerAwaited
      : limits.drawsPerUnderlying;
    if (trade.draws.length >= most) throw new LedgerError('TOO_MANY_DRAWS', { field: 'id' });
    const sold = going.find(({ kept }) => kept === line)?.sold;
    return sold === undefined ? trade : inTwo(trade, claim, sold, taker);
  });
}

function inTwo(trade: Trade, claim: Claim, sold: Line, taker: Pick<Draw, 'drawnBy' | 'owner'>): Trade {
  return {
    ...trade,
    draws: trade.draws.flatMap((draw) => {
      if (!isDrawOf(draw, claim.id, sold)) return [draw];
      const { priced } = draw;
      const price = priced && { ...priced, amount: sold.priced ?? 0n };
      return [
        {
          ...draw,
          amount: draw.amount - sold.held,
          ...(priced && price && { priced: { ...priced, amount: priced.amount - price.amount } }),
        },
        { ...draw, ...taker, amount: sold.held, ...(price && { priced: price }) },
      ];
    }),
  };
}

/** The claim of the selling bank says which shares it has sold, and to whom. */
export function withShare(
  { now }: Call,
  claim: Claim,
  taker: Pick<Claim, 'id' | 'owner' | 'amount'>,
): NonNullable<Claim['shares']> {
  const sold = { claim: taker.id, bank: taker.owner, amount: taker.amount, at: instantText(now) };
  return [...(claim.shares ?? []), sold];
}

/** Of a loan that was taken on: what the book prints of the documents that go. */
function printedOf(printed: NonNullable<Claim['takenOn']>['printed'], split: Split) {
  return { ...printed, documents: printed.documents.filter((_one, place) => split[place]?.sold) };
}
