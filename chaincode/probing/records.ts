import { z } from 'zod';
import { at, registry } from '../ledger/addresses.js';
import { recordKind } from '../ledger/records.js';

/** For the regulator: whose questions about documents have missed as often as an hour allows. */
export const probingReport = recordKind(
  'probing report',
  'PR',
  z.strictObject({
    mspId: z.string(),
    person: z.string(),
    enterprise: z.string().optional(),
    since: z.string(),
    unknown: z.number(),
    wrong: z.number(),
  }),
);

export const probingReportAt = (id: string) => at(registry, probingReport, id);
