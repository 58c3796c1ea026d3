import { z } from 'zod';
import { type Address, partyCollection } from '../ledger/addresses.js';
import { publicState, type RecordKind } from '../ledger/records.js';
import { type OffshoreCheckView, offshoreCheckViewSchema } from './api.js';

const offshoreCheckShape = z.strictObject({
  ...offshoreCheckViewSchema.shape,
  /** Digest of what was asked, to recognise the request when it comes again. */
  request: z.string(),
});
export type OffshoreCheck = z.infer<typeof offshoreCheckShape>;

/** A report, never overwritten. */
export const offshoreCheck: RecordKind<OffshoreCheck> = {
  name: 'offshore check',
  shape: offshoreCheckShape,
  upgrades: [],
};

export const offshoreCheckAt = (mspId: string, id: string): Address<OffshoreCheck> => ({
  collection: partyCollection(mspId),
  key: `OC~${id}~1`,
  kind: offshoreCheck,
});
export const publicCheckAt = (id: string) => ({
  collection: undefined,
  key: `check~${id}`,
  kind: publicState,
});

/** A report without what only the ledger needs. */
export function offshoreCheckView({ request: _request, ...view }: OffshoreCheck): OffshoreCheckView {
  return view;
}
