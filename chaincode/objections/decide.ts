import type { Input } from '../api.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import type { Objection } from './records.js';
import { clockToleranceMs } from '../clock.js';
import { factAt } from '../facts/records.js';
import type { Call } from '../ledger/call.js';
import { withoutLapsed } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { putOnHold } from './hold.js';
import { changeObjection } from './write.js';

type Outcome = Input<'decideObjection'>['outcome'];

const states: Readonly<Record<Outcome, Objection['state']>> = {
  hold: 'held',
  correct: 'correction-ordered',
  dismiss: 'dismissed',
};

/**
 * The regulator, who is no party, decides: it holds the trade, so that nobody draws on it anew until it has decided for good;
 * it orders a correction, which its parties make themselves by two people; or it dismisses the objection. The banks that hold
 * claims on the trade are told.
 */
export const decideObjection: Verb<'decideObjection'> = (call, command) =>
  changeObjection(call, 'decideObjection', command, async (one) => {
    const { outcome, reason } = command;
    await putOnHold(call, one, outcome === 'hold');
    const claims = await claimsOn(call, one);
    if (claims.length > 0) call.work.alert({ alert: 'objection-decided', claims });
    return { state: states[outcome], decision: { outcome, reason, at: instantText(call.now) } };
  });

async function claimsOn({ work, now }: Call, { fact }: Objection): Promise<string[]> {
  const head = await work.read(factAt(fact));
  if (head === undefined) return [];
  const { draws } = withoutLapsed(await loadUnderlying(work, head.underlying), now, clockToleranceMs);
  return [...new Set(draws.filter(({ kind }) => kind === undefined).map(({ claim }) => claim))];
}
