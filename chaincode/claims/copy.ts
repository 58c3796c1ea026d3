import type { Claim, ToldDebtor } from './records.js';

/**
 * A claim as its exporter's portal holds it: what is drawn, owed, repaid and disputed, and not who of the bank did it, nor
 * what the bank only considers: a step that waits, or an offer to another bank.
 *
 * @param debtors those whose account the same portal serves.
 */
export function copyForExporter(claim: Claim, debtors: readonly ToldDebtor[] = []): Claim {
  const {
    awaiting: _awaiting,
    returned: _returned,
    offeredTo: _offeredTo,
    offeredShare: _offeredShare,
    noticesAt: _noticesAt,
    dispute,
    ...told
  } = claim;
  return {
    ...told,
    reservedBy: nameless(claim.reservedBy),
    by: nameless(claim.by),
    requests: [],
    debtors: debtors.length > 0 ? [...debtors] : undefined,
    repayments: claim.repayments.map((repayment) => ({
      ...repayment,
      by: nameless(repayment.by),
      ...(repayment.reversed && { reversed: unsigned(repayment.reversed) }),
    })),
    ...(claim.moves && { moves: claim.moves.map((one) => ({ ...one, by: nameless(one.by) })) }),
    ...(claim.releases && {
      releases: claim.releases.map((one) => ({ ...one, by: nameless(one.by) })),
    }),
    ...(claim.reversals && { reversals: claim.reversals.map(unsigned) }),
    ...(dispute && { dispute: { ...dispute, openedBy: nameless(dispute.openedBy) } }),
  };
}

type Person = Claim['by'];

function nameless({ mspId }: Person): Person {
  return { mspId, id: '' };
}

function unsigned<T extends { readonly proposedBy: Person; readonly confirmedBy: Person }>(one: T): T {
  return { ...one, proposedBy: nameless(one.proposedBy), confirmedBy: nameless(one.confirmedBy) };
}
