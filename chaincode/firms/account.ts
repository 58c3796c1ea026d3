import type { PartyId } from '../api.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { accountOf, debtorAccountOf } from '../rules/accounts.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { idsOf } from './firm-of.js';

/**
 * The account at the portal of a firm that papers name by these ids: one of them, or one that the directory says is the
 * same firm's. Without it a bank could keep an enterprise in the dark by naming it after another register.
 */
export async function accountOfFirm(
  work: UnitOfWork,
  keys: Fingerprints,
  ids: readonly PartyId[],
): Promise<string | undefined> {
  const stated = accountOf(ids);
  if (stated !== undefined) return stated;
  const known = await Promise.all(ids.map((id) => idsOf(work, keys, id)));
  return accountOf(known.flat());
}

/** The same of a debtor, who may be a firm abroad: then the account is under its LEI, VAT or EORI number. */
export async function accountOfDebtor(
  work: UnitOfWork,
  keys: Fingerprints,
  ids: readonly PartyId[],
): Promise<string | undefined> {
  const account = await accountOfFirm(work, keys, ids);
  if (account !== undefined) return account;
  const known = await Promise.all(ids.map((id) => idsOf(work, keys, id)));
  return debtorAccountOf([...ids, ...known.flat()]);
}
