import type { PartyId } from '../api.js';
import type { DrawnLine } from '../draws/records.js';
import { factAt } from '../facts/records.js';
import { accountOfFirm } from '../firms/account.js';
import type { Call } from '../ledger/call.js';
import { accountOf } from '../rules/accounts.js';
import type { Fingerprints } from '../rules/fingerprints.js';

/** Where the exporter reads of a claim: whoever the application names it by, its documents may state another of its ids. */
export async function accountOfHolder(
  { work }: Pick<Call, 'work'>,
  keys: Fingerprints,
  enterprise: PartyId,
  lines: readonly Pick<DrawnLine, 'fact'>[],
): Promise<string | undefined> {
  const stated = accountOf([enterprise]);
  if (stated !== undefined) return stated;
  const heads = await Promise.all(lines.map(({ fact }) => work.read(factAt(fact))));
  const holders = heads.flatMap((head) => (head ? [head.holder, ...(head.holderIds ?? [])] : []));
  return accountOfFirm(work, keys, [enterprise, ...holders]);
}
