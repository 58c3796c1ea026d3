import type { FactView, NearDuplicate } from '../api.js';
import type { Underlying } from '../underlyings/records.js';
import { stillWaits } from '../rules/awaiting.js';
import { instantText } from '../rules/dates.js';
import type { FactHead, FactStep, FactVersion, ToldStep } from './records.js';

/** A fact as its authority and the regulator see it. */
export function factView(
  { id, underlying }: Pick<FactHead, 'id' | 'underlying'>,
  version: FactVersion,
  trade: Pick<Underlying, 'overdrawn'>,
  nearDuplicates: NearDuplicate[],
): FactView {
  const { content, by: _by, proposedBy: _proposer, change: _change, self: _self, ...rest } = version;
  return { ...rest, ...content, nearDuplicates, underlying, overdrawn: trade.overdrawn.includes(id) };
}

/** A change of a document that waits for its second person, or was returned. */
export function stepView(step: FactStep | undefined, now: number): Pick<FactView, 'awaiting' | 'returned'> {
  if (step === undefined) return {};
  const { returned, command, proposedBy, proposedAt, until } = step;
  const { id: _id, ...request } = command;
  return {
    ...(isAwaiting(step, now) && {
      awaiting: {
        step: step.step,
        request,
        proposedBy: proposedBy.id,
        proposedAt,
        endsAt: instantText(until),
      },
    }),
    ...(returned && { returned: { reason: returned.reason, at: returned.at } }),
  };
}

/** Whether the step still waits: one that nobody has confirmed in time has lapsed. */
export function isAwaiting({ open, until }: FactStep, now: number): boolean {
  return open && stillWaits(until, now);
}

/** What the people of the authority need to know of a step. */
export function toldOf(step: FactStep): Omit<ToldStep, 'document'> {
  const { fact: id, seq, open, command, until, proposedBy } = step;
  return {
    id,
    seq,
    state: open ? 'waiting' : 'over',
    step: step.step,
    reason: String(command['reason']),
    by: proposedBy.id,
    until: instantText(until),
  };
}
