import { isPast } from '@pledgeonce/chaincode/facts/api.js';
import { canonicalJson } from '@pledgeonce/chaincode/rules/canonical-json.js';
import { searchForm } from '../projection/conditions.js';
import type { Held, Verdict } from './import-verdicts.js';
import type { Import } from './judge-item.js';
import { judgeItem, refused } from './judge-item.js';
import type { ImportItem } from './read-import.js';

/**
 * An authority's past: documents, amendments and cancellations in any order. Documents are recorded as they come. A change
 * waits on disk, however many there are, until all documents of the load are recorded; then the changes of each document
 * are carried out one after the other in the order of their days.
 */
export class PastLoad {
  readonly #work: Import;

  constructor(work: Import) {
    this.#work = work;
  }

  /** The verdict on an item, or that it waits. */
  async take(item: ImportItem, index: number): Promise<Verdict> {
    if (!('fact' in item) || !isObject(item.fact)) return judgeItem(this.#work, item, index);
    const { fact } = item;
    const document = fact['amends'] ?? fact['cancels'];
    if (document === undefined) return judgeItem(this.#work, { ...item, fact: { records: fact } }, index);
    const { kept } = this.#work;
    const known = await kept.of(index, item);
    if (known === 'other' || (known !== undefined && known.status !== 'pending'))
      return judgeItem(this.#work, item, index);
    await kept.hold(nameOf(document), String(fact['on']).slice(0, 10), index, item);
    return { index, status: 'waiting' };
  }

  /** The verdicts on what has waited, once nothing of the load is under way. None of them fails. */
  async *rest(): AsyncGenerator<{ readonly verdict: Promise<Verdict> }> {
    let last: { readonly document: string; readonly done: Promise<Verdict> } | undefined;
    for await (const held of this.#work.kept.held()) {
      const before = last?.document === held.document ? last.done : undefined;
      const done = this.#judge(held, before);
      last = { document: held.document, done };
      // Within something: a generator waits for a promise that it hands out by itself.
      yield { verdict: done };
    }
  }

  async #judge(held: Held, before: Promise<Verdict> | undefined): Promise<Verdict> {
    const { index, item } = held;
    await before;
    try {
      const verdict = await judgeItem(this.#work, item as ImportItem, index);
      await this.#work.kept.release(held);
      return verdict;
    } catch (error) {
      return refused(index, error);
    }
  }
}

/** An item of an ordinary import: what would change the past is refused there. */
export function ofToday(item: ImportItem): ImportItem {
  if (!('fact' in item) || !isPast(item.fact)) return item;
  const { fact: _fact, warnings: _warnings, ...place } = item;
  return {
    ...place,
    code: 'INPUT_INVALID',
    detail: 'Amendments and cancellations of the past are taken with ?past=true.',
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** One name for all spellings of a document that differ in capitals and blanks; the ledger decides which one it is. */
function nameOf(document: unknown): string {
  if (!isObject(document)) return canonicalJson(document ?? null);
  const { type, number, issuer, numberingPeriod } = document;
  const name = typeof number === 'string' ? searchForm(number) : number;
  return canonicalJson({ type, name, issuer, numberingPeriod });
}
