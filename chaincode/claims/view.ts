import type { ClaimView } from '../api.js';
import type { Claim } from '../ledger/kinds.js';
import { instantText } from '../rules/dates.js';
import { formatMoney } from '../rules/money.js';

/** What is still to be repaid, minor units of the claim's currency. */
export function outstanding(claim: Claim): bigint {
  return claim.lines.reduce((sum, line) => sum + line.outstanding, 0n);
}

/** A claim as its owner and the regulator see it. */
export function claimView(claim: Claim): ClaimView {
  const money = (minor: bigint) => formatMoney(minor, claim.currency);
  return {
    id: claim.id,
    state: claim.state,
    seq: claim.seq,
    owner: claim.owner,
    applicationNumber: claim.applicationNumber,
    enterprise: claim.enterprise,
    product: claim.product,
    amount: money(claim.amount),
    outstanding: money(outstanding(claim)),
    lines: claim.lines.map((line) => ({
      document: line.document,
      fact: line.fact,
      amount: money(line.amount),
      outstanding: money(line.outstanding),
      drawn: formatMoney(line.drawn, line.currency),
      rate: line.rate,
    })),
    dueDate: claim.dueDate,
    expiresAt: claim.expiresAt === undefined ? undefined : instantText(claim.expiresAt),
    extensions: claim.extensions,
    repayments: claim.repayments.map(({ amount, source, at }) => ({ amount: money(amount), source, at })),
    debtorNotice: claim.debtorNotice,
    offeredTo: claim.offeredTo,
    transferredFrom: claim.transferredFrom,
    transferredTo: claim.transferredTo,
    reason: claim.reason,
    reference: claim.reference,
    createdAt: claim.createdAt,
    updatedAt: claim.updatedAt,
  };
}
