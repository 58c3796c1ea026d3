import type { Verb } from '../ledger/verb.js';
import { canonicalParty } from '../rules/parties.js';
import { stateAfter } from './change.js';
import { withoutOffer } from './transfer.js';
import { type Apply, takeStep } from './take-step.js';

/**
 * The bank hands the debt to a collector. The claim goes on in other hands and draws as before, so that nobody lends on its
 * documents; what the collector brings in is recorded as a repayment.
 */
export const assignToCollector: Verb<'assignToCollector'> = (call, command) =>
  takeStep(call, 'assignToCollector', command, assign);

/** What the assignment changes of a claim: no balance. */
export const assign: Apply<'assignToCollector'> = (call, claim, { collector, reason }) => {
  const state = stateAfter(claim, 'assign-to-collector');
  const party = { ...collector, ...canonicalParty(collector, 'collector') };
  return Promise.resolve({ state, collector: party, reason, ...withoutOffer(call, claim) });
};
