import type { ClaimView } from '../api.js';
import type { LineRole } from '../catalogue.js';
import type { Claim } from './records.js';
import { instantText } from '../rules/dates.js';
import { formatMoney } from '../rules/money.js';
import { formatQuantity } from '../rules/quantities.js';

type Line = Claim['lines'][number];

/** A claim as its owner and the regulator see it. */
export function claimView(claim: Claim): ClaimView {
  return {
    id: claim.id,
    state: claim.state,
    seq: claim.seq,
    owner: claim.owner,
    applicationNumber: claim.applicationNumber,
    enterprise: claim.enterprise,
    product: claim.product,
    amount: formatMoney(claim.amount, claim.currency),
    outstanding: formatMoney(claim.outstanding, claim.currency),
    ...linesView(claim),
    dueDate: claim.dueDate,
    firstDueDate: claim.firstDueDate,
    pastDueReason: claim.pastDueReason,
    price: claim.price && priceView(claim.price, claim.currency),
    outlet: claim.outlet,
    expiresAt: claim.expiresAt === undefined ? undefined : instantText(claim.expiresAt),
    paidOutAt: claim.paidOutAt,
    takenOn: claim.takenOn && {
      ...claim.takenOn,
      unmatched: claim.lines.filter(({ awaited }) => awaited).length,
    },
    extensions: claim.extensions,
    repayments: claim.repayments.map((repayment) => repaymentView(repayment, claim.currency)),
    moves: claim.moves?.map(({ by: _by, amount, ...rest }) => ({
      ...rest,
      amount: formatMoney(amount, claim.currency),
    })),
    reversals: claim.reversals?.map(({ proposedBy: _proposer, confirmedBy: _second, ...rest }) => rest),
    ...(claim.releases && { releases: claim.releases.map(releaseView) }),
    collector: claim.collector,
    awaiting: claim.awaiting && awaitingView(claim.awaiting),
    returned: claim.returned && {
      step: claim.returned.step,
      reason: claim.returned.reason,
      at: claim.returned.at,
    },
    dispute: claim.dispute && disputeView(claim.dispute),
    debtorNotice: claim.debtorNotice,
    offeredTo: claim.offeredTo,
    ...sharesView(claim),
    transferredFrom: claim.transferredFrom,
    transferredTo: claim.transferredTo,
    reason: claim.reason,
    reference: claim.reference,
    createdAt: claim.createdAt,
    updatedAt: claim.updatedAt,
  };
}

/** What is drawn, by the role in which each document is. */
function linesView({ lines, currency }: Claim): Pick<ClaimView, 'lines' | 'cover' | 'collateral'> {
  const money = (minor: bigint) => formatMoney(minor, currency);
  const inRole = (role: LineRole) => lines.filter((line) => line.role === role);
  const amountLine = (line: Line) => ({
    document: line.document,
    fact: line.fact,
    amount: money(line.amount),
    outstanding: money(line.outstanding),
    drawn: formatMoney(line.drawn, line.currency),
    rate: line.rate,
    ...(line.awaited && { unmatched: line.awaited }),
  });
  const [cover, collateral] = [inRole('cover'), inRole('collateral')];
  return {
    lines: inRole('receivable').map(amountLine),
    ...(cover.length > 0 && { cover: cover.map(amountLine) }),
    ...(collateral.length > 0 && {
      collateral: collateral.map(({ document, fact, currency: unit, drawn, held, awaited }) => ({
        document,
        fact,
        quantity: formatQuantity(drawn, unit),
        pledged: formatQuantity(held, unit),
        ...(awaited && { unmatched: awaited }),
      })),
    }),
  };
}

/** What of a claim is, or may become, another bank's. */
function sharesView({
  offeredShare,
  shares,
  shareOf,
  currency,
}: Claim): Pick<ClaimView, 'offeredShare' | 'shares' | 'shareOf'> {
  return {
    ...(offeredShare !== undefined && { offeredShare: formatMoney(offeredShare, currency) }),
    ...(shares && { shares: shares.map((one) => ({ ...one, amount: formatMoney(one.amount, currency) })) }),
    ...(shareOf && { shareOf }),
  };
}

function priceView(
  { rate, fees, allIn }: NonNullable<Claim['price']>,
  currency: string,
): NonNullable<ClaimView['price']> {
  return { rate, ...(fees !== undefined && { fees: formatMoney(fees, currency) }), allIn };
}

type Repayment = Claim['repayments'][number];

function repaymentView(
  { amount, source, at, document, indemnity, surplus, reversed }: Repayment,
  currency: string,
): ClaimView['repayments'][number] {
  return {
    amount: formatMoney(amount, currency),
    source,
    at,
    document,
    indemnity,
    ...(surplus !== undefined && surplus > 0n && { surplus: formatMoney(surplus, currency) }),
    ...(reversed && { reversed: { reason: reversed.reason, at: reversed.at } }),
  };
}

function releaseView({ document, quantity, unit, at, reason }: NonNullable<Claim['releases']>[number]) {
  return { document, quantity: formatQuantity(quantity, unit), at, ...(reason !== undefined && { reason }) };
}

function disputeView({ openedBy, until, ...rest }: NonNullable<Claim['dispute']>) {
  return { ...rest, openedBy: openedBy.mspId, endsAt: instantText(until) };
}

function awaitingView({ step, command, proposedBy, proposedAt, until }: NonNullable<Claim['awaiting']>) {
  const { id: _id, idempotencyKey: _key, ...request } = command;
  return { step, request, proposedBy: proposedBy.id, proposedAt, endsAt: instantText(until) };
}
