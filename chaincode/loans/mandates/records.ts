import { z } from 'zod';
import { type Address, partyCollection } from '../../ledger/addresses.js';
import { publicState, type RecordKind } from '../../ledger/records.js';
import { mandateViewSchema, type MandateView } from '../api.js';

const mandateShape = z.strictObject({
  ...mandateViewSchema.shape,
  /** Digest of what was proposed. */
  request: z.string(),
});
export type Mandate = z.infer<typeof mandateShape>;
/** One version of a mandate, never overwritten. */
export const mandate: RecordKind<Mandate> = { name: 'mandate', shape: mandateShape, upgrades: [] };

export const mandateAt = (bank: string, id: string, seq: number): Address<Mandate> => ({
  collection: partyCollection(bank),
  key: `LM~${id}~${seq}`,
  kind: mandate,
});
export const publicMandateAt = (id: string) => ({
  collection: undefined,
  key: `mandate~${id}`,
  kind: publicState,
});

export function mandateView({ request: _request, ...view }: Mandate): MandateView {
  return view;
}
