import { z } from 'zod';
import { rememberedRequest } from '../draws/records.js';
import { recordKind, storedPerson } from '../ledger/records.js';
import { Versions } from '../ledger/versions.js';
import { reconciliationViewSchema, type ReconciliationView } from './api.js';

const reconciliationShape = z.strictObject({
  ...reconciliationViewSchema.omit({ recordedBy: true }).shape,
  by: storedPerson,
  requests: z.array(rememberedRequest),
});
export type Reconciliation = z.infer<typeof reconciliationShape>;

/** What a bank's comparison with the registry came to. It has one version: the next month has a record of its own. */
export const reconciliation = recordKind('reconciliation', 'RC', reconciliationShape);

export const reconciliationVersions = new Versions('reconciliation', reconciliation);

/** A reconciliation without what only the ledger needs. */
export function reconciliationView({ by, requests: _requests, ...view }: Reconciliation): ReconciliationView {
  return { ...view, recordedBy: by.id };
}
