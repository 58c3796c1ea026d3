import type { Claim } from '../../claims/records.js';
import type { Call } from '../../ledger/call.js';
import { formatMoney, parseMoney } from '../../rules/money.js';
import { loadIndemnity } from './load.js';
import { changeIndemnity } from './records.js';

/**
 * A repayment that quoted an indemnity was entered by mistake: what it took of it can be quoted again.
 *
 * @param minor what was repaid, in minor units of the claim's currency.
 */
export async function giveBackIndemnity(
  call: Call,
  id: string,
  minor: bigint,
  { currency }: Pick<Claim, 'currency'>,
): Promise<void> {
  const found = await loadIndemnity(call, id, 'repayment');
  const left = parseMoney(found.left, 'indemnity', 'allow-zero').minor + minor;
  changeIndemnity(call, found, { left: formatMoney(left, currency), state: 'confirmed' });
}
