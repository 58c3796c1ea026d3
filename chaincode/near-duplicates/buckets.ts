import { nearBucketAt } from './records.js';
import { findFirst } from '../ledger/find-first.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { filed, type NearEntry } from '../rules/near-keys.js';

/** Documents under the keys that they share with others that may be the same in disguise. */
export class Buckets {
  readonly #work: UnitOfWork;
  readonly #fingerprints: Fingerprints;

  constructor(work: UnitOfWork, fingerprints: Fingerprints) {
    this.#work = work;
    this.#fingerprints = fingerprints;
  }

  async read(text: string): Promise<readonly NearEntry[]> {
    // What was filed since a rotation lies under the newest key together with what was there before.
    const ids = this.#fingerprints.candidates('near', text);
    const { record } = await findFirst(this.#work, ids, nearBucketAt);
    return record?.entries ?? [];
  }

  /** Files a document for those that come later, and returns those that were there. */
  async file(text: string, entry: NearEntry): Promise<readonly NearEntry[]> {
    const present = await this.read(text);
    const entries = [...filed(present, entry)];
    this.#work.write(nearBucketAt(this.#fingerprints.candidates('near', text)[0]), { entries });
    return present;
  }
}
