import type { Input } from '../api.js';
import { changeDraws } from '../draws/draws.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import { parseQuantity } from '../rules/quantities.js';
import { lowerDraw } from '../rules/trades.js';
import { stateAfter } from './change.js';
import { linesNamed } from './paid-lines.js';
import type { Claim } from './records.js';
import { type Apply, takeStep } from './take-step.js';

/** Goods that a bank lets go of before its loan is settled. */
type Release = Pick<Input<'releaseGoods'>, 'document' | 'quantity'>;

/** The bank lets a part of the goods of a loan go, on its own word: others can draw on them at once. */
export const releaseGoods: Verb<'releaseGoods'> = (call, command) =>
  takeStep(call, 'releaseGoods', command, release);

/** What a release changes of a claim. */
export const release: Apply<'releaseGoods'> = (call, claim, { document, quantity, reason }) =>
  withGoodsReleased(call, claim, { document, quantity }, reason);

/**
 * Lets a part of the goods in one line go. The line stands for the rest from then on, as if no more had been pledged:
 * whatever is taken back later, goods that have left are not pledged again.
 *
 * @param reason why; without it with the repayment that is being recorded.
 * @returns the changes, for the next version of the claim.
 * @throws LedgerError INVALID_STATE, DOCUMENT_NOT_CLAIMED, UNIT_MISMATCH or EXCEEDS_PLEDGED; then nothing has changed.
 */
export async function withGoodsReleased(
  call: Call,
  claim: Claim,
  { document, quantity }: Release,
  reason?: string,
  field = '',
): Promise<Partial<Claim>> {
  const state = stateAfter(claim, 'release-goods');
  const { minor, unit } = parseQuantity(quantity, `${field}quantity`);
  const goods = claim.lines.filter(({ role }) => role === 'collateral');
  const [line] = await linesNamed(call, claim, document, goods, `${field}document`);
  if (line === undefined) throw new LedgerError('DOCUMENT_NOT_CLAIMED', { field: `${field}document` });
  if (unit !== line.currency) throw new LedgerError('UNIT_MISMATCH', { field: `${field}quantity.unit` });
  if (minor >= line.held) throw new LedgerError('EXCEEDS_PLEDGED', { field: `${field}quantity.amount` });
  const left = line.held - minor;
  await changeDraws(call, [line], (trade) => lowerDraw(trade, claim.id, line, left, 'restored'));
  const rest = { amount: left, outstanding: left, drawn: left, held: left };
  const by = { mspId: call.caller.mspId, id: call.caller.person };
  const released = { document: line.document, quantity: minor, unit, at: instantText(call.now), by };
  return {
    state,
    lines: claim.lines.map((one) => (one === line ? { ...one, ...rest } : one)),
    releases: [...(claim.releases ?? []), { ...released, ...(reason !== undefined && { reason }) }],
  };
}
