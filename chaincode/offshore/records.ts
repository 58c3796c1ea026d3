import { z } from 'zod';
import { copyOf } from '../ledger/addresses.js';
import { recordKind } from '../ledger/records.js';
import { PublicLine } from '../ledger/versions.js';
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
const offshoreQuestion = recordKind('offshore question', 'OC', questionShape);
/** A report, never overwritten. */
const offshoreCheck = recordKind('offshore check', 'OC', offshoreCheckShape);
/** Either, as it comes out of a block. */
export const offshoreEntry = recordKind('offshore check or question', 'OC', entryShape);

export const offshoreQuestionAt = (mspId: string, id: string) => copyOf(mspId, offshoreQuestion, id, 1);
export const offshoreCheckAt = (mspId: string, id: string) => copyOf(mspId, offshoreCheck, id, 2);
export const checkLine = new PublicLine('check');

/** A report, or a question, without what only the ledger needs. */
export function offshoreCheckView(check: OffshoreCheck): OffshoreCheckView;
export function offshoreCheckView(entry: z.infer<typeof entryShape>): OffshoreEntry;
export function offshoreCheckView({ request: _request, ...view }: z.infer<typeof entryShape>): OffshoreEntry {
  return view;
}
