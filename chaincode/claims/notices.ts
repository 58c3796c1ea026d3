import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { type PortalPlace, portalOf } from '../rules/accounts.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { isOver } from '../rules/claim-states.js';
import { digest } from '../rules/fingerprints.js';
import { type Claim, type DebtorNotice, debtorNoticeAt, type ToldDebtor } from './records.js';

type Places = readonly PortalPlace[];

/** Of a claim's debtors those whose account one portal serves; each keeps its place among all. */
export function debtorsAt(
  portal: string,
  debtors: readonly ToldDebtor[],
  places: Places,
): readonly ToldDebtor[] {
  const served = debtors.flatMap((debtor, place) =>
    portalOf(debtor.account, places) === portal ? [{ ...debtor, place }] : [],
  );
  return served.length === debtors.length ? debtors : served;
}

/**
 * Tells the debtors whose portal holds no copy of the claim what the bank's notice says: when it is recorded, when it is
 * taken back, and when the bank's claim on them ends or comes to life again. No other step of the claim reaches them.
 *
 * @param holders the portals that hold a copy of the claim and tell their debtors from it.
 * @returns the claim, which remembers what was said where.
 */
export function withDebtorsTold(work: UnitOfWork, claim: Claim, holders: readonly string[]): Claim {
  const { id, seq, state, debtorNotice: notice, debtors = [], noticesAt: before = [] } = claim;
  if (debtors.length === 0 && before.length === 0) return claim;
  const portals = new Set(debtors.map(({ account }) => portalOf(account, work.places)));
  const told = [...portals].filter((portal) => !holders.includes(portal));
  const gone = before.filter(({ portal }) => !portals.has(portal) && !holders.includes(portal));
  const tell = (portal: string, says: Pick<DebtorNotice, 'state' | 'notice' | 'debtors'>) => {
    const known = before.find((one) => one.portal === portal);
    const now = digest(canonicalJson(says));
    if (known?.says !== now) work.write(debtorNoticeAt(portal, id, seq), { claim: id, seq, ...says });
    return { portal, says: now };
  };
  const noticesAt = told.map((portal) =>
    tell(portal, {
      state: isOver(state) ? 'over' : 'pay-the-bank',
      notice,
      debtors: [...debtorsAt(portal, debtors, work.places)],
    }),
  );
  for (const { portal } of gone) tell(portal, { state: 'over', debtors: [] });
  return { ...claim, noticesAt: noticesAt.length > 0 ? noticesAt : undefined };
}
