import { releaseDraws } from '../draws/draws.js';
import type { Verb } from '../ledger/verb.js';
import { stateAfter } from './change.js';
import { withoutOffer } from './transfer.js';
import { type Apply, takeStep } from './take-step.js';

/**
 * The bank gives up a loan as lost. Its receivables carry nothing for anybody any more, its goods are free, what is owed
 * stays owed, and what still comes in is recorded.
 */
export const writeOffClaim: Verb<'writeOffClaim'> = (call, command) =>
  takeStep(call, 'writeOffClaim', command, writeOff);

/** What a write-off changes of a claim. */
export const writeOff: Apply<'writeOffClaim'> = async (call, claim, { reason }) => {
  const state = stateAfter(claim, 'write-off');
  const { lines } = await releaseDraws(call, claim, 'written-off');
  const owed = lines.map((line, place) => ({ ...line, outstanding: claim.lines[place]?.outstanding ?? 0n }));
  return { state, lines: owed, reason, ...withoutOffer(call, claim) };
};
