import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Request } from 'express';
import type { Input } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { readCsvRows } from '../documents/csv-rows.js';
import { readXlsxRows, xlsxType } from '../documents/xlsx-rows.js';
import { OutcomeUnknownError } from '../ledger/errors.js';
import type { LoweredDocument } from '../reconciliations/compare.js';
import { type BookNotes, itemLines, type PlacedLine, tableLines } from '../reconciliations/read-book.js';
import { ProjectionBehindError } from '../projection/follower.js';
import { bookHash, reconcile } from '../reconciliations/reconcile.js';
import type { ApiContext } from './context.js';
import type { Answer, Caller, SignedCall } from './endpoint.js';
import { Problem } from './problem.js';
import { charsetOf, readAll, readLines } from './read-import.js';
import { differencePage } from './http/result-lines.js';
import { leaveBody, streamedBody } from './http/streamed-body.js';

/** The formats of a book. */
export const bookTypes = ['application/x-ndjson', 'text/csv', xlsxType] as const;

/** Differences that the answer itself shows. */
const shown = 100;

type Query = { readonly asOf: string; readonly utcOffset: string };
type Post = SignedCall<unknown, Query, unknown>;

/** Requests that are being read: the same one twice at once would write one result in two hands. */
const underWay = new Set<string>();

/** Reads a book, compares it, keeps the result and puts it on the record; nothing of that where a line cannot be read. */
export async function postReconciliation(context: ApiContext, call: Post, request: Request): Promise<Answer> {
  const mediaType = bookTypes.find((type) => request.is(type) !== false);
  if (mediaType === undefined) throw new Problem('UNSUPPORTED_MEDIA_TYPE');
  const { session } = call.caller;
  const run = createHash('sha256').update(`${session.person.id}\n${call.key}`).digest('hex');
  if (underWay.has(run)) throw new Problem('CONCURRENT_CHANGE');
  underWay.add(run);
  const going = context.ongoing.begin(session);
  const body = streamedBody(request, going.signal);
  const notes: BookNotes = { ignored: [] };
  try {
    const lines = linesOf(context, body, request.headers['content-type'] ?? mediaType, mediaType, notes);
    const known = await context.reconciliations.head(run);
    if (known !== undefined) await assertSame(call, known.input, lines);
    const input = known?.input ?? (await compared(context, call, run, lines));
    return await recorded(context, call, run, { input, isNew: known === undefined }, notes);
  } finally {
    underWay.delete(run);
    going.done();
    leaveBody(request, body);
  }
}

function linesOf(
  { limits }: ApiContext,
  body: Readable,
  contentType: string,
  mediaType: (typeof bookTypes)[number],
  notes: BookNotes,
): AsyncGenerator<PlacedLine> {
  if (mediaType === 'application/x-ndjson') return itemLines(readLines(body, limits.importItemBytes));
  if (mediaType === 'text/csv') return tableLines(readCsvRows(body, charsetOf(contentType)), notes);
  return tableLines(workbookRows(body, limits.importItemBytes), notes);
}

async function* workbookRows(body: Readable, most: number) {
  yield* readXlsxRows(await readAll(body, most));
}

/** @throws Problem IDEMPOTENCY_KEY_REUSED where another book, or another day, came under this key. */
async function assertSame(
  { query: { asOf, utcOffset } }: Post,
  { book, until }: Input<'recordReconciliation'>,
  lines: AsyncGenerator<PlacedLine>,
): Promise<void> {
  const isSame = book === (await bookHash(lines)) && until === endOfDay(asOf, utcOffset);
  if (!isSame) throw new Problem('IDEMPOTENCY_KEY_REUSED');
}

/** What is to be put on the record, with its whole result on disk. */
async function compared(
  context: ApiContext,
  { caller, key, query: { asOf, utcOffset } }: Post,
  run: string,
  lines: AsyncGenerator<PlacedLine>,
): Promise<Input<'recordReconciliation'>> {
  const until = endOfDay(asOf, utcOffset);
  await context.follower.caughtUp();
  assertTakenOver(context);
  const bank = caller.session.person.mspId;
  const result = context.reconciliations.begin(run);
  const comparison = {
    bank,
    asOf,
    until,
    book: context.projection.bookAt(bank, until),
    lowered: (claims: readonly string[]) => loweredOf(context, caller, claims, until),
  };
  const outcome = await reconcile(comparison, lines, result);
  return result.end({ idempotencyKey: key, ...outcome });
}

/** @throws ProjectionBehindError while the tables lack a part of what the bank has inherited: it would count as missing. */
function assertTakenOver({ projection }: ApiContext): void {
  const left = projection.successions.unfilled();
  if (left !== undefined) throw new ProjectionBehindError(left.sinceBlock + 1 - left.nextBlock);
}

/** The last moment of a day by the bank's clock. @throws Problem DATE_INVALID for a day that has not begun. */
function endOfDay(asOf: string, utcOffset: string): string {
  const midnight = Date.parse(`${asOf}T00:00:00${utcOffset}`);
  if (midnight > Date.now()) throw new Problem('DATE_INVALID', { field: 'asOf' });
  return new Date(midnight + 86_400_000 - 1).toISOString();
}

async function loweredOf(
  { ledger }: ApiContext,
  caller: Caller,
  claims: readonly string[],
  until: string,
): Promise<LoweredDocument[][]> {
  const input = { claims: [...claims], until };
  const answer = await ledger.evaluate(caller.signatory, 'readLoweredDocuments', input);
  return answer.claims.map((documents) =>
    documents.map(({ document: { type, number }, change, at }) => ({ type, number, change, at })),
  );
}

async function recorded(
  context: ApiContext,
  { caller: { session, signatory } }: Post,
  run: string,
  { input, isNew }: { readonly input: Input<'recordReconciliation'>; readonly isNew: boolean },
  { ignored }: BookNotes,
): Promise<Answer> {
  const { ledger, outbox, operations, reconciliations } = context;
  try {
    const signing = signatory.under(outbox.steps(`reconciliation-${run}/${input.result}`));
    const { output, transactionId } = await ledger.submit(signing, 'recordReconciliation', input);
    const some = await differencePage(context, input.result, undefined, shown);
    return {
      status: 201,
      body: { ...output, transactionId, ignoredColumns: ignored, ...some },
      location: `/api/v1/reconciliations/${output.id}`,
    };
  } catch (error) {
    if (!(error instanceof OutcomeUnknownError)) {
      // What the ledger refuses is nowhere; anything else may yet be sent again.
      if (isNew && error instanceof LedgerError) await reconciliations.forget(run);
      throw error;
    }
    const { transactionId, expected } = error;
    const startedAt = new Date().toISOString();
    await operations.remember({ transactionId, person: session.person.id, startedAt, expected });
    return {
      status: 202,
      location: `/api/v1/operations/${transactionId}`,
      body: { operation: { transactionId, status: 'pending' } },
    };
  }
}
