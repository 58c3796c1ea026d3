import { eachItem } from '../ledger/batch.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { digest } from '../rules/fingerprints.js';
import { pastFact } from './past.js';
import { isPast } from './api.js';
import { recordFact, type WithRecorded } from './record-one.js';

/** Records documents by their authority, each with its own verdict. */
export function recordingFacts(recorded: WithRecorded): Verb<'recordFacts'> {
  return async (call, { facts, idempotencyKey }) => {
    const keys = await fingerprints(call.work);
    const request =
      idempotencyKey === undefined ? undefined : digest(`${call.caller.mspId}\n${idempotencyKey}`);
    return {
      items: await eachItem(call, facts, async (call, raw, index) => ({
        index,
        status: 'recorded' as const,
        fact: isPast(raw)
          ? await pastFact(call, keys, raw, recorded)
          : await recordFact(call, keys, raw, request, recorded),
      })),
    };
  };
}
