import { fingerprints } from '../ledger/key-ring.js';
import { findFirst } from '../ledger/find-first.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import { probingReportAt } from './records.js';

/** Until the hour, as an instant is written. */
const toTheHour = 'YYYY-MM-DDTHH'.length;

/**
 * A gateway tells the regulator, and nobody else, who of its people guesses at documents. One person is reported once an
 * hour; again in that hour it changes nothing. What is guessed at is not told: the gateway's own log has it.
 *
 * A gateway speaks of its own people, so this binds who uses one. Who asks the nodes past every gateway is in the nodes' logs.
 */
export const reportProbing: Verb<'reportProbing'> = async ({ work, caller: { mspId }, now }, input) => {
  const keys = await fingerprints(work);
  const { person, enterprise = '' } = input;
  const text = [mspId, enterprise, person, instantText(now).slice(0, toTheHour)].join('\n');
  const { id, record } = await findFirst(work, keys.candidates('probing', text), probingReportAt);
  if (record === undefined) work.write(probingReportAt(id), { mspId, ...input });
  return { id };
};
