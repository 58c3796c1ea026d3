import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { areSame, bounded, withoutSums } from '../rules/near-pairs.js';
import { type LookAlike, type LookAlikes, lookAlikesAt } from './records.js';

/** Puts a document's look-alikes on record, at both documents of each pair, and takes away those whose cause is gone. */
export class Pairs {
  readonly #work: UnitOfWork;

  constructor(work: UnitOfWork) {
    this.#work = work;
  }

  async of(fact: string): Promise<LookAlikes> {
    return (await this.#work.read(lookAlikesAt(fact))) ?? { fact, others: [], more: false };
  }

  /**
   * @param self whether the document itself was recorded by its seller.
   * @param found what it looks like now; who stands in the record already keeps its mark where nothing was changed.
   */
  async replace(fact: string, self: boolean, found: readonly LookAlike[]): Promise<readonly LookAlike[]> {
    const before = await this.of(fact);
    const { others, more } = bounded(found);
    const gone = before.others.filter((one) => others.every((other) => other.fact !== one.fact));
    // The sums that hung on what this document said before are found again, or are none any more.
    const sums = before.others.flatMap(({ sum }) => (sum === undefined ? [] : [sum]));
    await this.forget(sums.filter((sum) => others.every((other) => !areSame(other.sum, sum))));
    for (const one of gone) await this.#change(one.fact, (all) => all.filter((other) => other.fact !== fact));
    for (const one of others) {
      await this.#change(one.fact, (all) => [
        { ...one, fact, self: self || undefined },
        ...all.filter((other) => other.fact !== fact),
      ]);
    }
    this.#write({ fact, others: [...others], more }, before);
    return others;
  }

  /** Takes the sums away, from all the documents that are in them. */
  async forget(sums: readonly (readonly string[])[]): Promise<void> {
    for (const fact of new Set(sums.flat())) {
      await this.#change(fact, (all) => withoutSums(all, sums));
    }
  }

  async #change(fact: string, change: (others: readonly LookAlike[]) => readonly LookAlike[]): Promise<void> {
    const before = await this.of(fact);
    const { others, more } = bounded(change(before.others));
    this.#write({ fact, others: [...others], more: more || before.more }, before);
  }

  #write(after: LookAlikes, before: LookAlikes): void {
    if (JSON.stringify(after) !== JSON.stringify(before)) this.#work.write(lookAlikesAt(after.fact), after);
  }
}
