import { z } from 'zod';
import { type Address, partyCollection } from '../ledger/addresses.js';
import { publicState, type RecordKind } from '../ledger/records.js';
import {
  type OffshoreCheckView,
  offshoreCheckViewSchema,
  type OffshoreEntry,
  offshoreQuestionSchema,
} from './api.js';

/** Digest of what was asked, to recognise the request when it comes again. */
const request = { request: z.string() };
const questionShape = z.strictObject({ ...offshoreQuestionSchema.shape, ...request });
const offshoreCheckShape = z.strictObject({ ...offshoreCheckViewSchema.shape, ...request });
const entryShape = z.union([offshoreCheckShape, questionShape]);
export type OffshoreCheck = z.infer<typeof offshoreCheckShape>;

/** What is asked. */
const offshoreQuestion: RecordKind<z.infer<typeof questionShape>> = {
  name: 'offshore question',
  shape: questionShape,
  upgrades: [],
};
/** A report, never overwritten. */
const offshoreCheck: RecordKind<OffshoreCheck> = {
  name: 'offshore check',
  shape: offshoreCheckShape,
  upgrades: [],
};
/** Either, as it comes out of a block. */
export const offshoreEntry: RecordKind<z.infer<typeof entryShape>> = {
  name: 'offshore check or question',
  shape: entryShape,
  upgrades: [],
};

export const offshoreQuestionAt = (mspId: string, id: string): Address<z.infer<typeof questionShape>> => ({
  collection: partyCollection(mspId),
  key: `OC~${id}~1`,
  kind: offshoreQuestion,
});
export const offshoreCheckAt = (mspId: string, id: string): Address<OffshoreCheck> => ({
  collection: partyCollection(mspId),
  key: `OC~${id}~2`,
  kind: offshoreCheck,
});
export const publicCheckAt = (id: string) => ({
  collection: undefined,
  key: `check~${id}`,
  kind: publicState,
});

/** A report, or a question, without what only the ledger needs. */
export function offshoreCheckView(check: OffshoreCheck): OffshoreCheckView;
export function offshoreCheckView(entry: z.infer<typeof entryShape>): OffshoreEntry;
export function offshoreCheckView({ request: _request, ...view }: z.infer<typeof entryShape>): OffshoreEntry {
  return view;
}
