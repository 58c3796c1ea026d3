import { errorTable } from '@pledgeonce/chaincode/errors.js';
import { OutcomeUnknownError, SignedOutError } from '../ledger/errors.js';
import type { ApiContext } from './context.js';
import type { Caller } from './endpoint.js';
import type { KeptVerdicts, Verdict } from './import-verdicts.js';
import { notesOf } from './item-notes.js';
import { Problem, toProblem } from './problem.js';
import type { ImportItem } from './read-import.js';

export interface Import {
  readonly context: Pick<ApiContext, 'facts' | 'outbox' | 'operations'>;
  readonly caller: Caller;
  readonly kept: KeptVerdicts;
}

/** Records one item of an import, or tells what became of it when it was sent before under the same key. */
export function judgeItem(work: Import, item: ImportItem, index: number): Promise<Verdict> {
  return work.kept.once(index, item, () => judgeOnce(work, item, index));
}

async function judgeOnce(
  { context, caller, kept }: Import,
  item: ImportItem,
  index: number,
): Promise<Verdict> {
  const known = await kept.of(index, item);
  if (known === 'other') return refused(index, new Problem('IDEMPOTENCY_KEY_REUSED'));
  if (known !== undefined && known.status !== 'pending') return known;
  const verdict = await judge(context, caller, item, index, kept.name(index, item));
  // Another attempt may improve what the network alone is to blame for.
  const isPassing = verdict.code !== undefined && !Object.hasOwn(errorTable, verdict.code) && 'fact' in item;
  if (!isPassing && verdict.code !== 'INTERNAL') await kept.keep(item, verdict);
  return verdict;
}

async function judge(
  { facts, outbox, operations }: Import['context'],
  { session, signatory }: Caller,
  item: ImportItem,
  index: number,
  name: string,
): Promise<Verdict> {
  if (!('fact' in item)) return { index, status: 'refused', ...item };
  const notes = notesOf(item);
  try {
    const signing = signatory.under(outbox.steps(name));
    const { view, transactionId } = await facts.place(session.person.id, signing, item.fact);
    return { index, status: doneTo(item.fact), id: view.id, transactionId, ...notes };
  } catch (error) {
    if (!(error instanceof OutcomeUnknownError)) return { ...refused(index, error), ...notes };
    const { transactionId, expected } = error;
    const startedAt = new Date().toISOString();
    await operations.remember({ transactionId, person: session.person.id, startedAt, expected });
    return { index, status: 'pending', transactionId, ...notes };
  }
}

/** What was done to the document of an item that is on the ledger. */
function doneTo(fact: unknown): 'recorded' | 'amended' | 'cancelled' {
  if (typeof fact !== 'object' || fact === null) return 'recorded';
  return 'amends' in fact ? 'amended' : 'cancels' in fact ? 'cancelled' : 'recorded';
}

/** The verdict on what was not recorded and will not be. */
export function refused(index: number, error: unknown): Verdict {
  const { code, message, details } = toProblem(error);
  const detail = error instanceof SignedOutError ? 'You were signed out before this was recorded.' : message;
  return {
    index,
    status: 'refused',
    code,
    detail,
    ...(details.field === undefined ? {} : { field: details.field }),
  };
}
