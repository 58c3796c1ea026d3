import type { Input } from '../api.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import type { Objection } from './records.js';
import { clockToleranceMs } from '../clock.js';
import { factAt } from '../facts/records.js';
import type { Call } from '../ledger/call.js';
import { withoutLapsed } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { changeObjection } from './write.js';
import { storeWithAlerts } from '../underlyings/store.js';

type Outcome = Input<'decideObjection'>['outcome'];

const states: Readonly<Record<Outcome, Objection['state']>> = {
  hold: 'held',
  correct: 'correction-ordered',
  dismiss: 'dismissed',
};

/**
 * The regulator, who is no party, decides: it holds the trade, so that nobody draws on it anew until it has decided for good;
 * it orders a correction, which its parties make themselves by two people; or it dismisses the objection. The banks that hold
 * claims on the trade are told, and so are whoever objects and the authority that is to correct.
 */
export const decideObjection: Verb<'decideObjection'> = (call, command) =>
  changeObjection(call, 'decideObjection', command, async (one) => {
    const { outcome, reason } = command;
    await putOnHold(call, one, outcome === 'hold');
    const claims = await claimsOn(call, one);
    call.work.alert({ alert: 'objection-decided', claims, objections: [one.id] });
    return { state: states[outcome], decision: { outcome, reason, at: instantText(call.now) } };
  });

async function claimsOn({ work, now }: Call, { fact }: Objection): Promise<string[]> {
  const head = await work.read(factAt(fact));
  if (head === undefined) return [];
  const { draws } = withoutLapsed(await loadUnderlying(work, head.underlying), now, clockToleranceMs);
  return [...new Set(draws.filter(({ kind }) => kind === undefined).map(({ drawnBy }) => drawnBy))];
}

/** Holds the trade of an objection, so that nobody draws on it anew, or lets it go. What is drawn stays drawn. */
async function putOnHold({ work }: Call, { id, fact }: Objection, isHeld: boolean): Promise<void> {
  const head = await work.read(factAt(fact));
  if (head === undefined) throw new Error(`fact ${fact} is missing`);
  const trade = await loadUnderlying(work, head.underlying);
  const others = (trade.holds ?? []).filter((one) => one !== id);
  const holds = isHeld ? [...others, id] : others;
  if (holds.length === (trade.holds ?? []).length) return;
  await storeWithAlerts(work, { ...trade, holds: holds.length > 0 ? holds : undefined });
}
