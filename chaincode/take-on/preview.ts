import { LedgerError } from '../errors.js';
import { firmIds } from '../firms/firm-of.js';
import { firmIdAt } from '../firms/records.js';
import type { Call } from '../ledger/call.js';
import { findFirst } from '../ledger/find-first.js';
import { parseWith } from '../ledger/input.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { dateOf, dayNumber } from '../rules/dates.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { limits } from '../schemas.js';
import {
  type Preview,
  type PreviewVerdict,
  previewVerdicts,
  type TakeOnLine,
  takeOnLineSchema,
} from './api.js';
import { compareDocument, statedOf } from './compare.js';
import { prepareLoan } from './prepare.js';
import { knownLoan, requestFor, takenId } from './take-on.js';
import { type NewLoan, takenClaim } from './taken-claim.js';
import { openWindowOf } from './windows.js';

type Said = Omit<Preview, 'index'>;

/**
 * What would become of each line of a book, with nothing written. Of a document it tells what a verification tells, and
 * less: not what is left of it, nor whether others draw on it.
 */
export const previewTakeOn: Verb<'previewTakeOn'> = async (call, { lines }) => {
  const keys = await fingerprints(call.work);
  const items: Preview[] = [];
  for (const [index, raw] of lines.entries()) {
    try {
      items.push({ index, ...(await previewLine(call, keys, parseWith(takeOnLineSchema, raw))) });
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      items.push({ index, ...refused(error), documents: [] });
    }
  }
  return { items };
};

async function previewLine(call: Call, keys: Fingerprints, line: TakeOnLine): Promise<Said> {
  const { caller, now } = call;
  const window = await openWindowOf(call, caller.mspId);
  const owner = caller.mspId;
  const id = takenId(keys, owner, line);
  const known = await knownLoan(call, owner, id, line);
  if (known !== undefined) return { verdict: 'already-brought', outcome: 'already-brought', documents: [] };
  const loan = prepareLoan(line, window, dateOf(now));
  const by = { mspId: owner, id: caller.person };
  const request = requestFor(line);
  const outcome = await outcomeOf(call, keys, { id, owner, line, loan, window: window.number, request, by });
  const documents: Preview['documents'] = [];
  for (const one of loan.lines) {
    documents.push(await compareDocument(call, keys, loan, one, statedOf(line, one)));
  }
  if (outcome instanceof LedgerError && !isRate(outcome)) return { ...refused(outcome), documents };
  const verdicts = new Set<PreviewVerdict>(documents.map(({ result }) => verdictOf[result]));
  if (verdicts.has('not-found')) {
    const { record } = await findFirst(call.work, firmIds(keys, loan.enterprise), firmIdAt);
    if (record === undefined) verdicts.add('enterprise-unknown');
  }
  if (outcome instanceof LedgerError) verdicts.add('rate-missing');
  if (dayNumber(dateOf(now)) - dayNumber(line.dueDate) > limits.pastDueDays) verdicts.add('long-overdue');
  const verdict = previewVerdicts.find((one) => verdicts.has(one)) ?? 'found';
  return outcome instanceof LedgerError
    ? { ...refused(outcome), verdict, documents }
    : { verdict, outcome, documents };
}

const verdictOf = { found: 'found', mismatch: 'differs', 'not-found': 'not-found' } as const;

/** The loan is taken on in a part of the work that nobody takes over. */
async function outcomeOf(
  call: Call,
  keys: Fingerprints,
  loan: NewLoan,
): Promise<'taken-on' | 'unmatched' | LedgerError> {
  try {
    const { lines } = await takenClaim({ ...call, work: call.work.part() }, keys, loan);
    return lines.some(({ awaited }) => awaited) ? 'unmatched' : 'taken-on';
  } catch (error) {
    if (error instanceof LedgerError) return error;
    throw error;
  }
}

function isRate({ code }: LedgerError): boolean {
  return code === 'RATE_MISSING' || code === 'RATE_STALE';
}

function refused({ code, body: { detail, field } }: LedgerError): Omit<Said, 'documents'> {
  return { verdict: 'refused', outcome: 'refused', code, detail, ...(field !== undefined && { field }) };
}
