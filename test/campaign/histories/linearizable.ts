import { after, type History, type Operation } from './operation.js';

/** An operation that is asked or answered, in the order of time; as a list from which any may be taken out and put back. */
interface Entry {
  readonly index: number;
  readonly operation: Operation;
  /** The entry at which it is answered; of an answer itself undefined. */
  readonly answer: Entry | undefined;
  before: Entry | undefined;
  next: Entry | undefined;
}

/**
 * Whether one order of the operations, in which each stands between its question and its answer, explains every answer:
 * Wing and Gong's search, which remembers what it has tried (Lowe). An open operation may stand anywhere after its question
 * or nowhere.
 */
export function isLinearizable({ total, operations }: History): boolean {
  const head = listOf(operations);
  const wanted = operations.filter(({ told }) => told !== 'open').length;
  const seen = new Set<string>();
  const taken: { readonly entry: Entry; readonly left: bigint }[] = [];
  let [left, set, done] = [total, 0n, 0];
  let entry = head.next;
  while (done < wanted) {
    if (entry?.answer !== undefined) {
      const next = after(left, entry.operation);
      const with_ = set | (1n << BigInt(entry.index));
      const key = `${String(next)} ${with_.toString(36)}`;
      if (next !== undefined && !seen.has(key)) {
        seen.add(key);
        taken.push({ entry, left });
        [left, set] = [next, with_];
        if (entry.operation.told !== 'open') done += 1;
        takeOut(entry);
        entry = head.next;
        continue;
      }
      entry = entry.next;
      continue;
    }
    // An answer that nothing before it explains, or the end: whatever was placed last stands elsewhere.
    const last = taken.pop();
    if (last === undefined) return false;
    putBack(last.entry);
    if (last.entry.operation.told !== 'open') done -= 1;
    left = last.left;
    set &= ~(1n << BigInt(last.entry.index));
    entry = last.entry.next;
  }
  return true;
}

/** Questions and answers by time; what is asked in the moment of an answer may have been before it. */
function listOf(operations: readonly Operation[]): Entry {
  const entries = operations.flatMap((operation, index): (Entry & { readonly at: number })[] => {
    const isOpen = operation.told === 'open';
    const loose = { index, operation, before: undefined, next: undefined };
    const answer = { ...loose, at: isOpen ? Infinity : operation.until, answer: undefined };
    return [{ ...loose, at: operation.from, answer }, answer];
  });
  entries.sort((a, b) =>
    a.at === b.at ? Number(b.answer !== undefined) - Number(a.answer !== undefined) : a.at - b.at,
  );
  const [first] = entries;
  if (first === undefined)
    return { index: -1, operation: nothing, answer: undefined, before: undefined, next: undefined };
  const head: Entry = { index: -1, operation: nothing, answer: undefined, before: undefined, next: first };
  let last = head;
  for (const entry of entries) {
    entry.before = last;
    last.next = entry;
    last = entry;
  }
  return head;
}

const nothing: Operation = { client: -1, asked: { kind: 'read' }, told: 'open', from: 0, until: 0 };

function takeOut(entry: Entry): void {
  for (const one of [entry, entry.answer]) {
    if (one?.before !== undefined) one.before.next = one.next;
    if (one?.next !== undefined) one.next.before = one.before;
  }
}

/** In the other order than they were taken out, so that their neighbours fit again. */
function putBack(entry: Entry): void {
  for (const one of [entry.answer, entry]) {
    if (one?.before !== undefined) one.before.next = one;
    if (one?.next !== undefined) one.next.before = one;
  }
}
