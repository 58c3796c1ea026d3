import { z } from 'zod';
import { rememberedRequest } from '../draws/records.js';
import { at, registry } from '../ledger/addresses.js';
import { recordKind, storedPerson } from '../ledger/records.js';
import { GovernedVersions } from '../ledger/versions.js';
import { correctionViewSchema, type CorrectionView, windowStates } from './api.js';

const windowShape = z.strictObject({
  number: z.number(),
  state: z.enum(windowStates),
  cutOff: z.string(),
  until: z.string(),
  banks: z.array(z.string()),
  proposedBy: z.string(),
  proposedAt: z.string(),
  openedBy: z.string().optional(),
  openedAt: z.string().optional(),
  closedBy: z.string().optional(),
  closedAt: z.string().optional(),
});
export type StoredWindow = z.infer<typeof windowShape>;

/** Every window that there was, in the order of their numbers: a bank is in one of them only. */
export const takeOnWindows = recordKind(
  'take-on windows',
  'TW',
  z.strictObject({ windows: z.array(windowShape) }),
);
export const windowsAt = at(registry, takeOnWindows);

/** A document that banks have lent on and no authority has recorded: by the currency of the loans, where their draws wait. */
export const awaitedDocument = recordKind(
  'awaited document',
  'AW',
  z.strictObject({ trades: z.array(z.strictObject({ currency: z.string(), underlying: z.string() })) }),
);
export const awaitedAt = (id: string) => at(registry, awaitedDocument, id);

const correctionShape = z.strictObject({
  ...correctionViewSchema.shape,
  by: storedPerson,
  decidedBy: storedPerson.optional(),
  requests: z.array(rememberedRequest),
});
export type Correction = z.infer<typeof correctionShape>;
/** One version of a correction, never overwritten. */
export const correction = recordKind('correction', 'TC', correctionShape);
export const correctionVersions = new GovernedVersions('correction', correction);

/** A correction without what only the ledger needs. */
export function correctionView({
  by: _by,
  decidedBy: _second,
  requests: _requests,
  ...view
}: Correction): CorrectionView {
  return view;
}
