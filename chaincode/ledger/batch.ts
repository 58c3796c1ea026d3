import { type ItemError, LedgerError, type LineError } from '../errors.js';
import type { Call } from './call.js';
import type { UnitOfWork } from './unit-of-work.js';

/** What a batch answers for an item that it refuses. */
export interface ItemRefusal extends Omit<ItemError, 'lines'> {
  readonly status: 'refused';
  readonly lines?: LineError[];
}

/** Carries out one item of a batch on the work of the call that it gets. */
type One<I, A> = (call: Call, item: I, index: number) => Promise<A>;

/** An item that was carried out but is not yet part of the transaction. */
interface Draft<A> {
  readonly work: UnitOfWork;
  readonly answer: A;
}

/**
 * Carries out the items of a batch as if one came after the other, each seeing what the ones before it did.
 *
 * First all are drafted at once, so that what they read travels together; a draft holds unless an item before it wrote
 * what it had read. A refusal is never taken from a draft: the item is carried out again on what the ledger says of each
 * key by itself, or of the public key beside it.
 *
 * @returns a verdict per item, in order. Where every item is refused nothing is written and nothing needs to be ordered; the
 *   verdicts are an answer all the same, because an error's text has to fit into the trailer of a gRPC answer.
 * @throws LedgerError, of a batch of one item, its refusal.
 */
export async function eachItem<I, A>(
  call: Call,
  items: readonly I[],
  one: One<I, A>,
): Promise<(A | ItemRefusal)[]> {
  const drafts = items.length > 1 ? await draftAll(call, items, one) : [];
  const verdicts: (A | ItemRefusal)[] = [];
  for (const [index, item] of items.entries()) {
    const draft = drafts[index];
    const holds = draft !== undefined && !draft.work.dependsOn(call.work);
    const verdict = holds ? draft : await carryOut(call, item, index, one);
    if (verdict instanceof LedgerError) {
      if (items.length === 1) throw verdict;
      verdicts.push(refusal(index, verdict));
    } else {
      call.work.take(verdict.work);
      verdicts.push(verdict.answer);
    }
  }
  return verdicts;
}

/** @returns for each item its draft, or undefined when it has to be carried out again. */
async function draftAll<I, A>(
  call: Call,
  items: readonly I[],
  one: One<I, A>,
): Promise<readonly (Draft<A> | undefined)[]> {
  const drafts = await call.reads.together(() =>
    Promise.all(
      items.map(async (item, index) => {
        try {
          return await draftOf(call, item, index, one);
        } catch {
          // Whatever went wrong here is decided, and said, when the item is carried out again.
          return undefined;
        }
      }),
    ),
  );
  if (drafts.includes(undefined)) await call.reads.readAgain();
  return drafts;
}

/** @returns the refusal, or what the item did. Any other failure ends the transaction. */
async function carryOut<I, A>(
  call: Call,
  item: I,
  index: number,
  one: One<I, A>,
): Promise<Draft<A> | LedgerError> {
  try {
    return await draftOf(call, item, index, one);
  } catch (error) {
    if (error instanceof LedgerError) return error;
    throw error;
  }
}

async function draftOf<I, A>(call: Call, item: I, index: number, one: One<I, A>): Promise<Draft<A>> {
  const work = call.work.part();
  return { work, answer: await one({ ...call, work }, item, index) };
}

function refusal(index: number, { code, body }: LedgerError): ItemRefusal {
  const { detail, field, lines } = body;
  return {
    status: 'refused',
    index,
    code,
    detail,
    ...(field !== undefined && { field }),
    ...(lines && { lines: [...lines] }),
  };
}
